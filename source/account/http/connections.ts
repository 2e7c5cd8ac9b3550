// The TCP connections that carry HTTP, as their clients see them: what a client sends counts when it leaves, the rest when it comes.

import {type Connection, connectionsIn} from '../../observe/connections.ts';
import {programStreamsIn} from '../../observe/program-streams.ts';
import {StepsBack} from '../../observe/steps-back.ts';
import {tlsSessionOf} from '../../observe/tls-sessions.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {addressesIn} from '../../wire/dns/message.ts';
import {nameKey} from '../../wire/dns/name.ts';
import type {IpPacket} from '../../wire/frame.ts';
import {requestParser, responseParser} from '../../wire/http/parser.ts';
import {grownPer, oncePer} from '../../wire/once-per.ts';
import {ropeToBytes} from '../../wire/rope.ts';
import type {Seq} from '../../wire/seq.ts';
import {hasFlag, isBareSyn, type TcpSegment} from '../../wire/tcp.ts';
import {decodeUtf8} from '../../wire/utf8.ts';
import {dnsMessagesOf, segmentOf} from '../packet.ts';
import {ClientStream, type Message, type Stamp} from './client-stream.ts';

export type HttpConnection = {
  readonly client: string;
  readonly server: string;
  /** The name was asked for, and the address is there. */
  readonly lookup?: {readonly from: Stamp; readonly to: Stamp};
  /** SYN leaves; SYN,ACK comes. */
  readonly opened?: Stamp;
  readonly established?: Stamp;
  /** The ClientHello leaves: TLS begins. */
  readonly secured?: Stamp;
  /** The client sends FIN or RST, or gets one: no request follows. */
  readonly closing?: Stamp;
  /** Nothing comes any more. */
  readonly over?: Stamp;
  readonly requests: readonly Message[];
  /** Without the interim ones (RFC 9110 §15.2): the first answers the first request. */
  readonly responses: readonly Message[];
  /** Numbers of the events by which its segments left, from either end. */
  readonly segments: readonly number[];
};

type Lookup = {
  readonly from: Stamp;
  readonly to: Stamp;
  readonly host: string;
  readonly addresses: readonly string[];
};

type Open = {
  readonly client: string;
  readonly server: string;
  readonly iss: Seq | undefined;
  readonly requests: ClientStream;
  readonly responses: ClientStream;
  readonly segments: number[];
  readonly lookup?: Lookup;
  readonly opened?: Stamp;
  established?: Stamp;
  closing?: Stamp;
  over?: Stamp;
  /** As it was told last, if it is that still; `inside`: by what its TLS says. */
  told?: {readonly inside: Connection | undefined; readonly all: readonly HttpConnection[]};
};

const keyOf = ({src, dst}: IpPacket, {srcPort, dstPort}: TcpSegment, way: 'there' | 'back'): string =>
  way === 'there' ? `${src} ${srcPort} ${dst} ${dstPort}` : `${dst} ${dstPort} ${src} ${srcPort}`;

type Carried = {readonly packet: number; readonly ip: IpPacket; readonly segment: TcpSegment};

class Reader {
  /** By the client's socket and the server's. */
  readonly #open = new Map<string, Open>();
  readonly #all: Open[] = [];
  /** Names being asked for, by host and name; answers that no connection has used yet. */
  readonly #asked = new Map<string, Stamp>();
  #lookups: Lookup[] = [];
  readonly #steps: StepsBack;

  constructor(grows: boolean) {
    this.#steps = new StepsBack(grows);
  }

  /** False: that is too far back. */
  takeBack(event: number): boolean {
    return this.#steps.to(event);
  }

  /** As it is before a step. */
  #keep(connection: Open, {n}: Stamp): void {
    delete connection.told;
    const {established, closing, over, segments} = connection;
    const {length} = segments;
    const [requests, responses] = [connection.requests.asItIs(), connection.responses.asItIs()];
    this.#steps.did(n, () => {
      delete connection.told;
      Object.assign(connection, {established, closing, over});
      segments.length = length;
      requests();
      responses();
    });
  }

  sent(record: PacketRecord, at: Stamp): void {
    this.#ask(record, at);
    const carried = this.#carried(record);
    if (!carried) return;
    const {ip, segment} = carried;
    const back = this.#open.get(keyOf(ip, segment, 'back'));
    if (back) {
      this.#keep(back, at);
      back.segments.push(at.n);
    } else this.#fromClient(record, carried, at);
  }

  arrived(record: PacketRecord, at: Stamp, altered: PacketRecord['frame']): void {
    const seen = altered ? {...record, frame: altered} : record;
    this.#learn(seen, at);
    const carried = this.#carried(seen);
    const connection = carried && this.#open.get(keyOf(carried.ip, carried.segment, 'back'));
    if (!carried || !connection) return;
    this.#keep(connection, at);
    toClient(connection, carried, at);
  }

  connections(trace: Trace): readonly HttpConnection[] {
    return this.#all.flatMap((open) => {
      const secured = securedBy(trace, open.segments);
      const inside = secured?.program;
      if (!open.told || open.told.inside !== inside)
        open.told = {inside, all: toldOf(open, secured && insideTls(trace, secured))};
      return open.told.all;
    });
  }

  #carried(record: PacketRecord): Carried | undefined {
    const segment = segmentOf(record);
    const ip = record.frame?.payload.kind === 'ip' ? record.frame.payload.packet : undefined;
    return segment && ip ? {packet: record.id, ip, segment} : undefined;
  }

  #fromClient(record: PacketRecord, {packet, ip, segment}: Carried, at: Stamp): void {
    const connection = this.#connectionOf(record, ip, segment, at);
    if (!connection) return;
    this.#keep(connection, at);
    connection.segments.push(at.n);
    const {heads} = connection.requests.see(packet, segment, at);
    for (const {start} of heads) if (start.kind === 'request') connection.responses.expect(start.method);
    if (hasFlag(segment, 'FIN') || hasFlag(segment, 'RST')) connection.closing ??= at;
    if (hasFlag(segment, 'RST')) connection.over ??= at;
  }

  /** Another SYN begins another connection between the same sockets; without any, whoever sends a request is the client. */
  #connectionOf(record: PacketRecord, ip: IpPacket, segment: TcpSegment, at: Stamp): Open | undefined {
    const key = keyOf(ip, segment, 'there');
    const before = this.#open.get(key);
    const opens = isBareSyn(segment);
    if (before && (!opens || before.iss === segment.seq)) return before;
    if (!opens && !beginsRequest(segment)) return undefined;
    const lookup = opens ? this.#use(record.from, ip.dst, at) : undefined;
    const connection: Open = {
      client: record.from,
      server: record.to,
      iss: opens ? segment.seq : undefined,
      requests: new ClientStream(requestParser()),
      responses: new ClientStream(responseParser([])),
      segments: [],
      ...(lookup && {lookup}),
      ...(opens && {opened: at}),
    };
    this.#open.set(key, connection);
    this.#all.push(connection);
    this.#steps.did(at.n, () => {
      this.#all.pop();
      if (before) this.#open.set(key, before);
      else this.#open.delete(key);
    });
    return connection;
  }

  #ask(record: PacketRecord, at: Stamp): void {
    for (const {flags, questions} of dnsMessagesOf(record)) {
      const [question] = questions;
      const key = question && `${record.from} ${nameKey(question.name)}`;
      if (key === undefined || flags.qr || this.#asked.has(key)) continue;
      this.#asked.set(key, at);
      this.#steps.did(at.n, () => this.#asked.delete(key));
    }
  }

  #learn(record: PacketRecord, at: Stamp): void {
    for (const {flags, rcode, questions, answers} of dnsMessagesOf(record)) {
      const [question] = questions;
      const key = question && `${record.to} ${nameKey(question.name)}`;
      const from = key === undefined ? undefined : this.#asked.get(key);
      if (key === undefined || from === undefined || !flags.qr) continue;
      const addresses = addressesIn(answers);
      if (addresses.length === 0 && rcode === 0) continue;
      if (addresses.length > 0) this.#lookups.push({from, to: at, host: record.to, addresses});
      this.#asked.delete(key);
      this.#steps.did(at.n, () => {
        this.#asked.set(key, from);
        if (addresses.length > 0) this.#lookups.pop();
      });
    }
  }

  /** The answer that told the address: a later connection to it finds it known. */
  #use(host: string, address: string, at: Stamp): Lookup | undefined {
    const found = this.#lookups.findLast(
      (each) => each.host === host && each.to.n <= at.n && each.addresses.includes(address),
    );
    if (!found) return undefined;
    const before = this.#lookups;
    this.#lookups = before.filter((each) => each !== found);
    this.#steps.did(at.n, () => {
      this.#lookups = before;
    });
    return found;
  }
}

/** A method, and no status line. */
const beginsRequest = ({payload}: TcpSegment): boolean =>
  payload.length > 0 && /^(?!HTTP\/)[A-Z]{3,} /.test(decodeUtf8(ropeToBytes(payload).subarray(0, 16)));

type Streams = {
  readonly requests: ClientStream;
  readonly responses: ClientStream;
  readonly begun: Pick<HttpConnection, 'secured'>;
};

/** A connection whose TLS the Trace can open: as TCP carries it, and as its programs see it. */
type Secured = {readonly raw: Connection; readonly program: Connection};

const securedBy = (trace: Trace, [first = 0]: readonly number[]): Secured | undefined => {
  const event = trace.tls && first > 0 ? trace.event(first) : undefined;
  if (event?.kind !== 'send') return undefined;
  const raw = connectionsIn(trace).carriedBy(event.packet)?.connection;
  const program = programStreamsIn(trace).carriedBy(event.packet)?.connection;
  return raw && program && program !== raw ? {raw, program} : undefined;
};

/** What its programs said. */
const insideTls = (trace: Trace, {raw, program}: Secured): Streams => {
  const requests = new ClientStream(requestParser());
  const responses = new ClientStream(responseParser([]));
  const stamp = (n: number): Stamp => stampOf(trace.event(n));
  for (const {side, piece, event: n} of program.sent)
    for (const {start} of side === 0 ? requests.take(piece, stamp(n)) : [])
      if (start.kind === 'request') responses.expect(start.method);
  for (const {side, piece, event: n} of program.arrived) if (side === 1) responses.take(piece, stamp(n));
  const session = tlsSessionOf(trace, raw);
  const hello = session?.messages.find(({side}) => side === 0);
  return {requests, responses, begun: hello ? {secured: stamp(hello.event)} : {}};
};

const toldOf = (
  {client, server, segments, opened, established, closing, over, lookup, ...streams}: Open,
  inside: Streams | undefined,
): readonly HttpConnection[] => {
  const {requests, responses} = inside ?? streams;
  const asked = requests.messages();
  if (asked.length === 0) return [];
  const answers = responses
    .messages()
    .filter(({head: {start}}) => start.kind === 'response' && isFinal(start.status));
  return [
    {
      ...{client, server, segments: [...segments]},
      ...(opened && {opened}),
      ...(established && {established}),
      ...(closing && {closing}),
      ...(over && {over}),
      ...(lookup && {lookup: {from: lookup.from, to: lookup.to}}),
      ...inside?.begun,
      ...{requests: asked, responses: answers},
    },
  ];
};

const isFinal = (status: number): boolean => status >= 200 || status === 101;

const toClient = (connection: Open, {packet, segment}: Carried, at: Stamp): void => {
  if (hasFlag(segment, 'SYN') && hasFlag(segment, 'ACK')) connection.established ??= at;
  const {eof} = connection.responses.see(packet, segment, at);
  if (eof || hasFlag(segment, 'RST')) {
    connection.closing ??= at;
    connection.over ??= at;
  }
};

/** A capture may be long, and nobody looks at requests by the thousand; in packets. */
const mostPackets = 20_000;

const stampOf = ({n, atUs}: TraceEvent): Stamp => ({n, atUs});

type Read = {
  readonly reader: Reader;
  /** The event at which it had enough; undefined: it has read all there is. */
  readonly enough: number | undefined;
  /** Without secrets. */
  closed?: readonly HttpConnection[];
};

/** On from behind the event. */
const readOn = (trace: Trace, reader: Reader, behind: number): Read => {
  for (const event of trace.events(behind + 1)) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    if (event.packet > mostPackets) return {reader, enough: event.n};
    if (event.packet < 1) continue;
    const record = trace.packet(event.packet);
    if (event.kind === 'send' && event.hop === 0) reader.sent(record, stampOf(event));
    if (event.kind === 'arrive' && event.host === record.to)
      reader.arrived(record, stampOf(event), event.altered);
  }
  return {reader, enough: undefined};
};

const readIn = grownPer<Trace, Read>((trace, before) => {
  const {enough, reader} = before?.value ?? {};
  // Of a capture in the making that is longer than that nothing is read again.
  if (before && enough !== undefined && enough <= before.unchanged) return before.value;
  return before && reader?.takeBack(before.unchanged)
    ? readOn(trace, reader, before.unchanged)
    : readOn(trace, new Reader(trace.growth !== undefined), 0);
});

const opened = oncePer((trace: Trace): readonly HttpConnection[] => readIn(trace).reader.connections(trace));

/** In the order in which they were opened. */
export const httpConnectionsIn = (trace: Trace): readonly HttpConnection[] => {
  if (trace.tls) return opened(trace);
  const known = readIn(trace);
  known.closed ??= known.reader.connections(trace);
  return known.closed;
};
