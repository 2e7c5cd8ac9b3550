// What made a sender repeat something, segment by segment (RFC 6298 §5, RFC 8985 §6 and §7, RFC 6675, RFC 5681 §3.2), and when that was
// for nothing (RFC 2883 §4, RFC 3522, RFC 5682). A round trip is 10 ms; no timer is shorter than 190 ms more.
import {describe, expect, test} from 'vitest';
import {RepairSigns} from '../../source/observe/repair-signs.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

const told = ['probed', 'reported', 'timedOut', 'afterTimeout', 'cameTwice', 'cameLate'] as const;
const named = (marks: number): string => told.filter((name) => marks & Mark[name]).join(' ');

type Block = readonly [left: number, right: number];
type Answer = {
  readonly sack?: readonly Block[];
  readonly duplicate?: boolean;
  readonly echo?: number;
  readonly over?: boolean;
};

/** Its handshake was answered at 0 ms; `sent` segments of 1000 octets have left at 0 ms. */
const sender = (sent: number, sack = true) => {
  const signs = new RepairSigns();
  const hear = (
    ack: number,
    atMs: number,
    {sack: blocks = [], duplicate, echo, over = false}: Answer = {},
  ) => {
    const sackBlocks = blocks.map(([left, right]) => ({left: seq(left), right: seq(right)}));
    const segment = segmentOf({ack, atUs: 1000 * atMs, sack: sackBlocks, sacks: blocks.length > 0, echo});
    return named(signs.heard(segment, duplicate ? Mark.duplicateAck : 0, over));
  };
  const send = (nth: number, atMs: number, {again = true, stamp = undefined as number | undefined} = {}) => {
    const segment = {...segmentOf({seq: 1000 * nth, stamp}), length: 1000, atUs: 1000 * atMs};
    return named(signs.sent(segment, again, {roundUs: 10_000, sack, full: 1000}));
  };
  hear(0, 0);
  for (let nth = 0; nth < sent; nth += 1) send(nth, 0, {again: false});
  return {signs, hear, send};
};

describe('the end of what was sent, again', () => {
  test.each([
    [50, true, 'probed'],
    [199.999, true, 'probed'],
    [200, true, 'probed timedOut'],
    [199.999, false, ''],
    [200, false, 'timedOut'],
  ])('after %d ms, with SACK %s: %s', (atMs, sack, cause) => {
    expect(sender(2, sack).send(1, atMs)).toBe(cause);
  });

  test('a second one is no probe, unless something was heard or sent since', () => {
    const {send, hear} = sender(2);
    expect([send(1, 50), send(1, 100), send(1, 299.999), send(1, 500)]).toEqual([
      ...['probed', '', '', 'timedOut'],
    ]);
    const heard = sender(3);
    expect([heard.send(2, 50), heard.hear(1000, 60), heard.send(2, 110)]).toEqual(['probed', '', 'probed']);
    expect([send(1, 600), hear(1000, 610), send(1, 620)]).toEqual(['afterTimeout', '', 'afterTimeout']);
  });

  test('new data set the timer anew for them, not for what was sent before', () => {
    const {send} = sender(2);
    send(2, 100, {again: false});
    expect([sender(2).send(0, 200), send(0, 200)]).toEqual(['timedOut', 'timedOut']);
    const last = sender(2);
    last.send(2, 100, {again: false});
    expect(last.send(2, 200)).toBe('probed');
  });
});

describe('losses that were reported', () => {
  test('by SACK: what lies below the highest block', () => {
    const {hear, send} = sender(4);
    hear(0, 10, {sack: [[1000, 2000]]});
    expect(send(2, 20)).toBe('');
    expect(send(0, 21)).toBe('reported');
    // Within that repair everything is of it.
    expect(send(2, 22)).toBe('reported');
  });

  test('the repair is over once all is acknowledged that was under way', () => {
    const {hear, send} = sender(4);
    hear(0, 10, {sack: [[1000, 2000]]});
    send(0, 20);
    hear(3999, 30);
    expect(send(3, 35)).toBe('reported');
    hear(4000, 40);
    send(4, 41, {again: false});
    expect(send(4, 52)).toBe('probed');
  });

  test('word of it may not have reached the sender when it is acknowledged', () => {
    const {hear, send} = sender(4);
    hear(0, 10, {sack: [[1000, 2000]]});
    hear(2000, 20);
    expect([send(1, 25), sender(4).send(1, 25)]).toEqual(['reported', '']);
    const end = sender(2);
    end.hear(0, 10, {sack: [[1000, 2000]]});
    end.hear(2000, 20);
    // The last one is a probe if a round trip has passed.
    expect(end.send(1, 31)).toBe('probed');
  });

  test('by three duplicates', () => {
    const after = (count: number) => {
      const {hear, send} = sender(5, false);
      hear(1000, 5);
      for (let n = 0; n < count; n += 1) hear(1000, 10 + n, {duplicate: true});
      return send(1, 20);
    };
    expect([after(2), after(3)]).toEqual(['', 'reported']);
    const moved = sender(5, false);
    for (let n = 0; n < 3; n += 1) moved.hear(0, 10 + n, {duplicate: true});
    moved.hear(1000, 14);
    expect(moved.send(1, 20)).toBe('');
  });

  test('an old number or the same without a mark is no duplicate', () => {
    const {hear, send} = sender(5, false);
    for (let n = 0; n < 3; n += 1) hear(0, 10 + n);
    expect(send(0, 20)).toBe('');
  });

  test('who asks sets the timer anew; without SACK only until something was repeated', () => {
    const asked = (sack: boolean, repeats: boolean) => {
      const {hear, send} = sender(3, sack);
      if (repeats) send(0, 20);
      hear(0, 150, {duplicate: true});
      return send(0, 300);
    };
    expect([asked(true, false), asked(false, false), asked(true, true), asked(false, true)]).toEqual([
      ...['', '', '', 'timedOut'],
    ]);
  });
});

describe('after a timeout', () => {
  test('what an acknowledgment lets go, up to what was under way', () => {
    const {hear, send} = sender(3);
    expect(send(0, 200)).toBe('timedOut');
    hear(1000, 210);
    expect(send(1, 211)).toBe('afterTimeout');
    hear(3000, 220);
    send(3, 221, {again: false});
    send(4, 221, {again: false});
    expect(send(3, 230)).toBe('');
  });

  test('what was told of since then is a report', () => {
    const {hear, send} = sender(3);
    send(0, 200);
    send(3, 201, {again: false});
    hear(1000, 210, {sack: [[3000, 4000]]});
    expect([send(1, 211), send(3, 215)]).toEqual(['afterTimeout', 'reported']);
  });
});

describe('for nothing', () => {
  const reported = (count: number, stamp?: number) => {
    const made = sender(6);
    made.hear(0, 10, {sack: [[5000, 6000]]});
    for (let nth = 0; nth < count; nth += 1) made.send(nth, 20, {stamp});
    return made;
  };

  test('D-SACK of all that was repeated', () => {
    const {signs, hear} = reported(2);
    expect(hear(5000, 30, {sack: [[0, 1000]]})).toBe('');
    expect([signs.needless, signs.undone]).toEqual([1, 0]);
    expect(hear(5000, 31, {sack: [[1000, 2000]]})).toBe('cameTwice');
    expect([signs.needless, signs.undone]).toEqual([2, 1]);
    expect(hear(5000, 32, {sack: [[1000, 2000]]})).toBe('');
    expect([signs.needless, signs.undone]).toEqual([2, 1]);
  });

  test('a part of what was repeated will do; what was not is none', () => {
    const {signs, hear} = reported(1);
    hear(5000, 30, {sack: [[2000, 3000]]});
    hear(5000, 30, {sack: [[500, 1001]]});
    expect([signs.needless, signs.undone]).toEqual([0, 0]);
    expect(hear(5000, 31, {sack: [[500, 1000]]})).toBe('cameTwice');
  });

  test('a block that tells of a duplicate tells of no gap', () => {
    const {hear, send} = sender(4);
    send(0, 20);
    hear(1000, 30, {sack: [[0, 1000]]});
    expect(send(1, 40)).toBe('');
    const both = sender(4);
    both.send(0, 20);
    both.hear(1000, 30, {
      sack: [
        [0, 1000],
        [2000, 3000],
      ],
    });
    expect(both.send(1, 40)).toBe('reported');
  });

  test('once both are over it is no matter', () => {
    const {signs, hear} = reported(1);
    hear(6000, 30);
    expect(hear(6000, 40, {sack: [[0, 1000]], over: true})).toBe('');
    expect([signs.needless, signs.undone]).toEqual([1, 0]);
    const open = reported(1);
    open.hear(5000, 30);
    expect(open.hear(5000, 40, {sack: [[0, 1000]], over: true})).toBe('cameTwice');
  });

  test('64 repetitions are remembered', () => {
    const {signs, hear} = reported(1);
    const made = sender(80);
    made.hear(0, 10, {sack: [[79_000, 80_000]]});
    for (let nth = 0; nth < 65; nth += 1) made.send(nth, 20);
    made.hear(79_000, 30, {sack: [[0, 1000]]});
    expect(made.signs.needless).toBe(0);
    made.hear(79_000, 30, {sack: [[1000, 2000]]});
    expect(made.signs.needless).toBe(1);
    hear(5000, 30, {sack: [[0, 1000]]});
    expect(signs.needless).toBe(1);
  });

  test.each<readonly [stamp: number, echo: number | undefined, string]>([
    [50, 49, 'cameLate'],
    [50, 50, ''],
    [50, undefined, ''],
    [5, 0xffff_fff0, 'cameLate'],
    [0xffff_fff0, 5, ''],
  ])('TSval %i, echo %s: %s (RFC 3522)', (stamp, echo, late) => {
    const {hear, signs} = reported(2, stamp);
    expect(hear(1999, 30, {echo: stamp - 1})).toBe('');
    expect(hear(2000, 31, echo === undefined ? {} : {echo})).toBe(late);
    expect(signs.undone).toBe(late === '' ? 0 : 1);
    // The first word counts.
    if (echo !== undefined) expect(hear(3000, 32, {echo: stamp - 1})).toBe('');
  });

  test('behind a timeout one of a part will do, and going beyond it without timestamps (RFC 5682)', () => {
    const timedOut = (ack: number, more: Answer, stamp?: number) => {
      const {send, hear} = sender(3);
      send(0, 200, {stamp});
      return hear(ack, 210, more);
    };
    expect([timedOut(500, {echo: 49}, 50), timedOut(500, {echo: 50}, 50), timedOut(500, {})]).toEqual([
      ...['cameLate', '', ''],
    ]);
    expect([timedOut(1000, {}), timedOut(1001, {})]).toEqual(['', 'cameLate']);
  });

  test('beyond it says nothing where two were repeated, something was told of, or no timer was at work', () => {
    const two = sender(3);
    two.send(0, 200);
    two.send(1, 201);
    expect(two.hear(3000, 210)).toBe('');
    const sacked = sender(3);
    sacked.send(0, 200);
    sacked.hear(0, 205, {sack: [[2000, 3000]]});
    expect(sacked.hear(1500, 210)).toBe('');
    expect(reported(1).hear(2000, 30)).toBe('');
    const probe = sender(2);
    probe.send(1, 50, {stamp: 50});
    expect(probe.hear(2000, 60, {echo: 49})).toBe('');
  });
});

// RFC 9937: ⌈0.7 · delivered⌉ segments; a timeout ends it (RFC 6298 §5).
test('a recovery by its share is told, unless a timer has ended it', () => {
  const rated = (timerAt: number | undefined) => {
    const {signs, hear, send} = sender(60);
    let sent = 0;
    for (let delivered = 1; delivered < 60; delivered += 1) {
      const atMs = 50 + delivered / 2;
      hear(0, atMs, {sack: [[1000, 1000 * (delivered + 1)]]});
      if (delivered === timerAt) send(1, 500);
      for (; sent < Math.ceil(0.7 * delivered); sent += 1)
        send(sent === 0 ? 0 : 60 + sent, atMs + 0.02, {again: sent === 0});
    }
    return signs.rate?.count;
  };
  expect([rated(undefined), rated(5)]).toEqual([1, 0]);
});
