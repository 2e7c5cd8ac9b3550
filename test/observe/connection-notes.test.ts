// What is noted of a connection; frames by hand.
import {describe, expect, test} from 'vitest';
import {ConnectionNotes} from '../../source/observe/connection-notes.ts';
import {Flag, type SeenSegment} from '../../source/observe/seen-segment.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {seq} from '../../source/wire/seq.ts';

type Given = {
  readonly side: 0 | 1;
  readonly seq?: number;
  readonly ack?: number;
  readonly atUs?: number;
  readonly length?: number;
  readonly flags?: number;
  readonly window?: number;
  readonly marks?: number;
};

const {syn: SYN, ack: ACK} = Flag;

/** Frame 1, 2, … */
const noted = (...flow: readonly Given[]): ConnectionNotes => {
  const notes = new ConnectionNotes();
  let beforeUs: number | undefined;
  flow.forEach(
    ({side, seq: first = 0, ack, atUs = 0, length = 0, flags = 0, window = 9, marks = 0}, index) => {
      const segment: SeenSegment = {
        frame: index + 1,
        atUs,
        seq: seq(first),
        ack: seq(ack ?? 0),
        flags: flags | (ack === undefined ? 0 : ACK),
        window,
        length,
        data: new Uint8Array(length),
        opening: undefined,
        sack: [],
        sacks: false,
      };
      notes.take(side, segment, marks, beforeUs);
      beforeUs = atUs;
    },
  );
  return notes;
};

describe('the longest silence', () => {
  test('who ended it, with what, after whose data', () => {
    const flow: readonly Given[] = [
      {side: 0, ack: 1, length: 5},
      {side: 1, ack: 6, atUs: 300},
      {side: 1, ack: 6, atUs: 1000, length: 7, marks: Mark.retransmission},
      {side: 0, ack: 8, atUs: 1700},
    ];
    expect(noted(...flow).silence).toEqual({
      us: 700,
      untilUs: 1000,
      frame: 3,
      side: 1,
      segment: {flags: ACK, length: 7},
      marks: Mark.retransmission,
      lastData: 0,
      windowClosed: false,
    });
  });

  test('a closed window is that of the other end; of one segment there is none', () => {
    const closes: Given = {side: 1, ack: 6, window: 0};
    expect(noted(closes, {side: 0, ack: 1, atUs: 50}).silence).toMatchObject({windowClosed: true});
    expect(noted(closes, {side: 1, ack: 6, atUs: 50}).silence).toMatchObject({windowClosed: false});
    expect(noted(closes).silence).toBeUndefined();
    expect(noted(closes, closes).silence).toBeUndefined();
  });
});

test('of each kind four frames, in their order; what opens the connection is not among them', () => {
  const marked = {side: 0, ack: 1, marks: Mark.zeroWindow | Mark.outOfOrder} as const;
  const notes = noted({...marked, flags: SYN}, marked, {side: 1}, marked, marked, marked, marked);
  expect(notes.frames('zeroWindow')).toEqual([2, 4, 5, 6]);
  expect(notes.frames('outOfOrder')).toEqual([2, 4, 5, 6]);
  expect([notes.frames('keepAlive'), notes.frames('lostBefore')]).toEqual([[], []]);
  expect(
    noted({side: 0, marks: Mark.keepAlive}, {side: 0, marks: Mark.lostBefore}).frames('lostBefore'),
  ).toEqual([2]);
});

describe('what the network says of it', () => {
  const reason = {version: 4, type: 3, code: 1} as const;
  const from = 'router';

  test('the first that did not arrive, the first that was too big', () => {
    const notes = noted();
    notes.refuse({frame: 3, from, to: 'a', mtu: undefined, reason});
    notes.refuse({frame: 4, from, to: 'a', mtu: 1400, reason: {...reason, code: 4}});
    notes.refuse({frame: 5, from, to: 'b', mtu: undefined, reason: {...reason, code: 3}});
    notes.refuse({frame: 6, from, to: 'b', mtu: 1300, reason: {...reason, code: 4}});
    expect(notes.refusal).toEqual({frame: 3, from, ...reason});
    expect(notes.tooBig).toEqual({frame: 4, from, to: 'a', mtu: 1400, rewritten: false});
    expect([noted().refusal, noted().tooBig]).toEqual([undefined, undefined]);
  });

  // RFC 1191 §6.3: from then on it sends no larger segments than fit.
  test('the largest segment since then', () => {
    const notes = noted(
      {side: 0, ack: 1, length: 1460},
      {side: 0, ack: 1, length: 100},
      {side: 1, length: 300},
    );
    expect([notes.most(0), notes.most(1)]).toEqual([1460, 300]);
    const tooBig = {from, to: 'a', mtu: 1400, reason} as const;
    notes.refuse({...tooBig, frame: 4});
    expect([notes.most(0), notes.most(1)]).toEqual([0, 0]);
    const more = (side: 0 | 1, length: number): void => {
      const data = new Uint8Array(length);
      const sent = {
        frame: 5,
        atUs: 0,
        seq: seq(0),
        ack: seq(0),
        flags: ACK,
        window: 9,
        length,
        data,
      } as const;
      notes.take(side, {...sent, opening: undefined, sack: [], sacks: false}, 0, 0);
    };
    more(0, 1360);
    notes.refuse({...tooBig, frame: 6});
    more(0, 1360);
    more(0, 8);
    more(1, 300);
    expect([notes.most(0), notes.most(1)]).toEqual([1360, 300]);
  });
});
