// Records the run of a packetdrill script as a Trace, which the player can show: the host under test, and the script as its peer.

import type {Action} from '../../sim/action.ts';
import {powerOn} from '../../sim/power-on.ts';
import {emptyQueue} from '../../sim/queue.ts';
import {SentPacket} from '../../sim/sent-packet.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent, TraceHeader} from '../../sim/trace.ts';
import type {Host, World} from '../../sim/world.ts';
import {ruleOf} from '../../stack/reason.ts';
import type {TcpEffect, TcpEvent} from '../../stack/tcp/effect.ts';
import {emptyTcp, type Tcp} from '../../stack/tcp/tcp.ts';
import type {Frame, IpAddress, IpPacket, Transport} from '../../wire/frame.ts';
import {bisect} from '../../wire/growing-list.ts';
import {icmpError} from '../../wire/icmp-quote.ts';
import {emptyRope} from '../../wire/rope.ts';
import {seq as seqOf} from '../../wire/seq.ts';
import {Table} from '../../wire/table.ts';
import type {Addresses} from './addresses.ts';
import type {HostStep} from './host.ts';
import {HostStates} from './host-states.ts';

const hostName = 'host';
const remoteName = 'remote';
const hostMac = '02:00:00:00:00:01';
const remoteMac = '02:00:00:00:00:02';

type Way = Pick<Frame, 'src' | 'dst'> & {readonly from: string; readonly to: string};
const toHost: Way = {from: remoteName, to: hostName, src: remoteMac, dst: hostMac};
const toRemote: Way = {from: hostName, to: remoteName, src: hostMac, dst: remoteMac};

const faults: EventOf<'send'>['faults'] = [];

// The events of a trace without their number and time. A script makes very many, which stay in memory; they are not made by spreading,
// because V8 gives each such object a hidden class, which takes more memory than the object.
type WithoutPlace<E> = E extends TraceEvent ? Omit<E, 'n' | 'atUs' | 'instant'> : never;
type Body = WithoutPlace<TraceEvent>;

const packetOf = (src: IpAddress, dst: IpAddress, transport: Transport): IpPacket => ({
  version: 4,
  src,
  dst,
  ttl: 64,
  id: 0,
  dontFragment: true,
  trafficClass: 0,
  transport,
});

/** Returns the IP packet of an ICMP error that a script injects; it quotes a segment of the host with the given sequence number. */
const errorPacket = ({local, remote, seq, type, code, mtu}: Extract<TcpEvent, {kind: 'icmp'}>): IpPacket => {
  const ports = {srcPort: local.port, dstPort: remote.port};
  const rest = {ack: seqOf(0), flags: 0, window: 0, urgent: 0, options: [], payload: emptyRope};
  const quoted = packetOf(local.ip, remote.ip, {kind: 'tcp', segment: {...ports, ...rest, seq}});
  const message = icmpError(quoted, {type, code, rest: mtu ?? 0});
  return packetOf(remote.ip, local.ip, {kind: 'icmp', message});
};

const newHost = (name: string, tcp: Tcp): Host => ({
  name,
  up: true,
  arp: {known: {}, searches: {}},
  portsUsed: 0,
  boot: 0,
  appCallsMade: 0,
  apps: Table.empty(),
  ...powerOn,
  tcp,
});

type About = Pick<TraceHeader, 'source' | 'profile'>;

/** Adds the case of an effect's rule to the first event that records the effect. */
const withCase = ({because}: TcpEffect, bodies: readonly Body[]): readonly Body[] => {
  const [own] = bodies;
  if (own && typeof because !== 'string' && because.case !== undefined)
    Object.assign(own, {case: because.case});
  return bodies;
};

export class Recorder {
  readonly #addresses: Addresses;
  readonly #events: TraceEvent[] = [];
  /** The TCP state of the host under test after each instant of the trace, computed again if it was not kept. */
  readonly #states = new HostStates();
  #instant = 0;
  #packets = 0;
  #announced: Action | undefined;

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  /** Sets the program's call that the next step carries out, so that the trace can record it. */
  announce(action: Action): void {
    this.#announced = action;
  }

  step(step: HostStep): void {
    const {nowUs, event, effects} = step;
    const instant = this.#instant++;
    this.#states.add(step);
    const bodies = [
      ...this.#causeOf(event, effects, nowUs),
      ...effects.flatMap((effect) => withCase(effect, this.#bodiesOf(effect, nowUs))),
    ];
    for (const body of bodies)
      this.#events.push(Object.assign(body, {n: this.#events.length + 1, atUs: nowUs, instant}));
  }

  #causeOf(event: HostStep['event'], effects: readonly TcpEffect[], nowUs: number): readonly Body[] {
    switch (event.kind) {
      case 'call': {
        const action = this.#announced;
        this.#announced = undefined;
        if (action === undefined) return [];
        const found = effects.find((effect) => effect.kind === 'return');
        const {result, connection} = found?.kind === 'return' ? found : {result: 'ok', connection: undefined};
        const place = connection === undefined ? {} : {connection};
        return [{kind: 'call', host: hostName, call: action.call, action, result, ...place}];
      }
      case 'timeout': {
        const {connection, name} = event;
        return [{kind: 'timer', host: hostName, connection, name, op: 'fire', dueUs: nowUs}];
      }
      case 'segment':
        return this.#pass(
          toHost,
          packetOf(event.src, event.dst, {kind: 'tcp', segment: event.segment}),
          nowUs,
        );
      case 'icmp':
        return this.#pass(toHost, errorPacket(event), nowUs);
    }
  }

  /** Records that a packet is sent and that it arrives at once, unchanged. */
  #pass(
    {from, to, src, dst}: Way,
    packet: IpPacket,
    nowUs: number,
    about: Partial<Pick<EventOf<'send'>, 'retransmission' | 'because' | 'connection'>> = {},
  ): readonly Body[] {
    const id = ++this.#packets;
    const frame: Frame = {src, dst, payload: {kind: 'ip', packet}};
    const sent = {
      kind: 'send',
      host: from,
      packet: id,
      hop: 0,
      to,
      frame,
      dueUs: nowUs,
      lost: false,
      retransmission: false,
      faults,
    } as const;
    return [Object.assign(sent, about), {kind: 'arrive', host: to, packet: id, hop: 0, from}];
  }

  #bodiesOf(effect: TcpEffect, nowUs: number): readonly Body[] {
    const because = ruleOf(effect.because);
    switch (effect.kind) {
      case 'send': {
        const {src, dst, segment, retransmission, connection} = effect;
        const place = connection === undefined ? {} : {connection};
        const packet = packetOf(src, dst, {kind: 'tcp', segment});
        return this.#pass(toRemote, packet, nowUs, {retransmission, because, ...place});
      }
      case 'state': {
        const {kind, connection, from, to} = effect;
        return [{kind, host: hostName, connection, from, to, because}];
      }
      case 'signal': {
        const {kind, connection, signal} = effect;
        return [{kind, host: hostName, connection, signal, because}];
      }
      case 'timer': {
        const {kind, connection, name, op} = effect;
        return [
          {kind, host: hostName, connection, name, op, dueUs: op === 'arm' ? effect.dueUs : nowUs, because},
        ];
      }
      case 'deliver': {
        const {connection, data} = effect;
        return [{kind: 'deliver', host: hostName, connection, because, bytes: data.length}];
      }
      case 'discard': {
        const {connection} = effect;
        const place = connection === undefined ? {} : {connection};
        const way = {packet: this.#packets, hop: 0, reason: 'discarded'} as const;
        return [{kind: 'drop', host: hostName, ...way, because, ...place}];
      }
      case 'held':
      case 'return':
        return [];
    }
  }

  trace({source, profile}: About): Trace {
    const header: TraceHeader = {
      source,
      seed: 0,
      run: 'script',
      faults: [],
      profile,
      hosts: [
        {name: hostName, ip: [this.#addresses.local]},
        {name: remoteName, ip: [this.#addresses.remote]},
      ],
      links: [{name: 'path', between: [hostName, remoteName], delayUs: 0}],
    };
    return new ScriptTrace(header, this.#events, this.#states);
  }
}

const worldWith = (nowUs: number, tcp: Tcp, packetCount: number): World => ({
  nowUs,
  hosts: {[hostName]: newHost(hostName, tcp), [remoteName]: newHost(remoteName, emptyTcp)},
  lanes: {},
  links: {},
  kept: {},
  queue: emptyQueue,
  eventCount: 0,
  packetCount,
  arpCount: 0,
  faultCounts: [],
});

/** How many states of the trace are cached, because a reader of one instant usually asks for its state several times. */
const worldsKept = 64;

class ScriptTrace implements Trace {
  readonly header: TraceHeader;
  readonly endReason = 'until';
  readonly #events: readonly TraceEvent[];
  readonly #sends: readonly EventOf<'send'>[];
  readonly #states: HostStates;
  readonly #worlds = new Map<number, World>();

  constructor(header: TraceHeader, events: readonly TraceEvent[], states: HostStates) {
    this.header = header;
    this.#events = events;
    this.#sends = events.filter((event) => event.kind === 'send');
    this.#states = states;
  }

  get length(): number {
    return this.#events.length;
  }

  get packetCount(): number {
    return this.#sends.length;
  }

  get durationUs(): number {
    return this.#events.at(-1)?.atUs ?? 0;
  }

  event(n: number): TraceEvent {
    const event = this.#events[n - 1];
    if (event === undefined) throw new RangeError(`no event ${n}: the trace has ${this.length}`);
    return event;
  }

  *events(from = 1, to = this.length): IterableIterator<TraceEvent> {
    for (let n = Math.max(1, from); n <= Math.min(to, this.length); n++) yield this.event(n);
  }

  /** Returns a packet of a script's trace by its number; it arrives in the event after the one of its sending. */
  packet(id: number): PacketRecord {
    const send = this.#sends[id - 1];
    if (send === undefined) throw new RangeError(`no packet ${id}: the trace has ${this.packetCount}`);
    return new SentPacket(send, {...send, endEvent: send.n + 1});
  }

  stateAt(cursor: number): World | undefined {
    const event = this.#events[Math.min(cursor, this.length) - 1];
    const instant = event?.instant ?? -1;
    const known = this.#worlds.get(instant);
    if (known) return known;
    const world = event
      ? worldWith(event.atUs, this.#states.after(instant), this.#sentBy(instant))
      : worldWith(0, emptyTcp, 0);
    if (this.#worlds.size >= worldsKept) this.#worlds.clear();
    this.#worlds.set(instant, world);
    return world;
  }

  #sentBy(instant: number): number {
    return bisect(this.#sends.length, (index) => (this.#sends[index]?.instant ?? 0) > instant);
  }
}
