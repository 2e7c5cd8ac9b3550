// Segments as a machine captures them that leaves cutting and joining to its network card. Oracle: the same connection captured
// without that.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {agreementOf} from '../../../source/drills/replay/agreement.ts';
import {cut, joined} from '../../../source/drills/replay/offload.ts';
import type {Seen} from '../../../source/drills/replay/seen.ts';
import {replaysOf} from '../../helpers/replayed.ts';
import {captureFolder} from '../../wire/captures.ts';

const mss = 1448;
const [again] = replaysOf(readFileSync(`${captureFolder}14k-http-large-download.pcap`), 1);
if (again === undefined || typeof again === 'string') throw new Error('no replay');
const {replayed, simulated, agreement} = again;

/** Up to three that follow each other, as receive offload hands them over. */
const asJoined = (segments: readonly Seen[]): readonly Seen[] => {
  const rows: Seen[][] = [];
  for (const segment of segments) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const follows =
      last &&
      last.side === segment.side &&
      last.end === segment.seq &&
      last.length === mss &&
      segment.length > 0;
    if (row && follows && row.length < 3) row.push(segment);
    else rows.push([segment]);
  }
  return rows.flatMap((row) => joined(row) ?? []);
};

test('joined and cut again: the same segments', () => {
  const giants = asJoined(replayed.seen.segments).filter(({length}) => length > mss);
  expect(giants.length).toBeGreaterThan(5);
  for (const giant of giants) {
    const pieces = cut(giant, mss);
    expect(pieces.length).toBe(Math.ceil(giant.length / mss));
    expect(joined(pieces)).toEqual(giant);
    for (const {seq, end, bytes} of pieces) {
      const sent = replayed.seen.segments.find((each) => each.side === giant.side && each.seq === seq);
      expect([end, Buffer.from(bytes)]).toEqual([sent?.end, Buffer.from(sent?.bytes ?? [])]);
    }
  }
});

test('a joined segment is alike if all its pieces are, and is one row', () => {
  const segments = asJoined(replayed.seen.segments);
  const coarse = agreementOf({...replayed, seen: {...replayed.seen, segments}}, simulated);
  expect(agreement).toMatchObject({alike: agreement.captured, extra: 0});
  expect(coarse.pairs.length).toBe(segments.length);
  expect(coarse).toMatchObject({alike: segments.length, extra: 0});
  for (const {capture, simulated: other} of coarse.pairs)
    expect(other).toMatchObject({seq: capture?.seq, end: capture?.end, length: capture?.length});
});
