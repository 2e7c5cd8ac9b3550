// Computes the relative sequence and acknowledgment numbers of TCP segments, as Wireshark does, and their windows in bytes. If a
// connection's SYN is not in the trace, the first segment of each direction gets the number 1.

import {grownPer} from '../wire/once-per.ts';
import {type Seq, seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {agreedShift, hasFlag, type TcpSegment} from '../wire/tcp.ts';
import type {Scenario} from './scenario.ts';
import type {PacketRecord, Trace} from './trace.ts';

/** The window scale and the MSS that the SYN of one direction offered; `answers` is true if it was a SYN,ACK. */
type Offer = {readonly windowScale?: number; readonly mss: number; readonly answers: boolean};

/** How much data a TCP window lets the other end send: nothing, less than one segment (MSS), or a segment and more. */
type Room = 'none' | 'little' | 'enough';

type Direction = {
  /** The sequence number that counts as 0 in this direction of a connection: that of its SYN, or one before the first that was seen. */
  readonly base: Seq;
  readonly offer?: Offer | undefined;
  /** The room that the last window announced in this direction left the other end; undefined if none was announced. */
  readonly room?: Room | undefined;
};

export type AnnouncedWindow = {
  /** The announced TCP window in octets; undefined if the trace lacks the SYNs, so that the window scale is unknown. */
  readonly bytes: number | undefined;
  /** True if this window stops or restarts the other end: `Room` changed between nothing, less than a segment, and a segment or more. */
  readonly turns: boolean;
};

/** The base of a segment's sequence number (`own`), that of its acknowledgment number (`peer`), and the meaning of its window. */
type Meaning = AnnouncedWindow & {readonly own: Seq; readonly peer: Seq | undefined};

type Ends = {readonly src: string; readonly dst: string; readonly segment: TcpSegment};

const endsOf = ({frame}: PacketRecord): Ends | undefined => {
  if (frame?.payload.kind !== 'ip') return undefined;
  const {src, dst, transport} = frame.payload.packet;
  return transport.kind === 'tcp' ? {src, dst, segment: transport.segment} : undefined;
};

/** The MSS for a SYN without the option or one that was not seen (RFC 9293 §3.7.1). */
const defaultMss = 536;

const offerOf = (segment: TcpSegment): Offer => {
  let mss = defaultMss;
  let windowScale: number | undefined;
  for (const option of segment.options) {
    if (option.kind === 'mss') mss = option.mss;
    if (option.kind === 'windowScale') windowScale = option.shift;
  }
  const answers = hasFlag(segment, 'ACK');
  return {mss, answers, ...(windowScale === undefined ? {} : {windowScale})};
};

/**
 * Returns the window of a TCP segment in bytes; undefined if the scale is unknown. Zero is zero under any scale; the window of a SYN is
 * never scaled (RFC 7323 §2.2).
 */
const windowBytes = (segment: TcpSegment, own: Offer | undefined, peer: Offer | undefined) => {
  const {window} = segment;
  if (window === 0 || hasFlag(segment, 'SYN')) return window;
  const shift = agreedShift(own, peer);
  return shift === undefined ? undefined : window << shift;
};

const roomIn = (bytes: number | undefined, offer: Offer | undefined): Room => {
  if (bytes === 0) return 'none';
  return bytes !== undefined && bytes < (offer?.mss ?? defaultMss) ? 'little' : 'enough';
};

const note = (directions: Map<string, Direction>, {src, dst, segment}: Ends): Meaning => {
  const ownKey = `${src} ${segment.srcPort} ${dst} ${segment.dstPort}`;
  const peerKey = `${dst} ${segment.dstPort} ${src} ${segment.srcPort}`;
  const syn = hasFlag(segment, 'SYN');
  const ack = hasFlag(segment, 'ACK');
  // A fresh SYN begins a new connection of the same four-tuple.
  if (syn && !ack) directions.delete(peerKey);
  if (ack && !directions.has(peerKey)) directions.set(peerKey, {base: seqAdd(segment.ack, -1)});
  const before = directions.get(ownKey);
  const peer = directions.get(peerKey);
  const own = syn
    ? {base: segment.seq, offer: offerOf(segment)}
    : (before ?? {base: seqAdd(segment.seq, -1)});
  const bytes = windowBytes(segment, own.offer, peer?.offer);
  // The window of an RST means nothing, because no data will follow.
  const room = hasFlag(segment, 'RST') ? before?.room : roomIn(bytes, own.offer);
  if (before !== own || before.room !== room) directions.set(ownKey, {...own, room});
  const turns = !syn && before?.room !== undefined && room !== before.room;
  return {own: own.base, peer: peer?.base, bytes, turns};
};

type Meanings = {
  readonly directions: Map<string, Direction>;
  /** The relative numbers and the window of each packet, by packet number; undefined for packets that are no TCP segments. */
  readonly of: (Meaning | undefined)[];
};

/**
 * Returns the relative numbers and the window of each packet of a trace. Old packets of a growing capture do not change, so only new ones
 * are read.
 */
const meaningsIn = grownPer<Trace, Meanings>((trace, before) => {
  const {directions, of} = before?.value ?? {directions: new Map<string, Direction>(), of: [undefined]};
  for (let id = of.length; id <= trace.packetCount; id++) {
    const ends = endsOf(trace.packet(id));
    of[id] = ends && note(directions, ends);
  }
  return {directions, of};
});

/**
 * Returns the relative sequence and acknowledgment numbers of a packet, as `tcp.seq` and `tcp.ack` in Wireshark; undefined if it is no TCP
 * segment.
 */
export const relativeNumbers = (
  trace: Trace,
  id: number,
): {readonly seq: Seq; readonly ack: Seq} | undefined => {
  const meaning = meaningsIn(trace).of[id];
  const segment = meaning && endsOf(trace.packet(id))?.segment;
  if (!meaning || !segment) return undefined;
  const ack = hasFlag(segment, 'ACK') && meaning.peer !== undefined ? seqDiff(segment.ack, meaning.peer) : 0;
  return {seq: seq(seqDiff(segment.seq, meaning.own)), ack: seq(ack)};
};

/** Returns the window of a packet in octets, and whether it stops or restarts the other end; undefined if it is no TCP segment. */
export const announcedWindow = (trace: Trace, id: number): AnnouncedWindow | undefined =>
  meaningsIn(trace).of[id];

/**
 * Tells whether a scenario prescribes no initial sequence number, so that the absolute numbers are arbitrary and relative ones are to be
 * shown.
 */
export const numbersMeanNothing = ({hosts, script}: Scenario): boolean =>
  !script.some(({action}) => action.call === 'connect' && action.iss !== undefined) &&
  hosts.every(({iss}) => iss === undefined);
