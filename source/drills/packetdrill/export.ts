// Makes a packetdrill script of any simulated run: the calls of one host's programs, the packets that reached it and those that it sent.

import {type Problem, problemWith} from '../../lesson/problem.ts';
import type {Action} from '../../sim/action.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {
  type ConnectionId,
  connectionId,
  farEndOf,
  isListener,
  localSocket,
} from '../../wire/connection-id.ts';
import type {Frame, IpPacket} from '../../wire/frame.ts';
import {quotedSegment, toldMtu} from '../../wire/icmp-quote.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {type Seq, seqAdd} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {packetdrillExportSentences} from '../../words/catalogue/drills-packetdrill.ts';
import {secondsText} from './failure.ts';
import {icmpNames} from './icmp-names.ts';
import {ownKnobs} from './knobs.ts';
import {packetText} from './notation.ts';
import {fromWire, noOrigins, type Origins} from './numbers.ts';
import type {PacketSpec} from './script.ts';
import {setsockopts} from './socket-options.ts';

export type ExportOptions = {
  readonly host: string;
  /** The TCP settings of the exported host; `base` are the settings of the run's profile, from which the script writes the differences. */
  readonly settings: TcpSettings;
  readonly base: TcpSettings;
};

/** The connection that is exported as a script, by the id that its host uses, with its local and remote port. */
type Ends = {readonly connection: ConnectionId; readonly local: number; readonly remote: number};

const listenerDescriptor = 3;

/** The value of the IP header's ECN field that means congestion experienced, CE (RFC 3168 §5). */
const congestionExperienced = 3;

type Carried = {readonly packet: IpPacket; readonly segment: TcpSegment; readonly marked: boolean};

const segmentOf = (frame: Frame | undefined): Carried | undefined => {
  if (frame?.payload.kind !== 'ip') return undefined;
  const {packet} = frame.payload;
  const {transport, trafficClass} = packet;
  const marked = (trafficClass & congestionExperienced) === congestionExperienced;
  return transport.kind === 'tcp' ? {packet, segment: transport.segment, marked} : undefined;
};

/** Returns the first connection of a host in the run that is no listener, with its ports; undefined if there is none. */
const firstEnds = (trace: Trace, host: string): Ends | undefined => {
  for (const event of trace.events()) {
    if (event.kind !== 'state' || event.host !== host || event.connection === undefined) continue;
    const {connection} = event;
    if (isListener(connection)) continue;
    const [local, remote] = [localSocket(connection).port, localSocket(farEndOf(connection)).port];
    return {connection, local, remote};
  }
  return undefined;
};

/** Returns a segment as a packetdrill script writes it. Sequence numbers count from each side's SYN, so that both begin with 0. */
const scriptPacket = (segment: TcpSegment, origins: Origins): PacketSpec => {
  const packet = fromWire(segment, origins);
  if (!hasFlag(segment, 'SYN') || packet.ack === undefined) return packet;
  return {...packet, ack: seqAdd(segment.ack, -origins.remote)};
};

const swapped = ({local, remote}: Origins): Origins => ({local: remote, remote: local});

class ScriptWriter {
  readonly lines: string[] = [];
  readonly #trace: Trace;
  readonly #host: string;
  readonly #ends: Ends;
  /**
   * The packets that routers have forwarded, by packet number and hop, such as `2.1`; the last router's copy is what arrives at the host.
   */
  readonly #copies = new Map<string, Frame>();
  #origins: Origins = noOrigins;
  #firstRemote: Seq | undefined;
  #lastUs = 0;
  #descriptor = listenerDescriptor;
  #open = false;
  #listening = false;
  #auto = false;

  constructor(trace: Trace, host: string, ends: Ends) {
    this.#trace = trace;
    this.#host = host;
    this.#ends = ends;
  }

  /** Adds the line of an event of the run to the script; false if the script has to end here because it cannot express what happens. */
  add(event: TraceEvent): boolean {
    if (event.kind === 'send' && event.hop > 0 && event.frame)
      this.#copies.set(`${event.packet}.${event.hop}`, event.frame);
    if (event.host !== this.#host) return true;
    switch (event.kind) {
      case 'call':
        return this.#call(event);
      case 'send':
        if (event.hop === 0 && event.packet > 0) this.#packet(event, '>', event.frame);
        return true;
      case 'arrive':
        if (event.packet > 0 && !this.#thrownAway(event))
          this.#packet(event, '<', event.altered ?? this.#sentAs(event));
        return true;
      case 'deliver':
        if (this.#auto && this.#mine(event))
          this.#line(event, `read(${this.#descriptor}, ..., ${event.bytes}) = ${event.bytes}`);
        return true;
      case 'signal':
        this.#signal(event);
        return true;
      default:
        return true;
    }
  }

  #line({atUs}: TraceEvent, words: string, blocksUs = 0): void {
    const until = blocksUs > 0 ? `...${secondsText(atUs - this.#lastUs + blocksUs)}` : '';
    this.lines.push(`+${secondsText(atUs - this.#lastUs)}${until} ${words}`);
    this.#lastUs = atUs;
  }

  #mine({connection}: TraceEvent): boolean {
    return this.#open && connection === this.#ends.connection;
  }

  /** Tells whether an arriving packet was dropped before TCP handled it, for example because it was damaged or the host was off. */
  #thrownAway({n, packet}: EventOf<'arrive'>): boolean {
    const next = n < this.#trace.length ? this.#trace.event(n + 1) : undefined;
    return next?.kind === 'drop' && next.packet === packet && next.reason !== 'discarded';
  }

  #sentAs({packet, hop}: EventOf<'arrive'>): Frame | undefined {
    return hop > 0 ? this.#copies.get(`${packet}.${hop}`) : this.#trace.packet(packet).frame;
  }

  #packet(event: TraceEvent, sign: '<' | '>', frame: Frame | undefined): void {
    const found = segmentOf(frame);
    if (found === undefined) {
      if (sign === '<' && frame) this.#error(event, frame);
      return;
    }
    const {packet: ip, segment} = found;
    const [src, dst] = [
      {ip: ip.src, port: segment.srcPort},
      {ip: ip.dst, port: segment.dstPort},
    ];
    const connection = sign === '>' ? connectionId(src, dst) : connectionId(dst, src);
    if (connection !== this.#ends.connection) return;
    if (hasFlag(segment, 'SYN') && !(sign === '<' && this.#isKnown(event))) this.#learn(sign, segment.seq);
    const origins = hasFlag(segment, 'SYN') ? this.#originsOfSyn() : this.#origins;
    const packet = scriptPacket(segment, sign === '>' ? origins : swapped(origins));
    // A script's line has ECN bits only if a router marked an arriving packet CE; those of sent packets are left to the stack.
    this.#line(
      event,
      `${sign} ${packetText(sign === '<' && found.marked ? {...packet, ecn: 'ce'} : packet)}`,
    );
  }

  /** Adds a line for an ICMP error that arrives at the host about a segment of the exported connection. */
  #error(event: TraceEvent, {payload}: Frame): void {
    const transport = payload.kind === 'ip' ? payload.packet.transport : undefined;
    if (transport?.kind !== 'icmp') return;
    const {message} = transport;
    const quoted = quotedSegment(message);
    const names = icmpNames(message.type, message.code);
    const {local, remote} = this.#ends;
    if (!quoted || names === undefined || quoted.srcPort !== local || quoted.dstPort !== remote) return;
    const mtu = toldMtu(message, 4);
    const seq = seqAdd(quoted.seq, -this.#origins.local);
    this.#line(event, `< icmp ${names}${mtu === undefined ? '' : ` mtu ${mtu}`} [${seq}:${seq}(0)]`);
  }

  /**
   * Tells whether a SYN arrives for a connection that exists and is not in SYN-SENT or TIME-WAIT. Such a SYN begins no new connection, so
   * its numbers count from the old SYN.
   */
  #isKnown({n}: TraceEvent): boolean {
    const connections = this.#trace.stateAt(n - 1)?.hosts[this.#host]?.tcp.connections;
    const tcb = connections?.get(this.#ends.connection);
    return tcb !== undefined && tcb.state !== 'SYN-SENT' && tcb.state !== 'TIME-WAIT';
  }

  #learn(sign: '<' | '>', first: Seq): void {
    this.#origins = sign === '>' ? {...this.#origins, local: first} : {...this.#origins, remote: first};
    if (sign === '<') this.#firstRemote ??= first;
  }

  /**
   * Returns the initial sequence numbers from which a SYN's numbers count. The peer's count from its first SYN of all, because a script
   * gives the peer's SYN with its number on the wire.
   */
  #originsOfSyn(): Origins {
    return {...this.#origins, remote: this.#firstRemote ?? this.#origins.remote};
  }

  #signal(event: EventOf<'signal'>): void {
    if (event.signal === 'accepted' && event.connection === this.#ends.connection) {
      this.#descriptor = listenerDescriptor + 1;
      this.#open = true;
      this.#line(event, `accept(${listenerDescriptor}, ..., ...) = ${this.#descriptor}`);
    }
    if (!this.#mine(event)) return;
    if (event.signal === 'eof' && this.#auto) this.#line(event, `read(${this.#descriptor}, ..., 1) = 0`);
    if (event.signal.startsWith('E'))
      this.#line(event, `getsockopt(${this.#descriptor}, SOL_SOCKET, SO_ERROR, [${event.signal}], [4]) = 0`);
  }

  #begin(event: TraceEvent, action: Extract<Action, {call: 'listen' | 'connect'}>): void {
    this.#auto = action.read === 'auto';
    this.#line(event, `\`sysctl -w packet_tutor.read=${action.read}\``);
    this.#line(event, `socket(..., SOCK_STREAM, IPPROTO_TCP) = ${listenerDescriptor}`);
  }

  #call(event: EventOf<'call'>): boolean {
    const {action} = event;
    if (action.call === 'crash') return false;
    if (action.call === 'listen') this.#listen(event, action);
    else if (action.call === 'connect') return this.#connect(event, action);
    else if (this.#mine(event)) this.#onConnection(event, action);
    return true;
  }

  #listen(event: TraceEvent, action: Extract<Action, {call: 'listen'}>): void {
    if (action.port !== this.#ends.local || this.#listening) return;
    this.#listening = true;
    this.#begin(event, action);
    this.#line(event, `bind(${listenerDescriptor}, ..., ...) = 0`);
    this.#line(event, `listen(${listenerDescriptor}, 1) = 0`);
  }

  /**
   * Adds the script's lines for a connect(); false if the program has not closed an earlier connection with the same addresses and ports.
   */
  #connect(event: TraceEvent, action: Extract<Action, {call: 'connect'}>): boolean {
    if (event.connection !== this.#ends.connection) return true;
    if (this.#open) return false;
    this.#begin(event, action);
    this.#open = true;
    this.#line(event, `fcntl(${listenerDescriptor}, F_SETFL, O_RDWR | O_NONBLOCK) = 0`);
    const {data = 0} = action;
    this.#line(
      event,
      data > 0
        ? `sendto(${listenerDescriptor}, ..., ${data}, MSG_FASTOPEN, ..., ...) = ${data}`
        : `connect(${listenerDescriptor}, ..., ...) = -1 EINPROGRESS`,
    );
    return true;
  }

  #onConnection(event: EventOf<'call'>, action: Action): void {
    const fd = this.#descriptor;
    const failed = event.result === 'ok' ? undefined : `-1 ${event.result}`;
    switch (action.call) {
      case 'send':
        this.#line(event, `write(${fd}, ..., ${action.bytes}) = ${failed ?? action.bytes}`);
        return;
      case 'receive':
        if (!this.#auto) this.#receive(event, action.bytes);
        return;
      case 'shutdown':
        if (failed === undefined) this.#line(event, `shutdown(${fd}, SHUT_WR) = 0`);
        return;
      case 'abort':
        this.#line(event, `setsockopt(${fd}, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0`);
        this.#close(event);
        return;
      case 'close':
        this.#close(event);
        return;
      case 'setOption':
        for (const words of setsockopts(fd, action.options)) this.#line(event, words);
        return;
      default:
        return;
    }
  }

  #close(event: TraceEvent): void {
    this.#open = false;
    this.#line(event, `close(${this.#descriptor}) = 0`);
  }

  /** Adds the script's line for a read(), with the number of bytes that it returns and how long it blocks. */
  #receive(event: TraceEvent, maxBytes: number): void {
    for (const later of this.#trace.events(event.n + 1)) {
      if (later.host !== this.#host || !this.#mine(later)) continue;
      const bytes = later.kind === 'deliver' ? later.bytes : 0;
      const ends = later.kind === 'deliver' || (later.kind === 'signal' && later.signal === 'eof');
      if (!ends) continue;
      this.#line(event, `read(${this.#descriptor}, ..., ${maxBytes}) = ${bytes}`, later.atUs - event.atUs);
      return;
    }
  }
}

const refused = (why: keyof typeof packetdrillExportSentences, host: string): Result<never, Problem> =>
  err(problemWith(packetdrillExportSentences[why], {host}));

/** Tells whether a connection was opened by an application of the simulator (such as HTTP), not by a call of the run's script. */
const isApplications = (trace: Trace, host: string, {local, remote}: Ends): boolean => {
  for (const event of trace.events()) {
    if (event.kind !== 'call' || event.host !== host) continue;
    const {action} = event;
    if (action.call === 'connect' && action.to.port === remote) return false;
    if (action.call === 'listen' && action.port === local) return false;
  }
  return true;
};

/** Tells whether a NAT at the host itself changed the port of a segment that the host sent. */
const hasOwnNat = (trace: Trace, host: string): boolean => {
  for (const event of trace.events()) {
    if (event.kind !== 'send' || event.host !== host || event.hop !== 0) continue;
    const found = segmentOf(event.frame);
    if (!found || event.connection === undefined) continue;
    if (localSocket(event.connection).port !== found.segment.srcPort) return true;
  }
  return false;
};

/**
 * Returns a packetdrill script of a host's first connection, which the same stack passes; or the problem why the run cannot become a
 * script.
 */
export const toPacketdrill = (
  trace: Trace,
  {host, settings, base}: ExportOptions,
): Result<string, Problem> => {
  const ends = firstEnds(trace, host);
  if (ends === undefined) return refused('noConnectionAt', host);
  if (hasOwnNat(trace, host)) return refused('translates', host);
  if (isApplications(trace, host, ends)) return refused('callsItself', host);
  const writer = new ScriptWriter(trace, host, ends);
  for (const event of trace.events()) if (!writer.add(event)) break;
  const knobs = [`packet_tutor.profile=${trace.header.profile}`, ...ownKnobs(base, settings)];
  const {source, notTcp} = trace.header;
  const head = [
    `// ${source.replace(/[\r\n]+/g, ' ')}, as ${host} saw it. Payload is not compared.`,
    ...(notTcp ? [`// not TCP: ${notTcp.join(', ')}`] : []),
    ...knobs.map((knob, index) => `${index === 0 ? ' 0' : '+0'} \`sysctl -w ${knob}\``),
  ];
  return ok(`${[...head, ...writer.lines].join('\n')}\n`);
};
