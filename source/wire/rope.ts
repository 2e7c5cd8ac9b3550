// A payload as a list of references into byte sources, which can be cut and joined without copying a byte.

/** A source of payload. `read` copies bytes `offset … offset + target.length` into `target`. */
export type ByteSource = {readonly id: string; read(offset: number, target: Uint8Array): void};

export type Chunk = {readonly source: ByteSource; readonly offset: number; readonly length: number};

/** An immutable sequence of bytes, stored as references into byte sources; `length` is in bytes. */
export type Rope = {readonly length: number; readonly chunks: readonly Chunk[]};

export const emptyRope: Rope = {length: 0, chunks: []};

export const ropeOf = (source: ByteSource, offset: number, length: number): Rope =>
  length === 0 ? emptyRope : {length, chunks: [{source, offset, length}]};

export const ropeFromBytes = (bytes: Uint8Array, id = 'literal'): Rope =>
  ropeOf(
    {id, read: (offset, target) => target.set(bytes.subarray(offset, offset + target.length))},
    0,
    bytes.length,
  );

export const ropeConcat = (a: Rope, b: Rope): Rope => {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const last = a.chunks[a.chunks.length - 1];
  const first = b.chunks[0];
  // Adjacent references into one source become one, so that a long stream stays a short list.
  if (last && first && last.source === first.source && last.offset + last.length === first.offset) {
    const joined = {source: last.source, offset: last.offset, length: last.length + first.length};
    return {length: a.length + b.length, chunks: [...a.chunks.slice(0, -1), joined, ...b.chunks.slice(1)]};
  }
  return {length: a.length + b.length, chunks: [...a.chunks, ...b.chunks]};
};

/** Returns bytes `start … end` of a rope (end excluded), both clamped to its length. */
export const ropeSlice = (rope: Rope, start: number, end = rope.length): Rope => {
  const from = Math.max(0, start);
  const to = Math.min(rope.length, end);
  if (from >= to) return emptyRope;
  if (from === 0 && to === rope.length) return rope;
  const chunks: Chunk[] = [];
  let position = 0;
  for (const chunk of rope.chunks) {
    const a = Math.max(from, position);
    const b = Math.min(to, position + chunk.length);
    if (a < b) chunks.push({source: chunk.source, offset: chunk.offset + a - position, length: b - a});
    position += chunk.length;
    if (position >= to) break;
  }
  return {length: to - from, chunks};
};

/** Copies all bytes of a rope into `target` from index `at` on. */
export const ropeCopy = (rope: Rope, target: Uint8Array, at: number): void => {
  let position = at;
  for (const {source, offset, length} of rope.chunks) {
    source.read(offset, target.subarray(position, position + length));
    position += length;
  }
};

const noBytes = new Uint8Array(0);

export const ropeToBytes = (rope: Rope): Uint8Array => {
  if (rope.length === 0) return noBytes;
  const bytes = new Uint8Array(rope.length);
  ropeCopy(rope, bytes, 0);
  return bytes;
};
