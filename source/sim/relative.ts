// Relative sequence numbers as Wireshark shows them: counted from the SYN, or so that the first segment seen of a direction
// that began before the trace has number 1.

import {grownPer} from '../wire/once-per.ts';
import {type Seq, seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import type {Scenario} from './scenario.ts';
import type {PacketRecord, Trace} from './trace.ts';

/** Where the numbering of a packet's own direction and of the other one begins. */
type Bases = {readonly own: Seq; readonly peer: Seq | undefined};

type Ends = {readonly src: string; readonly dst: string; readonly segment: TcpSegment};

const endsOf = ({frame}: PacketRecord): Ends | undefined => {
  if (frame?.payload.kind !== 'ip') return undefined;
  const {src, dst, transport} = frame.payload.packet;
  return transport.kind === 'tcp' ? {src, dst, segment: transport.segment} : undefined;
};

const note = (directions: Map<string, Seq>, {src, dst, segment}: Ends): Bases => {
  const own = `${src} ${segment.srcPort} ${dst} ${segment.dstPort}`;
  const peer = `${dst} ${segment.dstPort} ${src} ${segment.srcPort}`;
  const syn = hasFlag(segment, 'SYN');
  const ack = hasFlag(segment, 'ACK');
  if (syn) directions.set(own, segment.seq);
  else if (!directions.has(own)) directions.set(own, seqAdd(segment.seq, -1));
  // A fresh SYN begins a new connection of the same four-tuple.
  if (syn && !ack) directions.delete(peer);
  if (ack && !directions.has(peer)) directions.set(peer, seqAdd(segment.ack, -1));
  return {own: directions.get(own) ?? segment.seq, peer: directions.get(peer)};
};

type Numbering = {readonly directions: Map<string, Seq>; readonly bases: (Bases | undefined)[]};

/** Packets stay what they are, however a capture grows: only the new ones are read. */
const numberingOf = grownPer<Trace, Numbering>((trace, before) => {
  const {directions, bases} = before?.value ?? {directions: new Map<string, Seq>(), bases: [undefined]};
  for (let id = bases.length; id <= trace.packetCount; id++) {
    const ends = endsOf(trace.packet(id));
    bases[id] = ends && note(directions, ends);
  }
  return {directions, bases};
});

/** `tcp.seq` and `tcp.ack` of a packet; undefined if it is no TCP segment. */
export const relativeNumbers = (
  trace: Trace,
  id: number,
): {readonly seq: Seq; readonly ack: Seq} | undefined => {
  const bases = numberingOf(trace).bases[id];
  const segment = bases && endsOf(trace.packet(id))?.segment;
  if (!bases || !segment) return undefined;
  const ack = hasFlag(segment, 'ACK') && bases.peer !== undefined ? seqDiff(segment.ack, bases.peer) : 0;
  return {seq: seq(seqDiff(segment.seq, bases.own)), ack: seq(ack)};
};

/** Initial numbers that no lesson chose: only what they are counted from then on says something. */
export const numbersMeanNothing = ({hosts, script}: Scenario): boolean =>
  !script.some(({action}) => action.call === 'connect' && action.iss !== undefined) &&
  hosts.every(({iss}) => iss === undefined);
