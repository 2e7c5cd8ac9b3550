// The facts by which runs are compared: without times, packet numbers, and whatever only the seed decides.
import {entriesBetween, entryAt, instantOf} from '../account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf, segmentOf} from '../account/packet.ts';
import {blindDeaths, isIdle} from '../account/told/losses.ts';
import {type Arrival, alteration, cameAs} from '../observe/came.ts';
import {relativeNumbers} from '../sim/relative.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqDiff, seq as seqOf} from '../wire/seq.ts';
import {flagNames, hasFlag, type TcpSegment} from '../wire/tcp.ts';

/** The highest well-known port. Higher ports are drawn by programs, so comparisons of runs ignore them. */
const lastKnownPort = 1023;

const port = (number: number): number | undefined => (number <= lastKnownPort ? number : undefined);

/** Matches numbers, keys and identifiers inside words, which the seed mostly draws; comparisons of runs replace them by `#`. */
const drawn = /[\da-z]*\d[\da-z]*/gi;

/**
 * Returns the words and truth values of an object, with their names, for comparing runs. Its numbers are times, identifiers and lengths,
 * which other facts cover.
 */
const wordsOf = (value: object): readonly unknown[] =>
  Object.entries(value).flatMap(([name, each]) => {
    if (typeof each === 'string') return [[name, each.replace(drawn, '#')]];
    return typeof each === 'boolean' ? [[name, each]] : [];
  });

/**
 * Returns the TCP options of a segment as facts for comparing runs: the kind of each; for SACK the blocks relative to the acknowledgment
 * number.
 */
const optionsOf = ({ack, options}: TcpSegment): readonly unknown[] =>
  options.map((option) =>
    option.kind === 'sack'
      ? option.blocks.map(({left, right}) => [seqDiff(left, ack), seqDiff(right, ack)])
      : option.kind,
  );

const segmentFacts = (
  trace: Trace,
  {id, retransmission}: PacketRecord,
  segment: TcpSegment,
): readonly unknown[] => [
  ...[port(segment.srcPort), port(segment.dstPort), flagNames(segment), relativeNumbers(trace, id)],
  ...[segment.payload.length, optionsOf(segment), retransmission],
];

const contentOf = (trace: Trace, record: PacketRecord): readonly unknown[] => {
  const segment = segmentOf(record);
  if (segment) return segmentFacts(trace, record, segment);
  const messages = dnsMessagesOf(record);
  const asked = messages.map(({questions, answers, rcode}) => [questions, answers.length, rcode]);
  const transport = ipPacketOf(record)?.transport;
  return [transport?.kind ?? record.frame?.payload.kind, transport && wordsOf(transport), asked];
};

/** Returns the facts of a packet as its host sent it, for comparing runs: sender, receiver and content. */
export const packetFacts = (trace: Trace, id: number): unknown => {
  const record = packetOf(trace, id);
  return [record.from, record.to, contentOf(trace, record)];
};

const detailsOf = (trace: Trace, event: TraceEvent): readonly unknown[] => {
  const packet = (id: number, hop: number): unknown => (id > 0 ? [packetFacts(trace, id), hop] : 'ARP');
  switch (event.kind) {
    case 'send':
      return [packet(event.packet, event.hop), event.to, event.retransmission];
    case 'arrive': {
      const came = cameAs(trace, event);
      return [packet(event.packet, event.hop), came && alteration(trace, event.packet, came)];
    }
    case 'drop':
      return [packet(event.packet, event.hop), event.reason];
    case 'note':
      return [wordsOf(event.note)];
    case 'tls':
      return [wordsOf(event.what)];
    case 'answer':
      return [event.action.call, event.answer.result];
    case 'call':
      return [event.call, event.result];
    case 'deliver':
      return [event.bytes];
    case 'state':
      return [event.from, event.to];
    case 'timer':
      return [event.name, event.op];
    case 'app-timer':
      return [event.app, event.timer, event.op];
    case 'signal':
      return [event.signal];
  }
};

/** Returns the facts of the Trace's events number `from` to `to`, both included, for comparing runs. */
export const happened = (trace: Trace, from: number, to: number): readonly unknown[] => {
  const facts: unknown[] = [];
  for (const event of entriesBetween(trace, from, to))
    facts.push([event.kind, event.host, ...detailsOf(trace, event)]);
  return facts;
};

/**
 * Returns what happens to a packet in the instant in which it arrives: `thrown away` if it is dropped, `not read` if its data reach no
 * program.
 */
const outcomeOf = (trace: Trace, {n, host, packet}: Arrival): readonly string[] => {
  const events = instantOf(trace, n).filter((event) => event.n > n);
  const isThrown = events.some((event) => event.kind === 'drop' && event.packet === packet);
  const record = packet > 0 ? packetOf(trace, packet) : undefined;
  const hasData = record?.to === host && (segmentOf(record)?.payload.length ?? 0) > 0;
  const isRead = !hasData || events.some(({kind}) => kind === 'deliver');
  return [...(isThrown ? ['thrown away'] : []), ...(isRead ? [] : ['not read'])];
};

/**
 * Returns the facts of a drop: its reason, unless the packet was lost unread; and `idle` if a fault was to alter this packet but had no
 * effect because the path lost it.
 */
const deathOf = (trace: Trace, drop: EventOf<'drop'>): string[] => [
  ...(blindDeaths.has(drop.reason) ? [] : [drop.reason]),
  ...(isIdle(trace, drop) ? ['idle'] : []),
];

/**
 * Returns the alterations that matter for an event: packets that arrived in its instant other than they were sent, what became of an
 * arrival, and losses that hide a fault.
 */
export const alteredFor = (trace: Trace, event: number): readonly unknown[] => {
  const told = entryAt(trace, event);
  const facts: unknown[] = told.kind === 'drop' && told.packet > 0 ? deathOf(trace, told) : [];
  for (const arrival of instantOf(trace, event).toReversed()) {
    if (arrival.n > event || arrival.kind !== 'arrive') continue;
    const came = cameAs(trace, arrival);
    if (came) facts.push(alteration(trace, arrival.packet, came));
    if (arrival.n === event) facts.push(...outcomeOf(trace, arrival));
  }
  return facts;
};

/** Returns the packets that are in flight at an event, including one that it sends, and how the flight of each ends. */
export const fatesUnderWay = (trace: Trace, event: number): readonly unknown[] => {
  const fates: unknown[] = [];
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const {sendEvent, endEvent = trace.length + 1} = packetOf(trace, id);
    if (sendEvent > event) break;
    if (endEvent <= event) continue;
    fates.push([packetFacts(trace, id), endEvent > trace.length ? 'open' : entryAt(trace, endEvent).kind]);
  }
  return fates;
};

/** Which packets count in a comparison of runs: those of the connection with these `ports` (undefined: all), with or without its SYNs. */
export type Scope = {readonly ports: string | undefined; readonly opening: boolean};

const portsOf = ({srcPort, dstPort}: TcpSegment): string =>
  [srcPort, dstPort].toSorted((a, b) => a - b).join(' ');

/**
 * Returns the two TCP ports of an event's packet, which identify its connection in a comparison of runs; undefined if the event has no TCP
 * segment.
 */
export const portsAt = (trace: Trace, event: number): string | undefined => {
  const entry = event > 0 ? entryAt(trace, event) : undefined;
  const segment =
    entry && 'packet' in entry && entry.packet > 0 ? segmentOf(packetOf(trace, entry.packet)) : undefined;
  return segment && portsOf(segment);
};

const isWithin = (trace: Trace, packet: number, {ports, opening}: Scope): boolean => {
  const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
  if (!segment) return true;
  return (ports === undefined || portsOf(segment) === ports) && (opening || !hasFlag(segment, 'SYN'));
};

/** Returns the facts of all drops, retransmissions and altered arrivals up to the event `to`, within the scope. */
export const mishaps = (trace: Trace, to: number, scope: Scope): readonly unknown[] => {
  const facts: unknown[] = [];
  for (const event of entriesBetween(trace, 1, to)) {
    const {kind, host} = event;
    const again = kind === 'send' && event.retransmission;
    const altered = kind === 'arrive' && event.altered !== undefined;
    if ((kind === 'drop' || again || altered) && isWithin(trace, event.packet, scope))
      facts.push([kind, host, ...detailsOf(trace, event)]);
  }
  return facts;
};

/**
 * Returns how many packets with the same flags each host has sent up to event `to`, within the scope; segments with and without data count
 * apart.
 */
export const tally = (trace: Trace, to: number, scope: Scope): readonly unknown[] => {
  const found = new Map<string, number>();
  for (const event of entriesBetween(trace, 1, to)) {
    if (event.kind !== 'send' || event.packet < 1 || event.hop > 0) continue;
    if (!isWithin(trace, event.packet, scope)) continue;
    const segment = segmentOf(packetOf(trace, event.packet));
    const kind = segment ? [...flagNames(segment), segment.payload.length > 0] : [];
    const key = [event.host, ...kind].join(' ');
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...found];
};

/** Returns the initial sequence numbers of all connections in a Trace: those of its SYNs. */
export const initialNumbers = oncePer((trace: Trace): readonly number[] => {
  const found = new Set<number>();
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const segment = segmentOf(packetOf(trace, id));
    if (segment && hasFlag(segment, 'SYN')) found.add(segment.seq);
  }
  return [...found];
});

/** Returns a sequence number's distance from the nearest initial number at or before it; the number itself if there is none. */
export const counted = (trace: Trace, position: number): number => {
  const distances = initialNumbers(trace).map((each) => seqDiff(seqOf(position), seqOf(each)));
  const ahead = distances.filter((each) => each >= 0);
  return ahead.length > 0 ? Math.min(...ahead) : position;
};
