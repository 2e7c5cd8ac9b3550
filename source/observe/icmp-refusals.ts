// Reads ICMP errors that report that a packet did not reach its destination, and the packet that they quote (RFC 792, RFC 4443 §3.1, §3.3).
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';
import {readUint} from '../wire/octets.ts';
import {Verdict} from './fate-columns.ts';
import {icmpErrors} from './icmp-meanings.ts';

/** The fields of an ICMP error that tell its reason: IP version, type and code. */
type Reason = {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** The first ICMP error about a connection's packets: `frame` contains it, `from` sent it. */
export type Refusal = Reason & {readonly frame: number; readonly from: string};

/**
 * A router's report that a packet was too big for the next link (RFC 1191 §4, RFC 4443 §3.2); `to` is the sender of that packet, which gets
 * the report.
 */
export type TooBig = {
  readonly frame: number;
  readonly from: string;
  readonly to: string;
  readonly mtu: number;
  /** True if the message quotes another address or port than the connection has, so that its receiver cannot use it. */
  readonly rewritten: boolean;
};

/**
 * An ICMP error with the packet that it quotes in `bytes`; offsets in `headers` count from the beginning of `bytes`. `mtu` is undefined
 * unless the packet was too big.
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

/** Tells whether an ICMP error reports that a packet's TTL or hop limit expired in transit. */
export const isExpired = ({version, type, code}: Reason): boolean =>
  type === icmpErrors[version].exceeded && code === inTransit;

const {noRoute, noHost, filtered, delivered, tooBig, expired} = Verdict;
const tcp = 6;

/**
 * The fate of the quoted packet by the code of an ICMP destination unreachable message (RFC 1812 §5.2.7.1, RFC 1122 §3.2.2.1;
 * RFC 4443 §3.1).
 */
const verdicts: Readonly<Record<4 | 6, readonly (Verdict | undefined)[]>> = {
  4: [
    ...[noRoute, noHost, delivered, delivered, tooBig, undefined, noRoute, noHost],
    ...[undefined, filtered, filtered, undefined, undefined, filtered],
  ],
  6: [noRoute, filtered, undefined, noHost, delivered, filtered, noRoute],
};

/**
 * Returns the fate of the packet that an ICMP error quotes; undefined if the error does not show it. `byReceiver` is true if the quoted
 * packet's destination sent the error.
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

/** Returns the MTU in an ICMP error that refuses a packet for its size; undefined for other ICMP messages. */
export const mtuIn = (frame: Uint8Array, at: number, {version, type, code}: Reason): number | undefined => {
  if (version === 6) return type === packetTooBig ? readUint(frame, at + 4, 4) : undefined;
  return type === icmpErrors[4].unreachable && code === fragmentationNeeded
    ? readUint(frame, at + 6, 2)
    : undefined;
};

/**
 * Reads an ICMP error about a packet that did not get through. `at` is the offset of the ICMP header; the result is undefined for other
 * messages or if too little is quoted.
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
