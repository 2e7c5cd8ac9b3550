// Finds, for *Why?*, what moved RCV.NXT and RCV.WND of a captured end: the segments that it received, though nothing shows that before the
// end acknowledges them (RFC 9293 §3.10.7.4, seventh check).
import {instantOf, ofKind} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {type Seq, seq, seqLe, seqLt} from '../../wire/seq.ts';
import {segEnd} from '../../wire/tcp.ts';
import {newestPacket, type View} from '../view.ts';
import {endsAround} from './beginning.ts';

/** How many packets are searched, backwards, for segments that a captured end has received. */
const searched = 400;

type Come = {readonly id: number; readonly event: number; readonly seq: Seq; readonly end: Seq};

/**
 * Returns the segments that the sender of a packet has received on its connection before event `until`, in order of arrival; only packets
 * up to number `newest` are searched.
 */
const comeTo = (
  trace: Trace,
  {id, from}: PacketRecord,
  {newest, until}: {readonly newest: number; readonly until: number},
): readonly Come[] => {
  const connection = trace.connectionPackets?.of(id);
  const come: Come[] = [];
  for (let n = newest; n >= Math.max(1, newest - searched); n--) {
    if (trace.connectionPackets?.of(n) !== connection) continue;
    const packet = packetOf(trace, n);
    const {to, endEvent, deduced} = packet;
    const segment = segmentOf(packet);
    if (!segment || to !== from || endEvent === undefined || deduced?.what === 'lost') continue;
    if (endEvent < until) come.push({id: n, event: endEvent, seq: segment.seq, end: segEnd(segment)});
  }
  return come.sort((a, b) => a.event - b.event);
};

/**
 * Returns the number of a segment that arrived after packet `told` and contains the sequence number that this packet acknowledges, so that
 * no ACK shows yet whether it was accepted; undefined if there is none.
 */
export const comeSince = (view: View, told: number): number | undefined => {
  const {trace} = view.input;
  const own = packetOf(trace, told);
  const ack = segmentOf(own)?.ack;
  const newest = newestPacket(view);
  if (ack === undefined || newest === undefined) return undefined;
  return comeTo(trace, own, {newest, until: view.cursor + 1}).find(
    (each) => each.event > own.sendEvent && seqLe(each.seq, ack) && seqLt(ack, each.end),
  )?.id;
};

/** Returns the sequence number up to which the received segments reach from `from` on without a gap. */
const reachOf = (come: readonly Come[], from: Seq): Seq => {
  const next = come.find((each) => seqLe(each.seq, from) && seqLt(from, each.end));
  return next ? reachOf(come, next.end) : from;
};

export type Shown = {
  /** The number of the packet that shows the value of RCV.NXT or RCV.WND. */
  readonly packet: number;
  /** The number of the arrival that moved RCV.NXT or RCV.WND; undefined if it was not captured. */
  readonly by: number | undefined;
};

/** Returns the packet whose window shows RCV.WND of a captured end at event `event`; undefined in a run, or if the host sent none. */
export const announcedBy = (view: View, host: string, event: number): Shown | undefined => {
  const {trace} = view.input;
  const way = ofKind(instantOf(trace, event), 'send').findLast((each) => each.host === host);
  return trace.connectionPackets && way ? {packet: way.packet, by: undefined} : undefined;
};

/**
 * Returns which packet shows RCV.NXT of a captured end at event `event`, and which arrival moved it; undefined in a run, or if the host
 * sent none.
 */
export const receivedBy = (view: View, host: string, event: number): Shown | undefined => {
  const {trace} = view.input;
  const way = ofKind(instantOf(trace, event), 'send').find((each) => each.host === host);
  if (!trace.connectionPackets || !way) return undefined;
  const {before, after} = endsAround(view, host, event);
  const told = after?.quantity('rcv.nxt')?.value ?? 0;
  const own = packetOf(trace, way.packet);
  const come = comeTo(trace, own, {newest: own.id - 1, until: own.sendEvent});
  const from = before?.quantity('rcv.nxt')?.value ?? come.find(({end}) => end === told)?.seq ?? told;
  const news = come.filter(({end}) => seqLt(seq(from), end));
  const mover = news.find((_, index) => seqLe(seq(told), reachOf(news.slice(0, index + 1), seq(from))));
  return {packet: way.packet, by: mover?.event};
};
