// What became of segments, told from what passed later. Each course is worked out by hand from RFC 9293 §3.10.7.4, RFC 2018 §3, RFC 2883 §4,
// RFC 6675 §4 and RFC 7323 §4; the place of the capture is beside end 0, 10 ms from end 1.
import {describe, expect, test} from 'vitest';
import {RST, SYN} from './segments.ts';
import {
  ack,
  afterwards,
  data,
  fatesOf,
  handshake,
  opened,
  opening,
  options,
  type Passed,
  presumed,
  unknown,
} from './tcp-passed.ts';

// RFC 5681 §3.2, RFC 6582 §3.2: without SACK.
describe('what duplicate ACKs ask for', () => {
  const at = (atUs: number, passed: Passed): Passed => ({...passed, atUs});
  const flight = [100, 110, 120, 130, 140].map((first) => at(80_000, data(first)));
  const asked = [1, 2, 3, 4].map(() => at(100_000, ack(110)));

  test('was lost, where three of them come when it should have come, and its repetition is answered', () => {
    const fates = fatesOf(...opened, ...flight, ...asked, at(101_000, data(110)), at(121_000, ack(150)));
    expect(fates[4]).toBe('lost presumed 12 14');
    expect(fates[12]).toBe(`${presumed} 14`);
  });
});

// RFC 1191 §4: a router answers each packet that it throws away, in their order.
test('of what was sent twice each router’s refusal is that of the first copy not refused yet', () => {
  const refusal: Passed = {side: 0, seq: 100, tooBig: true};
  expect(afterwards(data(100), data(100), refusal)[0]).toBe('lost proved 6');
  expect(afterwards(data(100), data(100), refusal, refusal).slice(0, 2)).toEqual([
    ...['lost proved 6', 'lost proved 7'],
  ]);
});

// RFC 5681 §4.2, RFC 9293 §3.10.7.4: whatever is sent again is answered at once.
describe('what is sent again with all that followed it, without SACK', () => {
  const numbers = [100, 110, 120, 130, 140];
  const sent = (atUs: number): readonly Passed[] => numbers.map((first) => data(first, {atUs}));
  const answers = (count: number, more: Partial<Passed> = {}): readonly Passed[] =>
    Array.from({length: count}, () => ack(150, {atUs: 320_000, ...more}));
  const told = (...passed: readonly Passed[]): readonly (string | undefined)[] =>
    fatesOf(...opened, ...sent(80_000), ...sent(300_000), ...passed)
      .slice(3, 13)
      .map((fate) => fate.split(' ', 2).join(' '));
  const of = (count: number, fate: string): readonly string[] => Array.from({length: count}, () => fate);

  test('came, and all but the first had come before, if each brings an answer that says nothing new', () => {
    expect(told(...answers(5))).toEqual([unknown, ...of(9, presumed)]);
  });

  test('with fewer answers: so many of the last ones had come before', () => {
    expect(told(...answers(3))).toEqual([...of(3, unknown), ...of(2, presumed), ...of(5, unknown)]);
  });

  test('one with another window may be the program that reads, but among others like them', () => {
    expect(told(...answers(1), ...answers(1, {window: 1}))).toEqual(of(10, unknown));
    expect(told(...answers(4), ...answers(1, {window: 1}))).toEqual([unknown, ...of(9, presumed)]);
  });

  // Five and two new ones behind them: the first of these moves the number on as it comes, and only then the second.
  test('new data behind them may have brought such answers, until the number moves on to its end', () => {
    const behind = [150, 160].map((first) => data(first, {atUs: 300_000}));
    expect(told(...behind, ...answers(4))).toEqual([
      ...of(3, unknown),
      ...of(2, presumed),
      ...of(5, unknown),
    ]);
    const moved = ack(160, {atUs: 320_000});
    expect(told(...behind, ...answers(5), moved)).toEqual([unknown, ...of(9, presumed)]);
    // Both at once: the second may have come before the first.
    const both = ack(170, {atUs: 320_000});
    expect(told(...behind, ...answers(4), both)).toEqual([
      ...of(3, unknown),
      ...of(2, presumed),
      ...of(5, unknown),
    ]);
  });

  test('answers that come too late for any of them tell nothing', () => {
    expect(told(...answers(1), ...answers(4, {atUs: 400_000}))).toEqual(of(10, unknown));
  });
});

describe('what is acknowledged', () => {
  test('a SYN that passes again later than the way there and back takes says that the SYN,ACK was lost', () => {
    const asked: Passed = {side: 0, seq: 99, flags: SYN, opening};
    const answered: Passed = {side: 1, seq: 299, ack: 100, flags: SYN, opening};
    const ended: Passed = {side: 0, seq: 100, ack: 300, atUs: 1_060_000};
    const fates = fatesOf(
      {...asked, atUs: 0},
      {...answered, atUs: 1000},
      {...asked, atUs: 1_000_000},
      {...answered, atUs: 1_040_000},
      ended,
    );
    expect(fates.slice(1, 4)).toEqual(['lost presumed 3 5', 'unknown presumed', 'delivered presumed 5']);
  });

  test('came, the SYN too, and what acknowledges it shows it; of the last ACK nothing tells', () => {
    expect(fatesOf(...handshake, data(100), ack(110))).toEqual([
      'delivered proved 2',
      'delivered proved 3',
      presumed,
      'delivered proved 5',
      presumed,
    ]);
  });

  test('is what ends at the number or below it', () => {
    expect(afterwards(data(100), data(110), data(120), ack(120))).toEqual([
      'delivered proved 7',
      'delivered proved 7',
      presumed,
      presumed,
    ]);
    expect(afterwards(data(100), ack(109))).toEqual([presumed, presumed]);
  });

  test('is presumed to have passed here where the beginning was not seen: another copy may have taken another path', () => {
    expect(fatesOf(data(100), ack(110))).toEqual(['delivered presumed 2', presumed]);
  });

  test('by a RST is presumed: a firewall may have sent it', () => {
    expect(afterwards(data(100), ack(110, {flags: RST}))).toEqual(['delivered presumed 5', presumed]);
  });

  test('beyond a gap of the capture is presumed from there on', () => {
    expect(afterwards(data(100), ack(140), data(140), ack(150)).slice(2)).toEqual([
      'delivered presumed 7',
      presumed,
    ]);
  });
});

describe('a SYN', () => {
  test('that nobody answers: nobody knows; both, where it is repeated', () => {
    const syn: Passed = {side: 0, seq: 99, flags: SYN, opening: options};
    expect(fatesOf(syn)).toEqual(['unknown presumed']);
    expect(fatesOf(syn, {...syn, atUs: 1_020_000})).toEqual(['unknown presumed 2', 'unknown presumed']);
  });

  test('whose answer comes after the second: either was lost, or what answered it', () => {
    const syn: Passed = {side: 0, seq: 99, flags: SYN, opening: options};
    const answer: Passed = {side: 1, seq: 299, ack: 100, flags: SYN, opening: options};
    expect(fatesOf(syn, {...syn, atUs: 1_020_000}, {...answer, atUs: 1_040_000})).toEqual([
      'unknown presumed 2 3',
      'unknown presumed',
      presumed,
    ]);
  });

  test('of two that an echo names one: the first was lost, or of the second nothing tells', () => {
    const syn: Passed = {side: 0, seq: 99, flags: SYN, opening: options, stamp: 7};
    const answer: Passed = {side: 1, seq: 299, ack: 100, flags: SYN, opening: options, atUs: 1_040_000};
    const again = {...syn, stamp: 1007, atUs: 1_020_000};
    expect(fatesOf(syn, again, {...answer, echo: 1007}).slice(0, 2)).toEqual([
      'lost presumed 2 3',
      'delivered proved 3',
    ]);
    expect(fatesOf(syn, again, {...answer, echo: 7}).slice(0, 2)).toEqual([
      'delivered proved 3',
      'unknown presumed',
    ]);
  });
});

describe('what is repeated', () => {
  const first = data(100, {atUs: 80_000});
  const second = data(100, {atUs: 300_000});
  const twice = [first, second];

  test('and not answered yet: of neither anything tells', () => {
    expect(afterwards(...twice)).toEqual(['unknown presumed 5', 'unknown presumed 4']);
  });

  test('and answered after a time there and back: the second came; the first was lost, or its ACK', () => {
    expect(afterwards(...twice, ack(110, {atUs: 320_000}))).toEqual([
      'unknown presumed 5 6',
      'delivered presumed 6',
      presumed,
    ]);
  });

  test('and by what its receiver said in between missed: it was lost', () => {
    // A time there and back and a half, and a millisecond of work.
    const said = (atUs: number) => ack(100, {atUs});
    const missed = [first, said(111_000), second, ack(110, {atUs: 320_000})];
    expect(afterwards(...missed)[0]).toBe('lost presumed 5 7');
    expect(afterwards(first, said(110_999), second, ack(110, {atUs: 320_000}))[0]).toBe(
      'unknown presumed 6 7',
    );
  });

  test('and answered sooner than the way allows, or together with more: one of them came', () => {
    const either = ['unknown presumed 5 6', 'unknown presumed'];
    expect(afterwards(...twice, ack(110, {atUs: 319_999})).slice(0, 2)).toEqual(either);
    const more = [...twice, data(110, {atUs: 300_000}), ack(120, {atUs: 320_000})];
    expect(afterwards(...more).slice(0, 3)).toEqual([
      'unknown presumed 5 7',
      'unknown presumed',
      'delivered proved 7',
    ]);
    // What carries something has a reason of its own to be sent.
    const saying = ack(110, {text: 'answer', atUs: 320_000});
    expect(afterwards(...twice, saying).slice(0, 2)).toEqual(either);
  });

  test('although all of it had come: of the copy nothing tells, until one ACK more answers it', () => {
    const again = [data(100, {atUs: 80_000}), ack(110, {atUs: 100_000}), data(100, {atUs: 300_000})];
    expect(afterwards(...again)[2]).toBe('unknown presumed');
    expect(afterwards(...again, ack(110, {atUs: 320_000}))[2]).toBe('delivered presumed 7');
    expect(afterwards(...again, ack(110, {atUs: 331_000}))[2]).toBe('unknown presumed');
    // Which of two it answers nobody knows.
    const both = [...again, data(100, {atUs: 310_000}), ack(110, {atUs: 320_000})];
    expect(afterwards(...both).slice(2, 4)).toEqual(['unknown presumed', 'unknown presumed']);
  });

  test('in part: what only one of them carried, it brought', () => {
    const parts = [
      data(100, {text: 'a'}),
      data(101, {atUs: 300_000}),
      data(100, {text: 'ab', atUs: 500_000}),
    ];
    expect(afterwards(...parts, ack(111, {atUs: 700_000})).slice(1, 2)).toEqual(['delivered proved 7']);
  });

  test('by the path itself, octet for octet, proves nothing of either', () => {
    expect(afterwards(data(100), data(100, {copied: 'copy'}), ack(110))).toEqual([
      'delivered presumed 6',
      'delivered presumed 6',
      presumed,
    ]);
  });

  test('after its acknowledgment: nobody knows whether that came, where it had had the time to stop it', () => {
    const sent = data(100, {atUs: 80_000});
    const answer = ack(110, {atUs: 100_000});
    expect(afterwards(sent, answer, data(100, {atUs: 500_000}))[1]).toBe('unknown presumed 6');
    // Within a time there and back of what was measured, and a millisecond of work.
    expect(afterwards(sent, answer, data(100, {atUs: 121_000}))[1]).toBe(presumed);
    expect(afterwards(sent, answer, data(100, {atUs: 121_001}))[1]).toBe('unknown presumed 6');
    // It acknowledged something else.
    expect(afterwards(sent, data(110, {atUs: 90_000}), answer, data(110, {atUs: 500_000}))[2]).toBe(presumed);
  });
});

test('window probes and keep-alives are doubtful, and bring no verdict on what was sent before', () => {
  const probe = data(109, {text: 'x', atUs: 500_000});
  expect(afterwards(data(100), ack(110), probe, ack(110, {atUs: 520_000}))).toEqual([
    'delivered proved 5',
    presumed,
    presumed,
    presumed,
  ]);
});

test('what was acknowledged before it was repeated is not judged anew', () => {
  expect(afterwards(data(100), ack(110), data(100, {atUs: 500_000}))[0]).toBe('delivered proved 5');
});

test('without ACK nothing is acknowledged', () => {
  expect(afterwards(data(100), {side: 1, seq: 301, flags: RST})).toEqual([presumed, presumed]);
});

test('so many wait at most; those before them are given up, and what follows is no proof', () => {
  const many = Array.from({length: 4097}, (_, at) => data(100 + at, {text: 'x'}));
  const end = ack(100 + 4097);
  const told = afterwards(...many, end);
  expect(told[0]).toBe(presumed);
  expect(told[2047]).toBe(presumed);
  expect(told[2048]).toBe(`delivered presumed ${3 + 4097 + 1}`);
  expect(afterwards(...many.slice(0, 4096), ack(100 + 4096))[0]).toBe(`delivered proved ${3 + 4096 + 1}`);
});
