// Gathers the data for graphs: one direction of a TCP connection over the whole run, once for each run. Code that draws it shows only what
// has happened so far.

import {flightOf, mssOf as observedMss, shiftsOf, windowOctets} from '../observe/observed-end.ts';
import {endsAt, eventsOfEnd} from '../observe/observed-ends.ts';
import {relativeNumbers} from '../sim/relative.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {connectionId, localSocket} from '../wire/connection-id.ts';
import type {IpPacket} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, segLen, type TcpOption, type TcpSegment} from '../wire/tcp.ts';
import {sackBlocksOf} from '../wire/tcp-options.ts';
import {entryAt, instantOf} from './entries.ts';
import {fateOf} from './fates.ts';
import {segmentAt} from './operands.ts';
import {ipPacketOf, segmentOf} from './packet.ts';
import {isLossProbe, type Recovery, recoveriesOf} from './recovery.ts';

/** The value of ssthresh before any loss has set it (RFC 5681 §3.1: arbitrarily high). */
export const unsetThreshold = 0x7fff_ffff;

/**
 * A segment that the sender of a graph's data has sent. Sequence numbers count from the sender's ISN; `n` is the event at which the segment
 * becomes visible.
 */
export type Sent = {
  readonly packet: number;
  readonly n: number;
  readonly atUs: number;
  readonly from: number;
  readonly to: number;
  readonly again: boolean;
  readonly isData: boolean;
  /** True if the segment is a tail loss probe (RFC 8985 §7). */
  readonly probe: boolean;
  /** The number of the event at which the segment was lost on its way; undefined if it was not. */
  readonly lostN: number | undefined;
};

/** An acknowledgment that arrives at the sender of the data; its numbers count from the sender's ISN. */
export type Acked = {
  readonly packet: number;
  readonly n: number;
  readonly atUs: number;
  readonly ack: number;
  readonly sacks: readonly {readonly from: number; readonly to: number}[];
};

/** The TCP variables of the sender of the data after an instant; windows are in bytes. */
export type Sample = {
  readonly n: number;
  readonly atUs: number;
  readonly una: number;
  readonly flight: number;
  /** The congestion window in bytes; undefined in a capture, which does not show it. */
  readonly cwnd: number | undefined;
  /** The receive window in bytes that the peer in a capture has announced to the sender; undefined if its scale is not known. */
  readonly wnd?: number | undefined;
  /** The slow start threshold in bytes; undefined until a loss has set it. */
  readonly ssthresh: number | undefined;
  /** True while the congestion window grows along CUBIC's curve (RFC 9438) after a loss. */
  readonly cubic: boolean;
};

export type Flow = {
  readonly sender: string;
  readonly receiver: string;
  readonly id: ConnectionId;
  readonly peerId: ConnectionId;
  /** The number of the connection in a capture; undefined in a simulated run. */
  readonly connection: number | undefined;
  readonly iss: Seq;
  /** The MSS of the segments in this direction. */
  readonly mss: number;
  readonly sents: readonly Sent[];
  readonly acks: readonly Acked[];
  /** The sender's TCP variables after each instant; in a capture only those that can be deduced. */
  readonly samples: readonly Sample[];
  /** The sender's repairs of losses; none in a capture, which does not show them. */
  readonly recoveries: readonly Recovery[];
  /**
   * The times in µs of the first byte of data and of the acknowledgment of the last one, and the largest sequence number and window that a
   * graph shows in the whole run.
   */
  readonly fromUs: number;
  readonly toUs: number;
  readonly mostBytes: number;
  readonly mostWindow: number;
};

type Names = Pick<Flow, 'id' | 'peerId'>;

type Addressed = {readonly ip: IpPacket; readonly segment: TcpSegment};

type Gathering = Pick<Flow, 'id' | 'peerId' | 'connection' | 'iss'> & {
  readonly first: PacketRecord;
  readonly packets: number[];
  readonly replies: number[];
  bytes: number;
  mss: number;
};

const flowsMade = new WeakMap<Trace, Map<ConnectionId, Flow>>();

/**
 * Returns the names of both directions of a packet's TCP connection. In a capture one pair of ports may have had several connections, one
 * after the other.
 */
const namesOf = (trace: Trace, packet: number, {ip, segment}: Addressed): Names => {
  const source = {ip: ip.src, port: segment.srcPort};
  const destination = {ip: ip.dst, port: segment.dstPort};
  const connection = trace.connectionPackets?.of(packet);
  const number = connection === undefined ? '' : ` ${connection}`;
  return {id: connectionId(source, destination) + number, peerId: connectionId(destination, source) + number};
};

/** Gathers the packets of every direction of every TCP connection in a run, by the sender's name for the connection. */
const gathered = oncePer((trace: Trace): ReadonlyMap<ConnectionId, Gathering> => {
  const flows = new Map<ConnectionId, Gathering>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = trace.packet(id);
    const ip = ipPacketOf(packet);
    const segment = segmentOf(packet);
    const numbers = relativeNumbers(trace, id);
    if (!ip || !segment || !numbers) continue;
    const {id: name, peerId: peer} = namesOf(trace, id, {ip, segment});
    const flow = flows.get(name) ?? {
      first: packet,
      id: name,
      peerId: peer,
      connection: trace.connectionPackets?.of(id),
      iss: seqAdd(segment.seq, -numbers.seq),
      packets: [],
      replies: [],
      bytes: 0,
      mss: 0,
    };
    flows.set(name, flow);
    flow.bytes += segment.payload.length;
    flow.mss = Math.max(flow.mss, segment.payload.length);
    if (segLen(segment) > 0) flow.packets.push(id);
    flows.get(peer)?.replies.push(id);
  }
  return flows;
});

/**
 * The most points and samples of a graph that are drawn. In longer runs every second, third … is kept; lost and retransmitted segments are
 * all kept unless there are too many.
 */
const pointsMost = 2400;
const samplesMost = 800;

const thinned = <T>(all: readonly T[], most: number, stays: (one: T) => boolean = () => false): T[] => {
  const every = Math.ceil(all.length / most);
  if (every <= 1) return [...all];
  const kept = all.filter(stays);
  const special = new Set(thinned(kept, most));
  return all.filter((one, index) => index % every === 0 || index === all.length - 1 || special.has(one));
};

const sentOf = (trace: Trace, id: number): Sent | undefined => {
  const packet = trace.packet(id);
  const segment = segmentOf(packet);
  const numbers = relativeNumbers(trace, id);
  if (!segment || !numbers) return undefined;
  const fate = fateOf(trace, packet);
  return {
    packet: id,
    n: packet.sendEvent,
    atUs: packet.sentUs,
    from: numbers.seq,
    to: numbers.seq + segLen(segment),
    again: packet.retransmission,
    isData: segment.payload.length > 0,
    probe: isLossProbe(trace.event(packet.sendEvent)),
    lostN: fate?.what === 'lost' ? fate.event : undefined,
  };
};

const sacksOf = (options: readonly TcpOption[], iss: Seq): Acked['sacks'] =>
  sackBlocksOf(options).map(({left, right}) => ({from: seqDiff(left, iss), to: seqDiff(right, iss)}));

const ackedOf = (trace: Trace, id: number, iss: Seq): Acked | undefined => {
  const packet = trace.packet(id);
  const fate = fateOf(trace, packet);
  if (fate?.what !== 'delivered' || fate.event === undefined) return undefined;
  const segment = segmentAt(trace, entryAt(trace, fate.event));
  if (!segment || !hasFlag(segment, 'ACK')) return undefined;
  return {
    packet: id,
    n: fate.event,
    atUs: fate.atUs,
    ack: seqDiff(segment.ack, iss),
    sacks: sacksOf(segment.options, iss),
  };
};

/** Returns the number of the last event of each instant of a host between two events. */
const instantsOf = (trace: Trace, host: string, from: number, to: number): number[] => {
  const ends: number[] = [];
  let instant = -1;
  for (const event of trace.events(from, to)) {
    if (event.host !== host) continue;
    if (event.instant === instant) ends.pop();
    instant = event.instant;
    ends.push(event.n);
  }
  return ends;
};

type Ends = Pick<Flow, 'sender' | 'id' | 'connection' | 'iss'>;

/**
 * Returns the sender's TCP variables as an observer of a capture can deduce them; cwnd and recoveries are known only to the sender.
 * Undefined if they cannot be deduced.
 */
const observedSample = (trace: Trace, n: number, {sender, connection = 0, iss}: Ends): Sample | undefined => {
  const end = endsAt(trace, connection, n).get(sender);
  const flight = end && flightOf(end);
  if (!end || flight === undefined || end.una === undefined) return undefined;
  return {
    n,
    atUs: trace.event(n).atUs,
    una: seqDiff(end.una, iss),
    flight,
    cwnd: undefined,
    wnd: windowOctets(end.heard, shiftsOf(end).snd),
    ssthresh: undefined,
    cubic: false,
  };
};

const sampleOf = (trace: Trace, n: number, ends: Ends): Sample | undefined => {
  if (ends.connection !== undefined) return observedSample(trace, n, ends);
  const {sender, id} = ends;
  const tcb = trace.stateAt(n)?.hosts[sender]?.tcp.connections.get(id);
  if (!tcb) return undefined;
  const {iss, snd, cwnd, ssthresh, cubic} = tcb;
  return {
    n,
    atUs: trace.event(n).atUs,
    una: seqDiff(snd.una, iss),
    flight: seqDiff(snd.nxt, snd.una),
    cwnd,
    ssthresh: ssthresh === unsetThreshold ? undefined : ssthresh,
    cubic: cubic.lastMax + cubic.askedCwnd > 0,
  };
};

const made = (trace: Trace, gathering: Gathering): Flow => {
  const {first, id, peerId, connection, iss, mss} = gathering;
  const sents = thinned(
    gathering.packets.flatMap((packet) => sentOf(trace, packet) ?? []),
    pointsMost,
    ({again, lostN}) => again || lostN !== undefined,
  );
  const acks = thinned(
    gathering.replies
      .flatMap((packet) => ackedOf(trace, packet, iss) ?? [])
      .sort((one, other) => one.n - other.n),
    pointsMost,
  );
  const data = sents.find(({isData}) => isData);
  const lastSent = sents.findLast(({isData}) => isData) ?? sents.at(-1);
  const lastAck = acks.find(({ack}) => ack >= (lastSent?.to ?? 0)) ?? acks.at(-1);
  const fromUs = data?.atUs ?? first.sentUs;
  const to = Math.max(lastSent?.n ?? 0, lastAck?.n ?? 0);
  const sender = first.from;
  const ends = {sender, id, connection, iss};
  const instants =
    connection === undefined
      ? instantsOf(trace, sender, first.sendEvent, instantOf(trace, to).at(-1)?.n ?? to)
      : eventsOfEnd(trace, {connection, host: sender}, [first.sendEvent, to]);
  const recoveries = connection === undefined ? recoveriesOf(trace, sender, id) : [];
  const turns = new Set(recoveries.flatMap(({from, to: end}) => [from, end ?? from]));
  const samples = thinned(instants, samplesMost, (n) => turns.has(n)).flatMap(
    (n) => sampleOf(trace, n, ends) ?? [],
  );
  return {
    ...ends,
    receiver: first.to,
    peerId,
    mss: samples.length > 0 ? mssOf(trace, samples, ends, mss) : mss,
    sents,
    acks,
    samples,
    recoveries,
    fromUs,
    toUs: Math.max(fromUs, lastSent?.atUs ?? 0, lastAck?.atUs ?? 0),
    mostBytes: sents.reduce((most, each) => Math.max(most, each.to), 0),
    mostWindow: mostWindowOf(samples.filter(({atUs}) => atUs >= fromUs)),
  };
};

/**
 * The largest ratio of the announced window that a graph has room for to the largest of cwnd, ssthresh and data in flight, so that a window
 * that is never filled does not flatten their curves.
 */
const roomForWindow = 4;

const mostWindowOf = (samples: readonly Sample[]): number => {
  const own = samples.reduce(
    (most, {cwnd = 0, flight, ssthresh = 0}) => Math.max(most, cwnd, flight, ssthresh),
    0,
  );
  const told = samples.reduce((most, {wnd = 0}) => Math.max(most, wnd), 0);
  return Math.max(own, Math.min(told, roomForWindow * own));
};

const isIpv6 = (id: ConnectionId): boolean => localSocket(id).ip.includes(':');

/** Returns the unit of cwnd in bytes: the MSS that both ends agreed on, if they have; otherwise the largest segment. */
const mssOf = (
  trace: Trace,
  samples: readonly Sample[],
  {sender, id, connection}: Ends,
  largest: number,
): number => {
  const last = samples.at(-1);
  if (last && connection !== undefined) {
    const end = endsAt(trace, connection, last.n).get(sender);
    return (end && observedMss(end, isIpv6(id) ? 6 : 4)) ?? largest;
  }
  return (last && trace.stateAt(last.n)?.hosts[sender]?.tcp.connections.get(id)?.mss) ?? largest;
};

const flowNamed = (trace: Trace, gathering: Gathering): Flow => {
  const known = flowsMade.get(trace) ?? new Map<ConnectionId, Flow>();
  flowsMade.set(trace, known);
  const flow = known.get(gathering.id) ?? made(trace, gathering);
  known.set(gathering.id, flow);
  return flow;
};

const heavier = (one: Gathering | undefined, other: Gathering | undefined): Gathering | undefined =>
  (other?.bytes ?? 0) > (one?.bytes ?? 0) ? other : one;

/** Tells whether any connection of the run carries data. */
export const hasFlow = (trace: Trace): boolean => [...gathered(trace).values()].some(({bytes}) => bytes > 0);

/**
 * Returns the direction of the packet's TCP connection that carries more data in the whole run; if neither carries any, the direction with
 * most data of all. `packet` is undefined until one was sent.
 */
export const flowOf = (trace: Trace, packet: number | undefined): Flow | undefined => {
  const flows = gathered(trace);
  const own = packet === undefined ? undefined : connectionOf(trace, packet);
  const there = own && heavier(flows.get(own.id), flows.get(own.peerId));
  const flow =
    there && there.bytes > 0
      ? there
      : [...flows.values()].reduce<Gathering | undefined>((most, each) => heavier(most, each), undefined);
  return flow && flow.bytes > 0 ? flowNamed(trace, flow) : undefined;
};

/** Returns the other direction of a TCP connection, if it carries data as well; otherwise undefined. */
export const counterFlow = (trace: Trace, {peerId}: Flow): Flow | undefined => {
  const other = gathered(trace).get(peerId);
  return other && other.bytes > 0 ? flowNamed(trace, other) : undefined;
};

const connectionOf = (trace: Trace, id: number): Names | undefined => {
  const packet = trace.packet(id);
  const ip = ipPacketOf(packet);
  const segment = segmentOf(packet);
  return ip && segment && namesOf(trace, id, {ip, segment});
};
