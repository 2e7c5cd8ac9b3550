// ICMP errors that say that a packet did not reach its destination, and the flow that they quote (RFC 792, RFC 4443 §3.1).
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';

/** What of the message tells why. */
type Reason = {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** The first one about a connection: seen in `frame`, sent by `from`. */
export type Refusal = Reason & {readonly frame: number; readonly from: string};

/** `headers` count from the beginning of `bytes`, which are the packet that is quoted. */
type Quoted = {readonly reason: Reason; readonly headers: FrameHeaders; readonly bytes: Uint8Array};

const unreachable = {4: 3, 6: 1} as const;

/** It refuses a size and not the way (RFC 1191). */
const fragmentationNeeded = 4;

/** `at`: of the ICMP header; undefined where the message says something else or quotes too little. */
export const readRefusal = (
  frame: Uint8Array,
  at: number,
  end: number,
  version: 4 | 6,
): Quoted | undefined => {
  const [type = 0, code = 0] = [frame[at], frame[at + 1]];
  if (type !== unreachable[version] || (version === 4 && code === fragmentationNeeded)) return undefined;
  const bytes = frame.subarray(at + ICMP_SIZE, end);
  const headers = readFrameHeaders(bytes, LinkTypes.raw, bytes.length);
  const holdsPorts = headers.version === version && headers.transportAt + 4 <= bytes.length;
  return holdsPorts ? {reason: {version, type, code}, headers, bytes} : undefined;
};
