// What the raw events show at an instant of a run: who sent what, what came, which timers ran, in which states the ends are.
// It looks at nothing that was ever worked out for telling.
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {dnsIn} from '../../../source/wire/dns/carried.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import type {Frame} from '../../../source/wire/frame.ts';
import {segmentIn} from '../../../source/wire/frame.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {flagNames, hasFlag, segLen} from '../../../source/wire/tcp.ts';

export type Of<Kind extends TraceEvent['kind']> = Extract<TraceEvent, {kind: Kind}>;

const known = new WeakMap<Trace, readonly TraceEvent[]>();

const eventsOf = (trace: Trace): readonly TraceEvent[] => {
  const all = known.get(trace) ?? [...trace.events()];
  known.set(trace, all);
  return all;
};

export const segmentOf = (trace: Trace, packet: number): TcpSegment | undefined => {
  const {frame} = packet > 0 ? trace.packet(packet) : {frame: undefined};
  return frame && segmentIn(frame);
};

/** A segment of this instant, as it left or as it arrived. */
export type Passing = {readonly event: Of<'send'> | Of<'arrive'>; readonly segment: TcpSegment};

/** Where its text begins: a SYN takes the number before (RFC 9293 §3.4). */
export const textSeq = (segment: TcpSegment): number => segment.seq + (hasFlag(segment, 'SYN') ? 1 : 0);

/** What they ask and answer; marks of ECN and PSH say nothing of that. */
export const flagsOf = (segment: TcpSegment): string =>
  flagNames(segment)
    .filter((name) => !['PSH', 'ECE', 'CWR'].includes(name))
    .join(',');

/** A FIN or an RST may bear other flags, too. */
export const isKind = (flags: string, wanted: string): boolean =>
  wanted === 'FIN' || wanted === 'RST' ? flags.includes(wanted) : flags === wanted;

const isOf =
  <Kind extends TraceEvent['kind']>(kind: Kind) =>
  (event: TraceEvent): event is Of<Kind> =>
    event.kind === kind;

type Cut = Pick<Seen, 'past' | 'instant' | 'before' | 'future'>;

/** Of each run the instant that was asked for last: claims of one sentence come one after the other. */
const cuts = new WeakMap<Trace, {readonly n: number; readonly cut: Cut}>();

const cutAt = (trace: Trace, n: number): Cut => {
  const latest = cuts.get(trace);
  if (latest?.n === n) return latest.cut;
  const all = eventsOf(trace);
  const own = n > 0 ? all[n - 1]?.instant : undefined;
  let last = n;
  while (last < all.length && all[last]?.instant === own) last += 1;
  let first = Math.max(0, n - 1);
  while (first > 0 && all[first - 1]?.instant === own) first -= 1;
  const past = all.slice(0, last);
  const cut =
    n > 0
      ? {past, instant: all.slice(first, last), before: all.slice(0, first), future: all.slice(last)}
      : {past, instant: [], before: [], future: all};
  cuts.set(trace, {n, cut});
  return cut;
};

/** Those after which something is sent again: RFC 6298 §5, RFC 8985 §7.2 and §6.2. One of them at a time. */
export const repairTimers: ReadonlySet<string> = new Set(['RTO', 'TLP', 'reordering']);

type Running = {
  readonly name: string;
  readonly dueUs: number;
  readonly armedUs: number;
  /** Of a timer of TCP. */
  readonly connection: string | undefined;
};

/** After event `n`: everything up to the end of its instant. */
export class Seen {
  readonly trace: Trace;
  readonly n: number;
  readonly past: readonly TraceEvent[];
  readonly instant: readonly TraceEvent[];
  readonly before: readonly TraceEvent[];
  readonly future: readonly TraceEvent[];
  readonly atUs: number;

  constructor(trace: Trace, n: number) {
    this.trace = trace;
    this.n = n;
    const {past, instant, before, future} = cutAt(trace, n);
    this.future = future;
    this.past = past;
    this.instant = instant;
    this.before = before;
    this.atUs = instant[0]?.atUs ?? 0;
  }

  now<Kind extends TraceEvent['kind']>(kind: Kind, host?: string): readonly Of<Kind>[] {
    return this.instant.filter(isOf(kind)).filter((event) => host === undefined || event.host === host);
  }

  ever<Kind extends TraceEvent['kind']>(kind: Kind, host?: string): readonly Of<Kind>[] {
    return this.past.filter(isOf(kind)).filter((event) => host === undefined || event.host === host);
  }

  earlier<Kind extends TraceEvent['kind']>(kind: Kind, host?: string): readonly Of<Kind>[] {
    return this.before.filter(isOf(kind)).filter((event) => host === undefined || event.host === host);
  }

  passing(event: Of<'send'> | Of<'arrive'>): readonly Passing[] {
    const frame = event.kind === 'arrive' ? this.#cameAs(event) : undefined;
    const segment = frame ? segmentIn(frame) : segmentOf(this.trace, event.packet);
    return segment ? [{event, segment}] : [];
  }

  /** A router passes on what has come to it. */
  #cameAs({altered, packet, hop, n}: Of<'arrive'>): Frame | undefined {
    if (altered || hop === 0) return altered;
    return this.past
      .slice(0, n)
      .findLast(
        (event): event is Of<'send'> => event.kind === 'send' && event.packet === packet && event.hop === hop,
      )?.frame;
  }

  /** Segments that a host makes in this instant. */
  sent(host?: string): readonly Passing[] {
    return this.now('send', host).flatMap((event) => (event.hop === 0 ? this.passing(event) : []));
  }

  /** In this instant, on the connection of that event. */
  sendsOn({host, connection}: TraceEvent): readonly Of<'send'>[] {
    return this.now('send', host).filter((event) => event.connection === connection);
  }

  /** Where they are for: routers only pass on. */
  came(host?: string): readonly Passing[] {
    return this.now('arrive', host).flatMap((event) => this.passing(event));
  }

  sentEver(host?: string): readonly Passing[] {
    return this.ever('send', host).flatMap((event) => (event.hop === 0 ? this.passing(event) : []));
  }

  /** Which event began the connection to which this segment belongs; before it another one may have had its ports. */
  began(host: string, {srcPort, dstPort}: TcpSegment): number {
    const began = this.ever('state', host).findLast(
      ({from, connection = ''}) =>
        /CLOSED|LISTEN/.test(from ?? '') &&
        connection.includes(`:${dstPort} > `) &&
        connection.endsWith(`:${srcPort}`),
    );
    return began?.n ?? 0;
  }

  /** On the connection to which this segment belongs, but for RSTs. */
  sentSinceItBegan(host: string, segment: TcpSegment): readonly TcpSegment[] {
    const {srcPort, dstPort} = segment;
    const began = this.began(host, segment);
    return this.sentEver(host).flatMap(({segment: own, event}) => {
      const isIts = own.srcPort === dstPort && own.dstPort === srcPort && event.n > began;
      return isIts && !hasFlag(own, 'RST') ? [own] : [];
    });
  }

  /** Until now, and from now on. */
  sentInAll(host: string): readonly Passing[] {
    const all = [...this.past, ...this.future].filter(isOf('send'));
    return all.flatMap((event) => (event.host === host && event.hop === 0 ? this.passing(event) : []));
  }

  cameEver(host?: string): readonly Passing[] {
    return this.ever('arrive', host).flatMap((event) => this.passing(event));
  }

  /** Whether all its numbers had come before: in copies of it, or in segments cut otherwise. */
  hadCome(host: string, {segment, event}: Passing): boolean {
    const earlier = this.cameEver(host).filter(
      ({segment: one, event: {n}}) =>
        n < event.n && one.srcPort === segment.srcPort && one.dstPort === segment.dstPort,
    );
    const endOf = (one: TcpSegment): number => textSeq(one) + one.payload.length;
    const isFin = hasFlag(segment, 'FIN');
    const isSyn = hasFlag(segment, 'SYN');
    // A SYN is no SYN,ACK; what else somebody on the way has set plays no part.
    const isAsking = (one: TcpSegment): boolean =>
      hasFlag(one, 'SYN') && hasFlag(one, 'ACK') === hasFlag(segment, 'ACK');
    // A FIN may have come behind data.
    const isCopy = (one: TcpSegment): boolean =>
      (one.seq === segment.seq && (!isSyn || isAsking(one))) ||
      (isFin && hasFlag(one, 'FIN') && endOf(one) === segment.seq);
    if (segLen(segment) > 0 && earlier.some((each) => isCopy(each.segment))) return true;
    let next = textSeq(segment);
    for (;;) {
      if (((next - endOf(segment)) | 0) >= 0) return next !== textSeq(segment);
      const further = earlier.find(
        ({segment: one}) => ((textSeq(one) - next) | 0) <= 0 && ((endOf(one) - next) | 0) > 0,
      );
      if (!further) return false;
      next = endOf(further.segment);
    }
  }

  /** Deaths on the way, or at the receiver's door: not what TCP threw away. */
  deaths(): readonly Of<'drop'>[] {
    return this.now('drop').filter(({reason, packet}) => reason !== 'discarded' && packet > 0);
  }

  thrownAway(host?: string): readonly Of<'drop'>[] {
    return this.now('drop', host).filter(({reason}) => reason === 'discarded');
  }

  /** By now, and at this very time. */
  opensNow(host: string): boolean {
    return this.ever('state', host).some(({to, atUs}) => to === 'ESTABLISHED' && atUs === this.atUs);
  }

  /** The last state of each connection that the host has had. */
  states(host: string): readonly string[] {
    const last = new Map(this.ever('state', host).map(({connection = '', to}) => [connection, to]));
    return [...last.values()];
  }

  /** Timers that were set and have neither run out nor been stopped. */
  running(host: string): readonly Running[] {
    const set = new Map<string, Running>();
    for (const event of this.past) {
      if (event.kind === 'call' && event.call === 'crash' && event.host === host) set.clear();
      if ((event.kind !== 'timer' && event.kind !== 'app-timer') || event.host !== host) continue;
      const name = event.kind === 'timer' ? event.name : event.timer;
      const key = `${event.kind} ${event.connection} ${name}`;
      const {dueUs, atUs: armedUs, connection} = event;
      if (event.op === 'arm') set.set(key, {name, dueUs, armedUs, connection});
      else set.delete(key);
    }
    return [...set.values()];
  }

  /** A retransmission timer of whatever name ran, is stopped in this instant, and its connection is left with none. */
  stopsRepair(host: string): boolean {
    const running = new Set<string>();
    let stops = false;
    for (const event of this.past) {
      if (event.kind !== 'timer' || event.host !== host || !repairTimers.has(event.name)) continue;
      const {connection, name, op, instant} = event;
      if (op === 'arm') running.add(`${connection} ${name}`);
      else if (
        running.delete(`${connection} ${name}`) &&
        op === 'cancel' &&
        instant === this.instant[0]?.instant
      )
        stops ||= ![...running].some((each) => each.startsWith(`${connection} `));
    }
    return stops;
  }

  /** Timers of the host that run out in this instant, with how long they ran. */
  fired(host: string): readonly {readonly name: string; readonly ranUs: number}[] {
    return this.now('timer', host)
      .filter(({op}) => op === 'fire')
      .map(({name, connection, atUs}) => {
        const armed = this.earlier('timer', host).findLast(
          (each) => each.op === 'arm' && each.name === name && each.connection === connection,
        );
        return {name, ranUs: atUs - (armed?.atUs ?? Number.NaN)};
      });
  }

  dns(event: Of<'send'> | Of<'arrive'>): readonly DnsMessage[] {
    const frame: Frame | undefined =
      event.packet > 0
        ? ((event.kind === 'arrive' ? this.#cameAs(event) : undefined) ??
          this.trace.packet(event.packet).frame)
        : undefined;
    return frame?.payload.kind === 'ip' ? dnsIn(frame.payload.packet.transport) : [];
  }

  dnsSent(host?: string): readonly DnsMessage[] {
    return this.now('send', host).flatMap((event) => (event.hop === 0 ? this.dns(event) : []));
  }

  notes(host?: string) {
    return this.now('note', host).map(({note}) => note);
  }

  tls(host?: string) {
    return this.now('tls', host).map(({what}) => what);
  }

  /** Bytes that a program of the host is handed in this instant. */
  handedOver(host: string): number {
    return this.now('deliver', host).reduce((sum, {bytes}) => sum + bytes, 0);
  }

  /** The host's connections as they were before this instant, or after it. */
  connections(host: string, when: 'before' | 'after'): readonly Connection[] {
    const own = this.trace.stateAt(when === 'after' ? this.n : this.before.length)?.hosts[host];
    return own ? [...own.tcp.connections.values()] : [];
  }

  cwnd(host: string, when: 'before' | 'after'): readonly number[] {
    return this.connections(host, when).map(({cwnd}) => cwnd);
  }
}

export const isOneWay = (a: TcpSegment, b: TcpSegment): boolean =>
  a.srcPort === b.srcPort && a.dstPort === b.dstPort;

/** The packet with which its host has begun the connection; one of before may have had the same ports, and the same numbers. */
export const opening = (seen: Seen, {segment, event}: Passing): number =>
  seen
    .ever('send', event.host)
    .filter(({n, packet, retransmission}) => {
      const syn = n <= event.n && packet > 0 && !retransmission ? segmentOf(seen.trace, packet) : undefined;
      return syn !== undefined && hasFlag(syn, 'SYN') && isOneWay(syn, segment);
    })
    .at(-1)?.packet ?? 0;
