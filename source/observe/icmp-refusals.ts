// Reads ICMP errors that report that a packet did not reach its destination, and the flow that they quote (RFC 792, RFC 4443 §3.1, §3.3).
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';
import {readUint} from '../wire/octets.ts';
import {Verdict} from './fate-columns.ts';
import {icmpErrors} from './icmp-meanings.ts';

/** The part of the message that tells the reason. */
type Reason = {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** The first refusal about a connection: seen in `frame`, sent by `from`. */
export type Refusal = Reason & {readonly frame: number; readonly from: string};

/** A router let no packet of that size pass (RFC 1191 §4, RFC 4443 §3.2); `to` is the sender of the packet. */
export type TooBig = {
  readonly frame: number;
  readonly from: string;
  readonly to: string;
  readonly mtu: number;
};

/**
 * A refusal with the packet that it quotes. `headers` count from the beginning of `bytes`, which are that packet; `mtu` is present if the
 * packet's size was refused.
 */
export type Quoted = {
  readonly reason: Reason;
  readonly mtu: number | undefined;
  readonly headers: FrameHeaders;
  readonly bytes: Uint8Array;
};

const inTransit = 0;
const fragmentationNeeded = 4;
const packetTooBig = 2;

/** Tells whether the packet's TTL expired in transit, which is no refusal. */
export const isExpired = ({version, type, code}: Reason): boolean =>
  type === icmpErrors[version].exceeded && code === inTransit;

const {noRoute, noHost, filtered, delivered, tooBig, expired} = Verdict;
const tcp = 6;

/** The verdicts by the code of a destination unreachable message (RFC 1812 §5.2.7.1, RFC 1122 §3.2.2.1; RFC 4443 §3.1). */
const verdicts: Readonly<Record<4 | 6, readonly (Verdict | undefined)[]>> = {
  4: [
    ...[noRoute, noHost, delivered, delivered, tooBig, undefined, noRoute, noHost],
    ...[undefined, filtered, filtered, undefined, undefined, filtered],
  ],
  6: [noRoute, filtered, undefined, noHost, delivered, filtered, noRoute],
};

/**
 * Returns the fate of the quoted packet; undefined if the message does not tell. `byReceiver` is true if the packet's own receiver sent the
 * message.
 */
export const verdictOf = (
  {reason, mtu, headers: {protocol}}: Pick<Quoted, 'reason' | 'mtu' | 'headers'>,
  byReceiver: boolean,
): Verdict | undefined => {
  const {version, code} = reason;
  if (isExpired(reason)) return expired;
  const verdict = mtu === undefined ? verdicts[version][code] : tooBig;
  if (verdict !== delivered) return verdict;
  // A closed TCP port is answered with an RST (RFC 9293 §3.5.2), so an ICMP message comes from a filter in front of TCP.
  if (protocol === tcp) return filtered;
  return byReceiver ? delivered : undefined;
};

/** Returns the MTU that the message tells; undefined if it refuses no size. */
export const mtuIn = (frame: Uint8Array, at: number, {version, type, code}: Reason): number | undefined => {
  if (version === 6) return type === packetTooBig ? readUint(frame, at + 4, 4) : undefined;
  return type === icmpErrors[4].unreachable && code === fragmentationNeeded
    ? readUint(frame, at + 6, 2)
    : undefined;
};

/**
 * Reads a refusal. `at` is the offset of the ICMP header; the result is undefined if the message says something else or quotes too little.
 */
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
