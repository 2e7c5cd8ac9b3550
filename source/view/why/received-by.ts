// What moved RCV.NXT and RCV.WND of an end that is only watched: what came in, though nothing shows it before that end acknowledges it
// (RFC 9293 §3.10.7.4, seventh check).
import {instantOf, ofKind} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {type Seq, seq, seqLe, seqLt} from '../../wire/seq.ts';
import {segEnd} from '../../wire/tcp.ts';
import {newestPacket, type View} from '../view.ts';
import {endsAround} from './beginning.ts';

/** Further back nobody looks for what had come. */
const searched = 400;

type Come = {readonly id: number; readonly event: number; readonly seq: Seq; readonly end: Seq};

/** What of a packet's connection has come to its sender by an event, in that order; of the packets up to `newest`. */
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

/** Behind the packet that tells RCV.NXT: what begins there has come, and no ACK shows what became of it. */
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

/** How far it goes without a gap. */
const reachOf = (come: readonly Come[], from: Seq): Seq => {
  const next = come.find((each) => seqLe(each.seq, from) && seqLt(from, each.end));
  return next ? reachOf(come, next.end) : from;
};

export type Shown = {
  /** That acknowledges it. */
  readonly packet: number;
  /** The arrival that moved it; undefined: it was not captured. */
  readonly by: number | undefined;
};

/** RCV.WND of such an end is what it announces. */
export const announcedBy = (view: View, host: string, event: number): Shown | undefined => {
  const {trace} = view.input;
  const way = ofKind(instantOf(trace, event), 'send').findLast((each) => each.host === host);
  return trace.connectionPackets && way ? {packet: way.packet, by: undefined} : undefined;
};

/** `event`: with which RCV.NXT is told; undefined: its host is not only watched, or nothing was sent. */
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
