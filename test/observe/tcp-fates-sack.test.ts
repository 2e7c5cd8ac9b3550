// What timestamps and SACK tell of segments. Each course is worked out by hand from RFC 7323 §4, RFC 2018 §3, RFC 2883 §4 and RFC 6675 §4.
import {describe, expect, test} from 'vitest';
import {FIN} from './segments.ts';
import {ack, afterwards, data, presumed, sack} from './tcp-passed.ts';

describe('timestamps', () => {
  const first = data(100, {stamp: 1000});
  const second = data(100, {stamp: 1200, atUs: 400_000});

  test('an echo names the copy that came, and proves it', () => {
    expect(afterwards(first, second, ack(110, {echo: 1000, atUs: 500_000})).slice(0, 2)).toEqual([
      'delivered proved 6',
      'unknown presumed',
    ]);
    expect(afterwards(first, second, ack(110, {echo: 1200, atUs: 500_000})).slice(0, 2)).toEqual([
      'lost presumed 5 6',
      'delivered proved 6',
    ]);
  });

  test('whose own numbers run ahead of what passed here had said more before: that may have acknowledged the first', () => {
    // Its FIN, 300, was lost on its way here, and with it perhaps the news that 100 to 109 had come.
    const ahead = ack(110, {seq: 301, echo: 1200, atUs: 500_000});
    expect(afterwards(first, second, ahead).slice(0, 2)).toEqual([
      'unknown presumed 5 6',
      'delivered proved 6',
    ]);
    // Its FIN itself, sent again: what acknowledged first was lost, if there was anything to acknowledge.
    const closing = ack(110, {flags: FIN, echo: 1200, atUs: 500_000});
    expect(afterwards(first, second, closing)[0]).toBe('unknown presumed 5 6');
  });

  test('whose end answers what came twice and does not say so never says so (RFC 2883 §4): its silence is no sign', () => {
    const twice = [
      data(100, {stamp: 1000, atUs: 100_000}),
      ack(110, {echo: 1000, atUs: 150_000}),
      data(100, {stamp: 1001, atUs: 155_000}),
    ];
    const later = [
      data(110, {stamp: 1200, atUs: 600_000}),
      data(110, {stamp: 1300, atUs: 800_000}),
      ack(120, {echo: 1300, atUs: 850_000}),
    ];
    const plain = ack(110, {echo: 1001, atUs: 210_000});
    const said = ack(110, {...sack([100, 110]), echo: 1001, atUs: 210_000});
    expect(afterwards(...twice, plain, ...later)[4]).toBe('unknown presumed 9 10');
    expect(afterwards(...twice, said, ...later)[4]).toBe('lost presumed 9 10');
  });

  test('an echo that two bore names neither', () => {
    const same = data(100, {stamp: 1000, atUs: 400_000});
    expect(afterwards(first, same, ack(110, {echo: 1000, atUs: 500_000})).slice(0, 2)).toEqual([
      'unknown presumed 5 6',
      'delivered presumed 6',
    ]);
  });

  test('an echo proves a pure ACK, too', () => {
    expect(afterwards(ack(100, {stamp: 7}), data(100, {echo: 7}))).toEqual(['delivered proved 5', presumed]);
  });
});

describe('SACK', () => {
  const sent = [100, 110, 120, 130].map((first, at) => data(first, {stamp: 1000 + at, atUs: 80_000 + at}));
  const blocks = [sack([110, 120]), sack([110, 130]), sack([110, 140])].map((block, at) =>
    ack(100, {...block, echo: 999, atUs: 100_000 + at}),
  );
  const again = data(100, {stamp: 1100, atUs: 110_000});

  test('a block says what came', () => {
    expect(afterwards(...sent, ...blocks).slice(1, 4)).toEqual([
      'delivered proved 8',
      'delivered proved 9',
      'delivered proved 10',
    ]);
  });

  test('three that left later and came, and the echo of the copy, prove the loss (RFC 6675 §4)', () => {
    const end = ack(140, {echo: 1100, atUs: 200_000});
    expect(afterwards(...sent, ...blocks, again, end)[0]).toBe('lost proved 10 12');
    expect(afterwards(...sent, ...blocks, again, end)[7]).toBe('delivered proved 12');
    // Two are too few.
    const fewer = [...sent.slice(0, 3), ...blocks.slice(0, 2), again, ack(130, {echo: 1100, atUs: 200_000})];
    expect(afterwards(...fewer)[0]).toBe('lost presumed 8 10');
  });

  test('without the echo it stays a guess', () => {
    expect(afterwards(...sent, ...blocks, again, ack(140, {atUs: 200_000}))[0]).toBe('lost presumed 10 12');
  });

  test('an ACK that answers nothing new tells that something old came after all: no proof any more', () => {
    const late = ack(100, {...sack([110, 140]), atUs: 150_000});
    const end = ack(140, {echo: 1100, atUs: 200_000});
    expect(afterwards(...sent, ...blocks, again, late, end)[0]).toBe('lost presumed 12 13');
    const after = ack(140, {echo: 1101, atUs: 250_000});
    expect(afterwards(...sent, ...blocks, again, end, after)[0]).toBe('lost presumed 10 13');
    // What carries something has a reason of its own to be sent.
    const saying = ack(140, {text: 'answer', atUs: 250_000});
    expect(afterwards(...sent, ...blocks, again, end, saying)[0]).toBe('lost proved 10 12');
    const closing = ack(140, {flags: FIN, atUs: 250_000});
    expect(afterwards(...sent, ...blocks, again, end, closing)[0]).toBe('lost proved 10 12');
  });

  test('D-SACK: it came, too (RFC 2883 §4); the path may have doubled the second, so that it is no proof (RFC 3708)', () => {
    const end = ack(140, {echo: 1100, atUs: 200_000});
    const twice = ack(140, {...sack([100, 110]), atUs: 250_000});
    expect(afterwards(...sent, ...blocks, again, end, twice)[0]).toBe('delivered presumed 13');
    // Of other numbers.
    const others = ack(140, {...sack([110, 120]), atUs: 250_000});
    expect(afterwards(...sent, ...blocks, again, end, others)[0]).toBe('lost proved 10 12');
  });

  test('D-SACK of what was sent three times: the last of the two others came', () => {
    const course = [
      data(100, {atUs: 80_000}),
      data(100, {atUs: 300_000}),
      data(100, {atUs: 700_000}),
      ack(110, {atUs: 720_000}),
      ack(110, {...sack([100, 110]), atUs: 730_000}),
    ];
    expect(afterwards(...course).slice(0, 3)).toEqual([
      'unknown presumed 5 7',
      'delivered presumed 8',
      'delivered presumed 7',
    ]);
  });

  test('D-SACK that echoes the last of three, where the second had come: nothing of the first', () => {
    const course = [
      data(100, {stamp: 1, atUs: 80_000}),
      data(100, {stamp: 2, atUs: 300_000}),
      data(100, {stamp: 3, atUs: 700_000}),
      ack(110, {echo: 2, atUs: 720_000}),
      ack(110, {...sack([100, 110]), echo: 3, atUs: 800_000}),
    ];
    expect(afterwards(...course).slice(0, 3)).toEqual([
      'lost presumed 5 7',
      'delivered proved 7',
      'delivered proved 8',
    ]);
  });

  test('D-SACK of two that were repeated as one: all came (RFC 2883 §4)', () => {
    const both = data(100, {text: 'x'.repeat(20), atUs: 400_000});
    const sent = [data(100, {atUs: 80_000}), data(110, {atUs: 80_100}), data(110, {atUs: 140_000}), both];
    const told = [sack([100, 120]), sack([110, 120])].map((block) => ack(120, {...block, atUs: 420_000}));
    for (const each of afterwards(...sent, ...told).slice(0, 4)) expect(each).toMatch(/^delivered presumed/);
  });
});
