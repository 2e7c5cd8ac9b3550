// A capture of other TCP stacks as a Trace: the packets that passed the capture point, and the states that can be deduced from them. Only
// each frame's position in the file is kept; its bytes are read when they are needed.

import type {
  ConnectionPackets,
  DeducedFate,
  PacketRecord,
  Trace,
  TraceEvent,
  TraceHeader,
} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import type {Growth} from '../wire/once-per.ts';
import {type CaptureRecord, type Stamp, usBetween} from '../wire/pcap/record.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {CaptureInspector, type SeenSegmentFrame} from './capture-inspector.ts';
import {type Changes, GrowingParts, type Parts} from './capture-parts.ts';
import type {Change} from './capture-timeline.ts';
import {CapturedPacket, CapturedSend, type When} from './captured-packet.ts';
import type {Conversation, Place} from './captured-place.ts';
import {connectionPackets} from './connection-packets.ts';
import {type FateColumns, meaningOf, mostFrames} from './fate-columns.ts';
import {Guess} from './flights.ts';
import {comesThroughIp, endsOf, endsOnOneHost, isForMany} from './frame-ends.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {quicLostIn, quicNamedIn} from './quic-in-trace.ts';
import {Flag} from './seen-segment.ts';
import type {States} from './tcp-course.ts';

/** The most frames that a capture may have to be shown packet by packet. */
export const MAX_FRAMES = mostFrames;

/** Reads bytes of the capture again; a gzipped file is unpacked first. */
export type ReadBytes = (offset: number, length: number) => Uint8Array;

/** A capture as a Trace, with what was deduced of its connections. TLS and QUIC can be decrypted once keys are added. */
export type CapturedTrace = Trace & {
  withKeys(keys: TlsKeys): CapturedTrace;
  withQuic(keys: QuicKeys): CapturedTrace;
  /** Returns a trace of one conversation's packets, numbered and timed from its first one. */
  only(conversation: Conversation): CapturedTrace;
  /** The TCP connections of the capture in the order of their first segments; each end's address serves as the host's name. */
  readonly connections: readonly ObservedConnection[];
};

/** Everything that was collected while the frames of a capture were read. */
type Gathered = {
  readonly header: TraceHeader;
  readonly places: readonly Place[];
  readonly changes: Changes;
  readonly connections: readonly ObservedConnection[];
  /** The fates of the captured frames by frame number. */
  readonly columns: FateColumns;
  readonly read: ReadBytes;
};

type Known = Gathered & {readonly parts: Parts};

const headerWith = (header: TraceHeader, {conversations, host}: Parts): TraceHeader => ({
  ...header,
  conversations,
  ...(host === undefined ? {} : {vantage: {host, deduced: true}}),
});

/** Returns the collected data as if the capture contained only this conversation. */
const narrowed = (gathered: Gathered, conversation: Conversation): Gathered => {
  const {header, connections} = gathered;
  const places: Place[] = [];
  const numbers = new Map<number, number>();
  let first: Stamp | undefined;
  let atUs = 0;
  for (const [index, place] of gathered.places.entries()) {
    if (place.conversation !== conversation) continue;
    first ??= place.recorded;
    atUs = Math.max(atUs, usBetween(first, place.recorded));
    places.push({...place, atUs});
    numbers.set(index + 1, places.length);
  }
  const own = (gathered.changes.get(conversation) ?? []).flatMap((change) => {
    const packet = numbers.get(change.packet);
    return packet === undefined ? [] : [{...change, packet}];
  });
  const changes = new Map([[conversation, own]]);
  const byName = new Map(header.hosts.map((host) => [host.name, host]));
  const names = new Set(places.flatMap(({from, to}) => [from, to]));
  const {vantage: _, ...rest} = header;
  const hosts = [...names].flatMap((name) => byName.get(name) ?? []);
  const left = connections.filter(({id}) => id === conversation);
  return {...gathered, header: {...rest, hosts}, places, changes, connections: left};
};

/** Computes times, fates and the order of events of a finished capture in one look. */
const knownOf = (gathered: Gathered): Known => {
  const {places, changes, columns} = gathered;
  return {...gathered, parts: new GrowingParts(places, changes).look(columns, [])};
};

const estimated = {estimated: true} as const;
const untimed = {untimed: true} as const;

/**
 * The number of packet records of a capture that are cached, because a packet is needed several times: when it leaves and, after others,
 * when it arrives.
 */
const recentPackets = 512;

class CaptureTrace implements CapturedTrace {
  readonly endReason = 'eof';
  readonly length: number;
  readonly packetCount: number;
  readonly durationUs: number;
  readonly header: TraceHeader;
  readonly connections: readonly ObservedConnection[];
  readonly tls?: TlsKeys;
  readonly quic?: QuicKeys;
  readonly connectionPackets: ConnectionPackets;
  readonly growth?: Growth;
  readonly #known: Known;
  readonly #parts: Parts;
  readonly #recent: PacketRecord[] = [];

  constructor(known: Known, keys?: TlsKeys, quic?: QuicKeys) {
    const {header, places, connections, parts} = known;
    this.header = headerWith(header, parts);
    if (keys) this.tls = keys;
    if (quic) this.quic = quic;
    this.#known = known;
    this.#parts = parts;
    if (parts.growth) this.growth = parts.growth;
    this.connections = connections;
    // The trace shows a fixed number of packets of a capture that may still grow.
    this.packetCount = parts.flights.departUs.length;
    this.connectionPackets = connectionPackets(places, this.packetCount, connections.length);
    this.length = parts.timeline.length;
    this.durationUs = this.length > 0 ? this.event(this.length).atUs : 0;
  }

  withKeys(keys: TlsKeys): CapturedTrace {
    return new CaptureTrace(this.#known, keys, this.quic);
  }

  withQuic(keys: QuicKeys): CapturedTrace {
    return new CaptureTrace(this.#known, this.tls, keys);
  }

  only(conversation: Conversation): CapturedTrace {
    const places = this.#known.places.slice(0, this.packetCount);
    return new CaptureTrace(knownOf(narrowed({...this.#known, places}, conversation)), this.tls, this.quic);
  }

  #place(id: number): Place {
    const place = id > this.packetCount ? undefined : this.#known.places[id - 1];
    if (place === undefined) throw new RangeError(`no packet ${id}: there are ${this.packetCount}`);
    return place;
  }

  /**
   * Returns event `n` of a capture. The capture saw each frame at one point, so at least one of its two times is estimated, unless nothing
   * tells the time at all.
   */
  event(n: number): TraceEvent {
    const {flights, timeline} = this.#parts;
    const {packet, arrives, event, change} = timeline.at(n);
    const place = this.#place(packet);
    const atUs = (arrives ? flights.endUs : flights.departUs).at(packet - 1) ?? 0;
    const guesses = flights.guesses.at(packet - 1) ?? 0;
    const isGuess = (guesses & (arrives ? Guess.arrival : Guess.departure)) !== 0;
    const when = !isGuess ? {n, atUs} : {n, atUs, ...(guesses & Guess.untimed ? untimed : estimated)};
    if (change) {
      const {connection, from: before, to: after} = change;
      const state = {kind: 'state', connection: `${connection}`, from: before, to: after} as const;
      return {...when, instant: event, host: arrives ? place.to : place.from, ...state, deduced: true};
    }
    if (arrives) return this.#end(packet, place, when);
    const way = {id: packet, dueUs: this.#dueUs(packet), trace: this};
    return new CapturedSend(when, place, way);
  }

  #isLost(packet: number): boolean {
    return (
      meaningOf(this.#parts.fates.verdict(packet)).what === 'lost' || this.#quicFate(packet)?.what === 'lost'
    );
  }

  /** Returns the event with which a captured packet's way ends: it arrives, or it is lost. */
  #end(packet: number, {from, to}: Place, when: When): TraceEvent {
    const {what, how, shownBy, reason = 'loss'} = this.#fate(packet);
    const presumed = how === 'presumed' ? ({presumed: true} as const) : {};
    const way = {...when, instant: when.n, packet, hop: 0, ...presumed};
    if (what !== 'lost') return {...way, kind: 'arrive', host: to, from};
    const evidence = shownBy.length === 0 ? {} : {evidence: shownBy};
    return {...way, kind: 'drop', host: from, reason, deduced: true, ...evidence};
  }

  /**
   * Returns the fate that QUIC's own ACKs show, which requires keys to decrypt its packets; undefined if there are none or they do not show
   * it.
   */
  #quicFate(packet: number): DeducedFate | undefined {
    if (!this.quic || this.#place(packet).conversation >= 0) return undefined;
    const named = quicNamedIn(this, packet);
    if (named !== undefined) return {what: 'delivered', how: 'proved', shownBy: [named]};
    const missed = quicLostIn(this, packet);
    return missed === undefined ? undefined : {what: 'lost', how: 'presumed', shownBy: [missed]};
  }

  #fate(packet: number): DeducedFate {
    const fate = this.#parts.fates.of(packet);
    const isPlain = fate.what !== 'delivered' || fate.how === 'proved';
    return isPlain ? fate : (this.#quicFate(packet) ?? fate);
  }

  /**
   * Returns when a captured packet arrives, in µs. If that is not known, it returns the time of departure, so that the packet does not
   * count as under way.
   */
  #dueUs(packet: number): number {
    const {flights} = this.#parts;
    const isSeenThrough = Number.isNaN(flights.endUs.at(packet - 1));
    return (isSeenThrough ? flights.departUs : flights.arriveUs).at(packet - 1) ?? 0;
  }

  *events(from = 1, to = this.length): IterableIterator<TraceEvent> {
    for (let n = Math.max(1, from); n <= Math.min(to, this.length); n++) yield this.event(n);
  }

  packet(id: number): PacketRecord {
    const place = this.#place(id);
    const slot = id % recentPackets;
    const known = this.#recent[slot];
    if (known?.id === id) return known;
    const record = this.#record(id, place);
    this.#recent[slot] = record;
    return record;
  }

  #record(id: number, place: Place): PacketRecord {
    const {flights, timeline} = this.#parts;
    const {read} = this.#known;
    const way = {
      id,
      sendEvent: timeline.leaving(id),
      endEvent: timeline.arriving(id),
      sentUs: flights.departUs.at(id - 1) ?? 0,
      dueUs: this.#dueUs(id),
    };
    const bytes = () => read(place.offset, place.length);
    return new CapturedPacket(place, way, {bytes, fate: () => this.#fate(id), lost: () => this.#isLost(id)});
  }

  stateAt(): undefined {
    return undefined;
  }
}

/**
 * Returns the TCP state of an end before the first segment: CLOSED for the sender of a SYN, LISTEN for the other end and for the sender of
 * a SYN,ACK (RFC 9293 §3.3.2, §3.5); undefined if it cannot be told.
 */
const beginning = (flags: number, sends: boolean): TcpState | undefined => {
  if (!(flags & Flag.syn)) return undefined;
  const answers = (flags & Flag.ack) !== 0;
  if (sends) return answers ? 'LISTEN' : 'CLOSED';
  return answers ? undefined : 'LISTEN';
};

/** Collects the frames of a capture while it is read. */
export class CaptureIndex {
  readonly #places: Place[] = [];
  /** The name of each address, so that all frames that contain it share one string. */
  readonly #hosts = new Map<string, {readonly name: string; ip: boolean | string}>();
  /** The inspector of the same frames. It parses application data only if `contents` are wanted. */
  readonly inspector: CaptureInspector;
  readonly #changes = new Map<number, Change[]>();
  readonly #parts: GrowingParts;
  readonly #states = new Map<ObservedConnection, States>();
  /**
   * The number of the conversation whose frames alone are collected; frames of no conversation are left out, too. If it is undefined, all
   * frames are collected.
   */
  readonly #only: number | undefined;
  #frames = 0;
  #first: Stamp | undefined;
  #lastUs = 0;

  constructor({
    only,
    contents = false,
  }: {readonly only?: number | undefined; readonly contents?: boolean} = {}) {
    this.#only = only;
    this.#parts = new GrowingParts(this.#places, this.#changes);
    this.inspector = new CaptureInspector({contents});
  }

  /** The number of frames in the capture, whether or not they are taken. */
  get frames(): number {
    return this.#frames;
  }

  get taken(): number {
    return this.#places.length;
  }

  get connectionCount(): number {
    return this.inspector.connections.length;
  }

  /** Adds the next frame of a capture; returns false if there are already `mostFrames`. */
  add(record: CaptureRecord): boolean {
    const {atUs, bytes, fileOffset, linkType, originalLength, nanoseconds, comments} = record;
    if (this.#places.length >= mostFrames) return false;
    this.#frames += 1;
    const seen = this.inspector.add(record);
    const segment = seen && 'connection' in seen ? seen : undefined;
    const conversation = segment?.connection.id ?? (seen && 'datagrams' in seen ? -seen.datagrams.id : 0);
    if (this.#only !== undefined && conversation !== this.#only) return true;
    this.#first ??= {atUs, nanoseconds};
    // Clocks are sometimes set back. Frames stay in the order of the file, and none gets a time before the previous one's.
    this.#lastUs = Math.max(this.#lastUs, usBetween(this.#first, record));
    const recorded = {atUs, nanoseconds, comments};
    const place = {offset: fileOffset, length: bytes.length, originalLength, linkType, recorded};
    const ends = (seen && endsOnOneHost(seen)) ?? endsOf(bytes, linkType);
    const from = this.#host(ends.from, ends.ip);
    const to = this.#host(ends.to, ends.ip);
    const isIp = comesThroughIp(bytes, linkType);
    const {connection, side = 0, marks = 0} = segment ?? {};
    const forMany = !segment && isForMany(bytes, linkType, ends);
    const whose = {isIp, forMany, connection, side, marks, conversation};
    this.#places.push({frame: this.#frames, atUs: this.#lastUs, from, to, ...whose, ...place});
    if (!segment) return true;
    this.#deduce(segment);
    return true;
  }

  /** Notes how a captured segment changes the deduced TCP states of the two ends. */
  #deduce({connection, side, segment: {flags}}: SeenSegmentFrame): void {
    const before = this.#states.get(connection) ?? [undefined, undefined];
    const after = connection.course.states();
    this.#states.set(connection, after);
    const packet = this.#places.length;
    const own = this.#changes.get(connection.id) ?? [];
    this.#changes.set(connection.id, own);
    for (const end of side === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const [from = beginning(flags, end === side), to] = [before[end], after[end]];
      if (to === undefined || to === before[end]) continue;
      // If the capture does not show that an end was open, it does not show a change to CLOSED either.
      const change = {from: to === 'CLOSED' ? (from ?? to) : from, to};
      const whose = {end: 2 * connection.id + end, connection: connection.id};
      const [first] = own;
      // The end whose SYN is captured second in a simultaneous open sent it before the first SYN arrived (RFC 9293 §3.5, figure 7).
      const crosses =
        end === side && before[end] === undefined && connection.course.opening(0) === 'simultaneous';
      if (!crosses || !first) own.push({packet, arrives: end !== side, ...whose, ...change});
      else
        own.push(
          {packet, arrives: false, ...whose, from: change.from, to: 'SYN-SENT'},
          {packet: first.packet, arrives: true, ...whose, from: 'SYN-SENT', to: change.to},
        );
    }
  }

  #host(name: string, ip: boolean | string): string {
    const known = this.#hosts.get(name) ?? {name, ip};
    known.ip ||= ip;
    this.#hosts.set(known.name, known);
    return known.name;
  }

  trace({source, read}: {source: string; read: ReadBytes}): CapturedTrace {
    const hosts = [...this.#hosts.values()].map(({name, ip}) => ({
      name,
      ip: ip === false ? [] : [ip === true ? name : ip],
    }));
    const header: TraceHeader = {
      source,
      seed: 0,
      run: 'capture',
      faults: [],
      profile: 'capture',
      hosts,
      links: [],
    };
    const connections = this.inspector.connections.filter(
      ({id}) => this.#only === undefined || id === this.#only,
    );
    const [places, changes] = [this.#places, this.#changes];
    const {fates} = this.inspector;
    const columns = fates.snapshot();
    const parts = this.#parts.look(columns, fates.changedSince(this.#frames));
    return new CaptureTrace({header, places, changes, connections, columns, read, parts});
  }
}
