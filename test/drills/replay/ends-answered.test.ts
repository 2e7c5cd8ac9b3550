// What the path made two of behind the capture point, as answers tell. Oracle: the clauses named beside each, for connections that are
// written down. The capture was made at the client; the server is 20 ms away.
import {describe, expect, test} from 'vitest';
import {answersMissing, doubledOf} from '../../../source/drills/replay/ends-answered.ts';
import {connection, seenFrom} from './segments.ts';

const atClient = seenFrom(0, 20);
const doubled = (lines: readonly string[], vantage = atClient): readonly string[] =>
  [...doubledOf(connection(...lines).segments, vantage)].map(([packet, us]) => `${packet} +${us / 1000}`);

describe('a SYN or FIN that was sent once and answered twice (RFC 9293 §3.10.7.4)', () => {
  const syn = '0 c S 0:1';
  const answer = '40 s SA 0:1 ack 1';
  const fin = '100 c FA 1:2 ack 1';
  const told = '140 s A 1 ack 2';

  test.each<[lines: readonly string[], expected: readonly string[]]>([
    [[syn, answer, '45 s SA 0:1 ack 1'], ['1 +5']],
    [[syn, answer], []],
    // A timer of the server's: a second at least (RFC 6298 §2.1).
    [[syn, answer, '939.999 s SA 0:1 ack 1'], ['1 +899.999']],
    [[syn, answer, '940 s SA 0:1 ack 1'], []],
    // The client asked again.
    [[syn, answer, '42 c S 0:1', '85 s SA 0:1 ack 1'], []],
    [[syn, answer, '45 s SA 0:1 ack 1 win 900'], []],
    [[syn, answer, '45 s RA 0 ack 1'], []],
    [[fin, told, '150 s A 1 ack 2'], ['1 +10']],
    [[fin, told, '150 s A 1 ack 2 win 900'], []],
    [[fin, told, '150 s A 1 ack 2 sack 5-6'], []],
    // The first answer was the server's own FIN.
    [[fin, '140 s FA 1:2 ack 2', '150 s A 2 ack 2'], ['1 +10']],
    [[fin, '140 s FA 1:2 ack 2', '150 s FA 1:2 ack 2'], []],
    [[fin, told, '145 s PA 1:11 ack 2', '150 s A 11 ack 2'], []],
    // Data have no end: their ACK may be said again for other reasons.
    [['100 c PA 1:11 ack 1', '140 s A 1 ack 11', '150 s A 1 ack 11'], []],
    [['100 c RFA 1:2 ack 1', told, '150 s A 1 ack 2'], []],
    // What answered before it was sent answers something else.
    [[told, fin, '150 s A 1 ack 2'], []],
  ])('%j', (lines, expected) => expect(doubled(lines)).toEqual(expected));

  test('seen where the answer is made it is no riddle', () => {
    expect(doubled([syn, answer, '45 s SA 0:1 ack 1'], seenFrom(20, 0))).toEqual([]);
  });
});

describe('sent once, and D-SACK says that it came twice (RFC 2883 §4)', () => {
  const data = '0 c PA 1:101 ack 1';
  test.each<[lines: readonly string[], expected: readonly string[]]>([
    [[data, '40 s A 1 ack 101', '60 s A 1 ack 101 sack 1-101'], ['1 +20']],
    // Within a block that it tells of besides.
    [[data, '1 c PA 101:201 ack 1', '60 s A 1 ack 1 sack 101-201,101-301'], ['2 +19']],
    // A gap is no duplicate.
    [[data, '1 c PA 101:201 ack 1', '60 s A 1 ack 1 sack 101-201'], []],
    [[data, '1 c PA 101:201 ack 1', '60 s A 1 ack 1 sack 101-201,301-401'], []],
    // Sent twice, it came twice; nor is a part of it the whole.
    [[data, '20 c PA 1:101 ack 1', '60 s A 1 ack 101 sack 1-101'], []],
    [[data, '60 s A 1 ack 101 sack 1-51'], []],
    [[data, '60 s A 1 ack 101 sack 51-101'], []],
  ])('%j', (lines, expected) => expect(doubled(lines)).toEqual(expected));

  test('no sooner than a microsecond behind the first', () => {
    expect(doubled([data, '39 s A 1 ack 101 sack 1-101'])).toEqual(['1 +0.001']);
  });
});

describe('an ACK that PAWS refuses, behind a newer one (RFC 7323 §5.3)', () => {
  const lines = (answer: string, old = '100 c A 1 ack 101 ts 10/5', newer = '110 c A 1 ack 201 ts 20/6') => [
    ...['60 s PA 1:101 ack 1 ts 5/9', '70 s PA 101:201 ack 1 ts 6/9', old, newer],
    answer,
  ];
  const unasked = '160 s A 201 ack 1 ts 7/20';

  test('the path made two of the older', () => {
    expect(doubled(lines(unasked))).toEqual(['3 +20']);
  });

  test.each([
    ['it says something else', ['160 s A 201 ack 2 ts 7/20']],
    ['room for more', ['160 s A 201 ack 1 win 999 ts 7/20']],
    ['data beyond a gap', ['160 s A 201 ack 1 sack 11-21 ts 7/20']],
    ['it is data', ['160 s PA 201:211 ack 1 ts 7/20']],
    ['without timestamps', ['160 s A 201 ack 1']],
    ['too young for PAWS', [unasked, '100 c A 1 ack 101 ts 19/5']],
    ['older like newer', [unasked, '100 c A 1 ack 201 ts 10/5']],
    ['data are no pure ACK', [unasked, '100 c PA 1:2 ack 101 ts 10/5']],
    ['from what came later', ['149 s A 201 ack 1 ts 7/20', '109 c A 1 ack 101 ts 10/5']],
  ] as const)('%s: nothing is known', (_, [answer, old]) => {
    expect(doubled(old === undefined ? lines(answer) : lines(answer, old))).toEqual([]);
  });

  test('data that came just then asked for it', () => {
    const asked = (ms: number) =>
      doubled([...lines(unasked).slice(0, 4), `${ms} c PA 1:11 ack 201 ts 20/6`, unasked]);
    expect([asked(110.001), asked(129.999), asked(130)]).toEqual([[], [], ['3 +20']]);
  });
});

describe('a SYN,ACK that was lost before it came here (RFC 7323 §3.2)', () => {
  const missing = (answer: string, vantage = atClient) =>
    answersMissing(
      connection(
        '0 c S 0:1 ts 10/0',
        '1000 c S 0:1 ts 20/0',
        '3000 c S 0:1 ts 30/0',
        answer,
        '4000 c S 0:1 ts 40/0',
      ).segments,
      vantage,
    );
  const lost = {side: 1, seq: 0, end: 1, beforePacket: 4};

  test('the answer echoes an earlier one than the last: of all behind it', () => {
    expect(missing('3040 s SA 0:1 ack 1 ts 5/10')).toEqual([lost, lost]);
    expect(missing('3040 s SA 0:1 ack 1 ts 5/20')).toEqual([lost]);
    expect(missing('3040 s SA 0:1 ack 1 ts 5/30')).toEqual([]);
  });

  test('no echo, one that nobody sent, or seen where it was made: none', () => {
    for (const ts of ['', 'ts 5/0', 'ts 5/77']) expect(missing(`3040 s SA 0:1 ack 1 ${ts}`)).toEqual([]);
    expect(missing('3040 s SA 0:1 ack 1 ts 5/10', seenFrom(20, 0))).toEqual([]);
  });
});
