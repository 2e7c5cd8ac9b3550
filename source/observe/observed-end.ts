// Deduces one TCP end's variables (RFC 9293 §3.3.1), as far as passing segments show them. Variables that nothing shows (cwnd, ssthresh,
// timers) are missing. Segments that have passed count as delivered, as in tcp-course.ts.

import {type Seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import {agreedShift, segLen, TcpFlag, type TcpSegment} from '../wire/tcp.ts';
import {leastMss, stampOctets} from './bounds.ts';
import {withBlocks} from './sacked-ranges.ts';
import type {OpeningOptions, SackBlock} from './seen-segment.ts';

/**
 * The TCP options in a segment with SYN. `answers` is true if it is a SYN,ACK, which contains only options that the other end offered, too.
 */
export type Offer = OpeningOptions & {readonly answers: boolean};

/** A TCP window as in the header; that of a segment with SYN is never scaled (RFC 7323 §2.2). */
export type ToldWindow = {readonly field: number; readonly unscaled: boolean};

/** The window that a TCP end last received, with SND.WL1 and SND.WL2; `wl2` is undefined if the segment had no ACK. */
type HeardWindow = ToldWindow & {readonly wl1: Seq; readonly wl2: Seq | undefined};

/** The variables of one TCP end, as a capture shows them; each is undefined until a segment has shown it. */
export type ObservedEnd = {
  /** The options that this end's SYN offered, and those of the other end's SYN (`peerOffer`). */
  readonly offer: Offer | undefined;
  readonly peerOffer: Offer | undefined;
  readonly iss: Seq | undefined;
  readonly irs: Seq | undefined;
  /** SND.UNA, the highest number that was acknowledged to this end; `nxt` is SND.NXT, the number after the highest one that it has sent. */
  readonly una: Seq | undefined;
  readonly nxt: Seq | undefined;
  /** The highest acknowledgment number that this end has sent; RCV.NXT is at least that. */
  readonly rcvNxt: Seq | undefined;
  /** The window that this end last sent; `heard` is the one that it last received. */
  readonly told: ToldWindow | undefined;
  readonly heard: HeardWindow | undefined;
  /** The ranges of this end's data beyond SND.UNA that the other end has reported by SACK, in rising order. */
  readonly sacked: readonly SackBlock[];
  /** The last round-trip time in µs that was measured from a segment of this end to its acknowledgment. */
  readonly rttUs: number | undefined;
  /** The packet whose acknowledgment gave the last round-trip time. */
  readonly sampled: number | undefined;
  /** The segment whose round trip is being measured; only one at a time, the least that RFC 6298 §3 asks for. */
  readonly timed: {readonly end: Seq; readonly atUs: number; readonly packet: number} | undefined;
};

export const unseenEnd: ObservedEnd = {
  offer: undefined,
  peerOffer: undefined,
  iss: undefined,
  irs: undefined,
  una: undefined,
  nxt: undefined,
  rcvNxt: undefined,
  told: undefined,
  heard: undefined,
  sacked: [],
  rttUs: undefined,
  sampled: undefined,
  timed: undefined,
};

/** The fields of a TCP segment from which the ends' variables are deduced. */
export type Passed = Pick<TcpSegment, 'seq' | 'ack' | 'flags' | 'window'> & {
  /** The number of the packet that carries the TCP segment. */
  readonly packet: number;
  /** SEG.LEN: the sequence numbers that the segment occupies, including SYN and FIN. */
  readonly space: number;
  readonly offer: Offer | undefined;
  readonly sack: readonly SackBlock[];
  /** True for a zero-window probe: its octet counts as sent only once it is acknowledged (RFC 9293 §3.8.6.1). */
  readonly probes: boolean;
};

const noBlocks: readonly SackBlock[] = [];

const offerOf = ({flags, options}: TcpSegment): Offer | undefined => {
  if ((flags & TcpFlag.SYN) === 0) return undefined;
  const has = (kind: (typeof options)[number]['kind']): boolean =>
    options.some((option) => option.kind === kind);
  const mss = options.find((option) => option.kind === 'mss');
  const scale = options.find((option) => option.kind === 'windowScale');
  return {
    ...(mss ? {mss: mss.mss} : {}),
    ...(scale ? {windowScale: scale.shift} : {}),
    sackPermitted: has('sackPermitted'),
    timestamps: has('timestamps'),
    answers: (flags & TcpFlag.ACK) !== 0,
  };
};

export const passedOf = (packet: number, segment: TcpSegment, probes: boolean): Passed => {
  const {seq, ack, flags, window, options} = segment;
  const sack = options.find((option) => option.kind === 'sack');
  const blocks = sack?.blocks ?? noBlocks;
  const space = segLen(segment);
  return {packet, seq, ack, flags, window, space, offer: offerOf(segment), sack: blocks, probes};
};

const windowOf = ({window, flags}: Passed): ToldWindow => ({
  field: window,
  unscaled: (flags & TcpFlag.SYN) !== 0,
});

const highest = (one: Seq | undefined, other: Seq): Seq => (one === undefined ? other : seqMax(one, other));

/**
 * Returns the segment whose round trip is measured after this one was sent. Only new data are timed, because of two copies nobody knows
 * which is acknowledged (Karn's algorithm).
 */
const timedBy = (
  {timed, nxt}: ObservedEnd,
  {packet, seq, space}: Passed,
  atUs: number,
): ObservedEnd['timed'] => {
  if (space === 0) return timed;
  if (nxt !== undefined && seqLt(seq, nxt)) return timed && seqLt(seq, timed.end) ? undefined : timed;
  return timed ?? {end: seqAdd(seq, space), atUs, packet};
};

/**
 * Tells whether the end has sent data after its SYN although no captured segment reached it: the acknowledgments must have taken another
 * path.
 */
const isUnheard = ({heard, iss}: ObservedEnd, seq: Seq): boolean =>
  heard === undefined && iss !== undefined && seqLt(iss, seq);

/** Returns a TCP end's variables after it has sent a segment. An RST does not change them. */
export const afterSending = (end: ObservedEnd, segment: Passed, atUs: number): ObservedEnd => {
  const {seq, ack, flags, space, offer, probes} = segment;
  if (flags & TcpFlag.RST) return end;
  return {
    ...end,
    offer: end.offer ?? offer,
    iss: end.iss ?? (offer && seq),
    una: offer ? (end.una ?? seq) : isUnheard(end, seq) ? undefined : end.una,
    nxt: probes ? end.nxt : highest(end.nxt, seqAdd(seq, space)),
    rcvNxt: flags & TcpFlag.ACK ? highest(end.rcvNxt, ack) : end.rcvNxt,
    told: windowOf(segment),
    timed: probes ? end.timed : timedBy(end, segment, atUs),
  };
};

/**
 * Returns the send window of a TCP end after it received a segment. An older segment does not change it, as SND.WL1 and SND.WL2 show (RFC
 * 9293 §3.10.7.4).
 */
const heardAfter = ({heard}: ObservedEnd, segment: Passed): HeardWindow => {
  const {seq, ack, flags} = segment;
  const isOld =
    heard &&
    (seqLt(seq, heard.wl1) || (seq === heard.wl1 && heard.wl2 !== undefined && seqLt(ack, heard.wl2)));
  return isOld ? heard : {...windowOf(segment), wl1: seq, wl2: flags & TcpFlag.ACK ? ack : undefined};
};

const acknowledged = (end: ObservedEnd, segment: Passed, atUs: number): ObservedEnd => {
  const {ack, sack} = segment;
  if (end.una !== undefined && seqLt(ack, end.una)) return end;
  // Acknowledged data were sent, even if the capture lacks them, so SND.NXT is at least the acknowledgment number.
  const nxt = highest(end.nxt, ack);
  const isTimed = end.timed !== undefined && seqLe(end.timed.end, ack);
  return {
    ...end,
    una: ack,
    nxt,
    heard: heardAfter(end, segment),
    sacked: withBlocks(end.sacked, sack, {una: ack, nxt}),
    rttUs: isTimed && end.timed ? Math.max(0, atUs - end.timed.atUs) : end.rttUs,
    sampled: isTimed && end.timed ? end.timed.packet : end.sampled,
    timed: isTimed ? undefined : end.timed,
  };
};

/**
 * Tells whether a TCP end ignores a segment: in SYN-SENT it only accepts a SYN, and no ACK of data that it never sent (RFC 9293 §3.10.7.3).
 */
const isRefused = ({iss, irs, nxt, rcvNxt}: ObservedEnd, {ack, flags, offer}: Passed): boolean => {
  if (iss === undefined || nxt === undefined || irs !== undefined || rcvNxt !== undefined) return false;
  return !offer || ((flags & TcpFlag.ACK) !== 0 && (seqLe(ack, iss) || seqLt(nxt, ack)));
};

/** Returns a TCP end's variables after a segment of the other end has reached it. An RST does not change them. */
export const afterHearing = (end: ObservedEnd, segment: Passed, atUs: number): ObservedEnd => {
  const {seq, flags, offer} = segment;
  if (flags & TcpFlag.RST || isRefused(end, segment)) return end;
  const opened = {...end, peerOffer: end.peerOffer ?? offer, irs: end.irs ?? (offer && seq)};
  if (flags & TcpFlag.ACK) return acknowledged(opened, segment, atUs);
  // A segment without ACK is only accepted if it is a SYN (RFC 9293 §3.10.7.4, fifth check).
  return offer ? {...opened, heard: heardAfter(opened, segment)} : opened;
};

/** Returns SND.NXT − SND.UNA of a TCP end, the sequence numbers in flight; undefined until both are known. */
export const flightOf = ({una, nxt}: ObservedEnd): number | undefined =>
  una === undefined || nxt === undefined ? undefined : seqDiff(nxt, una);

/**
 * Returns the window scale shifts of a TCP end: `rcv` for the windows that it sends, `snd` for those that it receives; undefined if the
 * SYNs do not show them.
 */
export const shiftsOf = ({
  offer,
  peerOffer,
}: ObservedEnd): {readonly rcv: number | undefined; readonly snd: number | undefined} => ({
  rcv: agreedShift(offer, peerOffer),
  snd: agreedShift(peerOffer, offer),
});

/** Returns a TCP window in octets; undefined if its scale is not known. A window of 0 is closed with any scale. */
export const windowOctets = (
  window: ToldWindow | undefined,
  shift: number | undefined,
): number | undefined => {
  if (window === undefined) return undefined;
  if (window.unscaled || window.field === 0) return window.field;
  return shift === undefined ? undefined : window.field << shift;
};

/** Tells whether both ends use SACK or timestamps; undefined if the captured SYNs do not show it. */
export const isAgreed = (
  {offer, peerOffer}: ObservedEnd,
  option: 'sackPermitted' | 'timestamps',
): boolean | undefined => {
  const offers = [offer, peerOffer].filter((each) => each !== undefined);
  if (offers.some((each) => !each[option])) return false;
  return offers.length === 2 || offers.some(({answers}) => answers) ? true : undefined;
};

/** The MSS that holds, by IP version, if a SYN lacks the option (RFC 9293 §3.7.1). */
export const defaultMss = {4: leastMss, 6: 1220} as const;

/** Returns the largest TCP payload of this end's segments in octets (RFC 9293 §3.7.1); undefined until both SYNs have been seen. */
export const mssOf = (end: ObservedEnd, version: 4 | 6): number | undefined => {
  const {offer, peerOffer} = end;
  if (!offer || !peerOffer) return undefined;
  const stamps = isAgreed(end, 'timestamps') ? stampOctets : 0;
  const fallback = defaultMss[version];
  return Math.max(1, Math.min(offer.mss ?? fallback, peerOffer.mss ?? fallback) - stamps);
};
