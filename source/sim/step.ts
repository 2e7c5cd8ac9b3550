// The pure step of a simulation: takes the next item of the queue and returns a new world.
import {arpKnowing} from '../stack/ip/arp.ts';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type IcmpMessage,
  type IpPacket,
  type MacAddress,
} from '../wire/frame.ts';
import {quotedSegment, toldMtu} from '../wire/icmp-quote.ts';
import {Table} from '../wire/table.ts';
import {appEvent, fireAppTimer, startApps} from './app-layer.ts';
import {type Death, deathRules, type Why} from './because.ts';
import {isByHand} from './by-hand.ts';
import {hashOf} from './chance.ts';
import {
  type ActorOf,
  arrivalOf,
  changeLane,
  type Draft,
  draftOf,
  type EventBody,
  emit,
  type HeldChange,
  hostOf,
  laneOf,
  type Plan,
  schedule,
} from './draft.ts';
import {formatFault} from './fault-text.ts';
import {isFiltered} from './firewall.ts';
import {forward, type Landed} from './forwarding.ts';
import {heartbeatDue} from './heartbeat.ts';
import {tcpSettings} from './host-settings.ts';
import {hearArp, isArpDue, timeoutArp} from './ip-layer.ts';
import {linkNow} from './link.ts';
import {translateIn} from './nat.ts';
import {replaysOf} from './old-duplicate.ts';
import {powerOn} from './power-on.ts';
import {dequeue, emptyQueue} from './queue.ts';
import type {PathActor, Scenario} from './scenario.ts';
import {performCause, scheduleScript} from './script.ts';
import {takes} from './tap.ts';
import {runTcp} from './tcp-layer.ts';
import {secureEvent} from './tls-layer.ts';
import {type Interface, topologyOf} from './topology.ts';
import type {Operands} from './trace.ts';
import {hearDatagram, hearDatagramError} from './udp-layer.ts';
import {scheduleAgain} from './wake.ts';
import type {Arrived, Flight, Host, Pending, World} from './world.ts';

const secretOf = (seed: number, host: string, use: 'isn secret' | 'cookie secret'): Uint8Array => {
  const secret = new Uint8Array(16);
  const view = new DataView(secret.buffer);
  for (let i = 0; i < 4; i++) view.setUint32(4 * i, hashOf(seed, use, host, i));
  return secret;
};

/** Returns the actors of one kind in a scenario, such as firewalls, by the host on which each runs. */
const actorsOf = <Kind extends PathActor['kind']>({actors = []}: Scenario, kind: Kind) => {
  const isOne = (actor: PathActor): actor is ActorOf<Kind> => actor.kind === kind;
  return new Map(actors.filter(isOne).map((actor) => [actor.host, actor]));
};

export const planOf = (scenario: Scenario): Plan => ({
  scenario,
  topology: topologyOf(scenario.hosts, scenario.links),
  settings: new Map(scenario.hosts.map((host) => [host.name, tcpSettings(host, scenario)])),
  secrets: new Map(
    scenario.hosts.map(({name}) => [
      name,
      {
        isn: secretOf(scenario.seed, name, 'isn secret'),
        cookie: secretOf(scenario.seed, name, 'cookie secret'),
      },
    ]),
  ),
  faultTexts: scenario.faults.map(formatFault),
  replays: replaysOf(scenario.script),
  firewalls: actorsOf(scenario, 'firewall'),
  nats: actorsOf(scenario, 'nat'),
  taps: actorsOf(scenario, 'tap'),
});

const neighboursOf = (plan: Plan, host: string): {[ip: string]: MacAddress} => {
  const known: {[ip: string]: MacAddress} = {};
  if (plan.scenario.arp) return known;
  const own = plan.topology.hosts.get(host)?.interfaces.map(({link}) => link) ?? [];
  for (const {interfaces} of plan.scenario.hosts)
    for (const {link, ip, mac} of interfaces) if (own.includes(link)) known[ip] = mac;
  return known;
};

export const initialWorld = (plan: Plan): World => {
  const hosts: {[name: string]: Host} = {};
  for (const {name} of plan.scenario.hosts)
    hosts[name] = {
      name,
      up: true,
      arp: arpKnowing(neighboursOf(plan, name)),
      portsUsed: 0,
      boot: 0,
      appCallsMade: 0,
      apps: Table.empty(),
      ...powerOn,
    };
  const world: World = {
    nowUs: 0,
    hosts,
    lanes: {},
    links: {},
    kept: {},
    queue: emptyQueue,
    packetCount: 0,
    arpCount: 0,
    eventCount: 0,
    faultCounts: plan.scenario.faults.map(() => 0),
  };
  const draft = draftOf(plan, world);
  for (const {name} of plan.scenario.hosts) startApps(draft, name);
  scheduleScript(draft);
  return draft.world;
};

/**
 * Tells whether a frame's IP payload has not been parsed yet although it is no fragment, so that the destination host still has to read it
 * as a segment.
 */
const isUnread = ({payload}: Frame): boolean =>
  payload.kind === 'ip' && payload.packet.transport.kind === 'raw' && !payload.packet.fragment;

/** Returns the frame as the far end reads it, or the check that drops it; a router only checks the IP header (RFC 1812 §5.2.2). */
const received = (draft: Draft, flight: Flight): {frame: Frame; altered?: Frame} | Death => {
  const {frame, altered, to} = flight;
  if (altered === 'unreadable') return 'link check';
  const {topology} = draft.plan;
  const isFor = ({payload}: Frame): boolean =>
    payload.kind !== 'ip' || topology.ownerOf.get(payload.packet.dst) === to;
  const bytes = altered ?? (isUnread(frame) && isFor(frame) ? encodeFrame(frame) : undefined);
  if (bytes === undefined) return {frame};
  const outside = decodeFrame(bytes, {keepUnread: true});
  const decoded =
    outside.ok && !isFor(outside.value) && topology.hosts.get(to)?.router ? outside : decodeFrame(bytes);
  if (decoded.ok) return {frame: decoded.value, altered: decoded.value};
  return decoded.error.code === 'checksum' ? 'checksum' : 'malformed';
};

/** The mask of the two lower bits of the traffic class; CE sets both (RFC 3168 §5). */
const ecnBits = 3;

const deliverFrame = (draft: Draft, flight: Flight, frame: Frame, via: Interface): void => {
  const {to: host, packet, hop} = flight;
  const {payload} = frame;
  if (payload.kind === 'arp') hearArp(draft, host, via, payload.message);
  if (payload.kind !== 'ip') return;
  const landed = {packet: payload.packet, arrived: {packet, hop}, via};
  if (!isFiltered(draft, host, landed)) deliverPacket(draft, host, landed);
};

const deliverPacket = (draft: Draft, host: string, landed: Landed): void => {
  const {packet, arrived, via} = landed;
  const {ownerOf, hosts} = draft.plan.topology;
  if (ownerOf.get(packet.dst) !== host) {
    if (takes(draft, host, packet)) hearPacket(draft, host, packet, arrived);
    else if (hosts.get(host)?.router) forward(draft, host, landed);
    else emit(draft, {kind: 'drop', host, ...arrived, reason: 'no route', because: '1122:3.3.1/no-route'});
    return;
  }
  const inbound = translateIn(draft, host, packet, via);
  if ('because' in inbound) emit(draft, {kind: 'drop', host, ...arrived, reason: 'no mapping', ...inbound});
  else if (ownerOf.get(inbound.packet.dst) === host) hearPacket(draft, host, inbound.packet, arrived);
  else forward(draft, host, {...landed, packet: inbound.packet});
};

/** Passes a packet that is for this host to its ICMP, UDP or TCP. */
const hearPacket = (draft: Draft, host: string, packet: IpPacket, arrived: Arrived): void => {
  const {src, dst, transport, version, trafficClass} = packet;
  if (transport.kind === 'icmp' || transport.kind === 'icmpv6') {
    hearIcmp(draft, host, transport.message, {version, ...arrived});
    hearDatagramError(draft, host, transport.message, arrived);
  }
  if (transport.kind === 'udp') hearDatagram(draft, host, {packet, datagram: transport.datagram}, arrived);
  if (transport.kind !== 'tcp') return;
  const marked = (trafficClass & ecnBits) === ecnBits;
  const event = {kind: 'segment', src, dst, segment: transport.segment, marked} as const;
  runTcp(draft, host, event, {arrived});
};

/** Handles an ICMP error about a segment, which concerns the TCP that sent it (RFC 1122 §3.2.2.1). */
const hearIcmp = (
  draft: Draft,
  host: string,
  message: IcmpMessage,
  {version, ...arrived}: {version: 4 | 6; packet: number; hop: number},
): void => {
  const quoted = quotedSegment(message);
  if (quoted === undefined) return;
  const {src, dst, srcPort, dstPort, seq} = quoted;
  const {type, code} = message;
  const [local, remote] = [
    {ip: src, port: srcPort},
    {ip: dst, port: dstPort},
  ];
  const mtu = toldMtu(message, version);
  runTcp(draft, host, {kind: 'icmp', local, remote, seq, type, code, mtu}, {arrived});
};

const arrive = (draft: Draft, flight: Flight): void => {
  const {to: host, from, packet, hop} = flight;
  const via = draft.plan.topology.hosts.get(host)?.interfaces.find(({link}) => link === flight.link);
  if (!via) return;
  if (linkNow(draft, flight.link)?.up === false) {
    emit(draft, {
      kind: 'drop',
      host: from,
      packet,
      hop,
      reason: 'link down',
      because: deathRules['link down'],
    });
    return;
  }
  const got = hostOf(draft, host).up ? received(draft, flight) : 'host down';
  if (typeof got === 'string') {
    emit(draft, {kind: 'drop', host, packet, hop, reason: got, because: deathRules[got]});
    return;
  }
  const {frame, ...alteration} = got;
  const taken = frame.payload.kind === 'ip' && takes(draft, host, frame.payload.packet);
  const because = taken ? '3552:3.3.5/takes' : '1122:1.1.3/arrives';
  emit(draft, {kind: 'arrive', host, packet, hop, from, ...alteration, because});
  deliverFrame(draft, flight, frame, via);
};

/** Lets a frame arrive that a `reorder` fault held back, unless enough others have passed it, so that it was released already. */
const release = (draft: Draft, lane: string, flight: Flight): void => {
  const {held} = laneOf(draft, lane);
  const rest = held.filter((each) => each.flight !== flight);
  if (rest.length === held.length) return;
  changeLane(draft, lane, {held: rest});
  schedule(draft, draft.nowUs, arrivalOf(flight));
};

const fire = (draft: Draft, {host, connection, name, dueUs}: Extract<Pending, {kind: 'timer'}>): void => {
  // Cancelled and postponed timers stay in the queue; only the connection tells which due time still holds.
  if (hostOf(draft, host).tcp.connections.get(connection)?.timers[name] !== dueUs) return;
  const begins = (because: Why): void => {
    if (!isByHand(draft, host))
      emit(draft, {kind: 'timer', host, connection, name, op: 'fire', dueUs, because});
  };
  runTcp(draft, host, {kind: 'timeout', connection, name}, {begins});
};

const happen = (draft: Draft, pending: Pending, order: number): void => {
  switch (pending.kind) {
    case 'cause':
      scheduleAgain(draft, pending, order);
      performCause(draft, pending);
      break;
    case 'timer':
      fire(draft, pending);
      break;
    case 'app':
      appEvent(draft, pending);
      break;
    case 'app-timer':
      fireAppTimer(draft, pending);
      break;
    case 'tls':
      secureEvent(draft, pending);
      break;
    case 'heartbeat':
      heartbeatDue(draft, pending);
      break;
    case 'arp':
      if (isArpDue(draft, pending.host, pending.ip)) timeoutArp(draft, pending.host, pending.ip);
      break;
    case 'arrival':
      arrive(draft, pending.flight);
      break;
    case 'release':
      release(draft, pending.lane, pending.flight);
      break;
    case 'loss': {
      const {host, packet, hop, reason} = pending;
      emit(draft, {kind: 'drop', host, packet, hop, reason, because: deathRules[reason]});
      break;
    }
  }
};

/** Tells whether a queued item wakes an application or TLS, whose reason belongs to the instant that queued it. */
const isWoken = ({kind}: Pending): boolean => kind === 'app' || kind === 'tls';

export type Instant = {
  readonly world: World;
  readonly events: readonly EventBody[];
  /** The number of the event that caused it, for each event of the instant. */
  readonly causes: readonly (number | undefined)[];
  /** The values that a rule of TCP used, for each event of the instant; undefined if none did. */
  readonly operands: readonly (Operands | undefined)[];
  readonly held: readonly HeldChange[];
};

/**
 * Runs the next instant of the simulation; undefined if nothing is left to happen. An instant may have no events, for example after a
 * cancelled timer.
 */
export const stepWorld = (plan: Plan, before: World): Instant | undefined => {
  const next = dequeue(before.queue);
  if (!next) return undefined;
  const {atUs, item, order, rest} = next;
  const draft = draftOf(plan, {...before, nowUs: atUs, queue: rest});
  draft.cause = item.cause;
  draft.begins = !isWoken(item);
  happen(draft, item, order);
  const {world, events, causes, operands, held} = draft;
  const counted = events.length === 0 ? world : {...world, eventCount: before.eventCount + events.length};
  return {world: counted, events, causes, operands, held};
};
