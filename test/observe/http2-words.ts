// Frames of HTTP/2 as octets, written by hand (RFC 9113 §4.1), and what a connection makes of them.
import type {Side} from '../../source/observe/connections.ts';
import {Http2Connection, type Http2Options} from '../../source/observe/http2-connection.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {FrameType} from '../../source/wire/http2/registry.ts';

type Octets = readonly number[];

const big = (value: number, size: number): Octets =>
  Array.from({length: size}, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);

type Flags = {readonly flags?: number; readonly stream?: number};

export const frame = (
  type: keyof typeof FrameType,
  payload: Octets,
  {flags = 0, stream = 0}: Flags = {},
): Octets => [...big(payload.length, 3), FrameType[type], flags, ...big(stream, 4), ...payload];

export const settings = (...values: readonly (readonly [id: number, value: number])[]): Octets =>
  frame(
    'SETTINGS',
    values.flatMap(([id, value]) => [...big(id, 2), ...big(value, 4)]),
  );

export const settingsAck = frame('SETTINGS', [], {flags: 1});

const text = (words: string): Octets => [...words].map((letter) => letter.charCodeAt(0));

/** A literal without indexing, neither name nor value in Huffman code (RFC 7541 §6.2.2). */
export const field = (name: string, value: string): Octets => [
  ...[0, name.length, ...text(name)],
  ...[value.length, ...text(value)],
];

/** `:method: GET`, `:scheme: http`, `:path: /` (RFC 7541 appendix A); `:status: 200`. */
export const get: Octets = [0x82, 0x86, 0x84];
export const ok200: Octets = [0x88];

const endHeaders = 4;

export const headers = (stream: number, block: Octets, flags = 1 | endHeaders): Octets =>
  frame('HEADERS', block, {flags, stream});

export const data = (stream: number, size: number, flags = 0): Octets =>
  frame(
    'DATA',
    Array.from({length: size}, () => 0x61),
    {flags, stream},
  );

export const windowUpdate = (stream: number, increment: number): Octets =>
  frame('WINDOW_UPDATE', big(increment, 4), {stream});

export const word = (value: number): Octets => big(value, 4);

/** Who says what, in order; the client's preface goes without saying, and so do both ends' SETTINGS. */
export type Said = readonly ['client' | 'server', ...(readonly Octets[])];

export const hold = (
  said: readonly Said[],
  options: Partial<Http2Options> = {},
  pieceSize = Number.POSITIVE_INFINITY,
): Http2Connection => {
  const http2 = new Http2Connection({start: 'prior-knowledge', client: 0, ...options});
  const begun: readonly Said[] = [
    ['client', [...preface], settings()],
    ['server', settings(), settingsAck],
    ['client', settingsAck],
  ];
  const at = [0, 0];
  for (const [index, [who, ...frames]] of [...begun, ...said].entries()) {
    const side: Side = who === 'client' ? 0 : 1;
    const octets = Uint8Array.from(frames.flat());
    for (let from = 0; from < octets.length; from += pieceSize) {
      const bytes = octets.subarray(from, from + pieceSize);
      const start = at[side] ?? 0;
      http2.take(side, {kind: 'bytes', start, bytes, frame: index + 1}, index + 1);
      at[side] = start + bytes.length;
    }
  }
  return http2;
};
