// ICMP errors that say that a packet did not reach its destination, and the flow that they quote (RFC 792, RFC 4443 §3.1, §3.3).
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';
import {readUint} from '../wire/octets.ts';
import {Verdict} from './fate-columns.ts';
import {icmpErrors} from './icmp-meanings.ts';

/** What of the message tells why. */
type Reason = {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** The first one about a connection: seen in `frame`, sent by `from`. */
export type Refusal = Reason & {readonly frame: number; readonly from: string};

/** A router let no packet of that size pass (RFC 1191 §4, RFC 4443 §3.2); `to`: whoever had sent it. */
export type TooBig = {
  readonly frame: number;
  readonly from: string;
  readonly to: string;
  readonly mtu: number;
};

/** `headers` count from the beginning of `bytes`, which are the packet that is quoted; `mtu`: it was its size that was refused. */
export type Quoted = {
  readonly reason: Reason;
  readonly mtu: number | undefined;
  readonly headers: FrameHeaders;
  readonly bytes: Uint8Array;
};

const inTransit = 0;
const fragmentationNeeded = 4;
const packetTooBig = 2;

/** A router took off its last hop: nobody refuses it. */
export const isExpired = ({version, type, code}: Reason): boolean =>
  type === icmpErrors[version].exceeded && code === inTransit;

const {noRoute, noHost, filtered, delivered, tooBig, expired} = Verdict;
const tcp = 6;

/** By the code of *unreachable* (RFC 1812 §5.2.7.1, RFC 1122 §3.2.2.1; RFC 4443 §3.1). */
const verdicts: Readonly<Record<4 | 6, readonly (Verdict | undefined)[]>> = {
  4: [
    ...[noRoute, noHost, delivered, delivered, tooBig, undefined, noRoute, noHost],
    ...[undefined, filtered, filtered, undefined, undefined, filtered],
  ],
  6: [noRoute, filtered, undefined, noHost, delivered, filtered, noRoute],
};

/** What became of the packet that is quoted; undefined: it does not say. `byReceiver`: from the one that the packet was meant for. */
export const verdictOf = (
  {reason, mtu, headers: {protocol}}: Pick<Quoted, 'reason' | 'mtu' | 'headers'>,
  byReceiver: boolean,
): Verdict | undefined => {
  const {version, code} = reason;
  if (isExpired(reason)) return expired;
  const verdict = mtu === undefined ? verdicts[version][code] : tooBig;
  if (verdict !== delivered) return verdict;
  // TCP says by RST that nobody listens (RFC 9293 §3.5.2): whoever says it by ICMP stands before TCP.
  if (protocol === tcp) return filtered;
  return byReceiver ? delivered : undefined;
};

/** undefined: it refuses no size. */
export const mtuIn = (frame: Uint8Array, at: number, {version, type, code}: Reason): number | undefined => {
  if (version === 6) return type === packetTooBig ? readUint(frame, at + 4, 4) : undefined;
  return type === icmpErrors[4].unreachable && code === fragmentationNeeded
    ? readUint(frame, at + 6, 2)
    : undefined;
};

/** `at`: of the ICMP header; undefined where the message says something else or quotes too little. */
export const readRefusal = (
  frame: Uint8Array,
  at: number,
  end: number,
  version: 4 | 6,
): Quoted | undefined => {
  const [type = 0, code = 0] = [frame[at], frame[at + 1]];
  const reason: Reason = {version, type, code};
  const mtu = mtuIn(frame, at, reason);
  if (type !== icmpErrors[version].unreachable && mtu === undefined && !isExpired(reason)) return undefined;
  const bytes = frame.subarray(at + ICMP_SIZE, end);
  const headers = readFrameHeaders(bytes, LinkTypes.raw, bytes.length);
  const holdsPorts = headers.version === version && headers.transportAt + 4 <= bytes.length;
  return holdsPorts ? {reason, mtu, headers, bytes} : undefined;
};
