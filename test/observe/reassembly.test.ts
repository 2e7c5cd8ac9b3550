// Oracle: the stream that the segments were cut from, whatever is lost, doubled, late or overlapping on the way.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
  type Arrival,
  finishStream,
  framesOf,
  MAX_HELD_BYTES,
  MAX_HELD_STRETCHES,
  newStream,
  type Piece,
  receive,
  type Stream,
} from '../../source/observe/reassembly.ts';
import {feed, requestParser} from '../../source/wire/http/parser.ts';
import {seq, seqAdd} from '../../source/wire/seq.ts';
import {runs, thorough} from '../helpers/seeds.ts';

/** Close to the end of sequence space, so that most streams wrap. */
const iss = seq(0xffff_ffe0);
const stream = Uint8Array.from({length: 200}, (_, index) => index);

const syn: Arrival = {frame: 1, seq: iss, syn: true, fin: false, bytes: new Uint8Array(0), length: 0};

const data = (frame: number, start: number, end: number, changes: Partial<Arrival> = {}): Arrival => ({
  frame,
  seq: seqAdd(iss, 1 + start),
  syn: false,
  fin: false,
  bytes: stream.slice(start, end),
  length: end - start,
  ...changes,
});

const receiveAll = (arrivals: readonly Arrival[]) => {
  const pieces: Piece[] = [];
  let state: Stream = newStream;
  let again = 0;
  let differing = 0;
  for (const arrival of arrivals) {
    const received = receive(state, arrival);
    pieces.push(...received.pieces);
    state = received.stream;
    again += received.again;
    differing += received.differing;
  }
  return {pieces, state, again, differing, all: [...pieces, ...finishStream(state)]};
};

const told = (pieces: readonly Piece[]): readonly string[] =>
  pieces.map((piece) => {
    if (piece.kind === 'end') return `end ${piece.start}`;
    return piece.kind === 'hole'
      ? `hole ${piece.start}–${piece.end}`
      : `${piece.start}–${piece.start + piece.bytes.length} in ${piece.frame}`;
  });

test('in order, each segment is handed on as it comes', () => {
  const {pieces, state, again, differing} = receiveAll([syn, data(2, 0, 10), data(3, 10, 20, {fin: true})]);
  expect(told(pieces)).toEqual(['0–10 in 2', '10–20 in 3', 'end 20']);
  expect([again, differing]).toEqual([0, 0]);
  expect(state.held).toEqual([]);
  expect(finishStream(state)).toEqual([]);
});

test('a late segment lets the held ones follow', () => {
  const {pieces} = receiveAll([syn, data(2, 10, 20), data(3, 30, 40), data(4, 0, 10), data(5, 20, 30)]);
  expect(told(pieces)).toEqual(['0–10 in 4', '10–20 in 2', '20–30 in 5', '30–40 in 3']);
});

test('FIN that comes early waits', () => {
  const {pieces} = receiveAll([syn, data(2, 10, 20, {fin: true}), data(3, 0, 10)]);
  expect(told(pieces)).toEqual(['0–10 in 3', '10–20 in 2', 'end 20']);
});

test('what comes again is counted, and the first copy holds', () => {
  const other = {bytes: new Uint8Array(10).fill(99)};
  const {pieces, again, differing} = receiveAll([
    syn,
    data(2, 10, 20),
    data(3, 10, 20, other),
    data(4, 0, 15),
    data(5, 0, 10),
  ]);
  expect(told(pieces)).toEqual(['0–10 in 4', '10–20 in 2']);
  expect([again, differing]).toEqual([25, 10]);
});

test('a segment around held ones fills only the gaps', () => {
  const {pieces, again} = receiveAll([syn, data(2, 5, 10), data(3, 15, 20), data(4, 0, 30)]);
  expect(told(pieces)).toEqual(['0–5 in 4', '5–10 in 2', '10–15 in 4', '15–20 in 3', '20–30 in 4']);
  expect(again).toBe(10);
});

test('a capture that begins in the middle counts from its first byte', () => {
  const keepAlive = data(1, 49, 49);
  const {all} = receiveAll([keepAlive, data(2, 50, 60), data(3, 60, 70), data(4, 40, 55)]);
  expect(told(all)).toEqual(['0–10 in 2', '10–20 in 3']);
});

test('what was lost is a hole when nothing comes any more', () => {
  const {pieces, all} = receiveAll([syn, data(2, 0, 10), data(3, 20, 30), data(4, 40, 50, {fin: true})]);
  expect(told(pieces)).toEqual(['0–10 in 2']);
  expect(told(all).slice(1)).toEqual(['hole 10–20', '20–30 in 3', 'hole 30–40', '40–50 in 4', 'end 50']);
  expect(told(receiveAll([syn, data(2, 10, 10, {fin: true})]).all)).toEqual(['hole 0–10', 'end 10']);
});

test('what the snap length cut off is a hole at once, unless another copy has it first', () => {
  const snapped = (frame: number, start: number, end: number) =>
    data(frame, start, end, {bytes: stream.slice(start, start + 4)});
  expect(told(receiveAll([syn, snapped(2, 0, 10), data(3, 10, 20)]).pieces)).toEqual([
    '0–4 in 2',
    'hole 4–10',
    '10–20 in 3',
  ]);
});

test('nothing behind FIN, nothing behind the end', () => {
  const {all} = receiveAll([syn, data(2, 0, 10, {fin: true}), data(3, 10, 20), data(4, 0, 10)]);
  expect(told(all)).toEqual(['0–10 in 2', 'end 10']);
  expect(told(receiveAll([syn, data(2, 20, 20, {fin: true}), data(3, 10, 40), data(4, 0, 10)]).all)).toEqual([
    '0–10 in 4',
    '10–20 in 3',
    'end 20',
  ]);
});

test('which segments a header line spans', () => {
  const text = new TextEncoder().encode('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n');
  const part = (frame: number, start: number, end: number) =>
    data(frame, start, end, {bytes: text.slice(start, end)});
  const {pieces} = receiveAll([syn, part(7, 0, 22), part(9, 30, 37), part(8, 22, 30)]);
  const parts = feed(requestParser(), text).parts;
  const [head] = parts;
  if (head?.kind !== 'head') throw new Error('no head');
  const [host] = head.head.fields;
  expect(framesOf(pieces, head.head.start.span)).toEqual([7]);
  expect(host && framesOf(pieces, host.span)).toEqual([7, 8, 9]);
  expect(host && framesOf(pieces, host.valueSpan)).toEqual([8, 9]);
});

const segments = fc
  .array(fc.tuple(fc.nat(199), fc.integer({min: 1, max: 60})), {minLength: 1, maxLength: 40})
  .map((places) => places.map(([start, size], index) => data(index + 2, start, Math.min(200, start + size))));

test('any segments in any order: every byte that came is told once, in order; the rest are holes', () => {
  fc.assert(
    fc.property(segments, (list) => {
      const {all, again, differing} = receiveAll([syn, ...list]);
      const came = new Set(list.flatMap(({bytes}) => [...bytes]));
      let at = 0;
      for (const piece of all) {
        expect(piece.start).toBe(at);
        if (piece.kind === 'bytes') {
          expect(piece.bytes).toEqual(stream.subarray(at, at + piece.bytes.length));
          for (const byte of piece.bytes) expect(came.has(byte)).toBe(true);
          at += piece.bytes.length;
        } else if (piece.kind === 'hole') {
          for (let byte = piece.start; byte < piece.end; byte++) expect(came.has(byte)).toBe(false);
          at = piece.end;
        }
      }
      expect(at).toBe(Math.max(...came) + 1);
      expect(again).toBe(list.reduce((sum, {length}) => sum + length, 0) - came.size);
      expect(differing).toBe(0);
    }),
    {numRuns: runs(2000)},
  );
});

thorough('what is held stays bounded, whatever does not come', () => {
  const kilobyte = new Uint8Array(1024);
  let state = receive(newStream, syn).stream;
  let handedOn = 0;
  for (let index = 1; index <= 5000; index++) {
    const bytes = index % 2 === 0 ? kilobyte : kilobyte.subarray(0, 1);
    const received = receive(state, {
      ...data(index, 0, 0),
      seq: seqAdd(iss, 1 + 2048 * index),
      bytes,
      length: bytes.length,
    });
    state = received.stream;
    handedOn += received.pieces.length;
    expect(state.held.length).toBeLessThanOrEqual(MAX_HELD_STRETCHES);
    expect(state.held.reduce((sum, {start, end}) => sum + end - start, 0)).toBeLessThanOrEqual(
      MAX_HELD_BYTES,
    );
  }
  expect(handedOn).toBeGreaterThan(0);
});
