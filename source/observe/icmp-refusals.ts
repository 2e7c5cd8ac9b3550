// ICMP errors that say that a packet did not reach its destination, and the flow that they quote (RFC 792, RFC 4443 §3.1).
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';

/** Which of them, in the words of RFC 1122 §3.2.2.1 and RFC 4443 §3.1. */
export type Unreachable = 'network' | 'host' | 'protocol' | 'port' | 'prohibited';

/** The first one about a connection. */
export type Refusal = {readonly frame: number; readonly from: string; readonly what: Unreachable};

/** Code 4, fragmentation needed, refuses a size and not the way (RFC 1191). */
const codesV4: ReadonlyMap<number, Unreachable> = new Map([
  [0, 'network'],
  [1, 'host'],
  [2, 'protocol'],
  [3, 'port'],
  [6, 'network'],
  [7, 'host'],
  [9, 'prohibited'],
  [10, 'prohibited'],
  [11, 'network'],
  [12, 'host'],
  [13, 'prohibited'],
]);

const codesV6: ReadonlyMap<number, Unreachable> = new Map([
  [0, 'network'],
  [1, 'prohibited'],
  [2, 'host'],
  [3, 'host'],
  [4, 'port'],
  [5, 'prohibited'],
  [6, 'prohibited'],
]);

const typeV4 = 3;
const typeV6 = 1;

/** `headers` count from the beginning of `bytes`, which are the packet that is quoted. */
export type Quoted = {
  readonly what: Unreachable;
  readonly headers: FrameHeaders;
  readonly bytes: Uint8Array;
};

/** `at`: of the ICMP header; undefined where the message says something else or quotes too little. */
export const readRefusal = (
  frame: Uint8Array,
  at: number,
  end: number,
  version: 4 | 6,
): Quoted | undefined => {
  const [type, code] = [frame[at], frame[at + 1] ?? 0];
  if (type !== (version === 4 ? typeV4 : typeV6)) return undefined;
  const what = (version === 4 ? codesV4 : codesV6).get(code);
  const bytes = frame.subarray(at + ICMP_SIZE, end);
  const headers = readFrameHeaders(bytes, LinkTypes.raw, bytes.length);
  const holdsPorts = headers.version === version && headers.transportAt + 4 <= bytes.length;
  return what && holdsPorts ? {what, headers, bytes} : undefined;
};
