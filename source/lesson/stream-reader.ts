// Finds the packets in which HTTP and TLS messages begin: each direction of each connection is put in order and read (RFC 9112, RFC 9846)
// as its packets are sent. A head that ends in a later packet is known once that packet has been seen.

import {entriesBetween} from '../account/entries.ts';
import type {Framed} from '../account/packet.ts';
import {packetOf} from '../account/packet.ts';
import {feedHttp} from '../observe/http-feed.ts';
import {newStream, receive, type Stream} from '../observe/reassembly.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {IpPacket} from '../wire/frame.ts';
import type {Head} from '../wire/http/framing.ts';
import {expectResponse, type HttpParser, responseParser} from '../wire/http/parser.ts';
import {oncePer} from '../wire/once-per.ts';
import {ropeToBytes} from '../wire/rope.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {beginsTls, type TlsPart, type TlsPlain, TlsStream, ToldRecords} from './tls/stream.ts';

/** The head of an HTTP message in a TCP stream; `offset` is the place of its first byte in that stream. */
type Begun = {readonly head: Head; readonly offset: number};

type Direction = {
  /** The sequence number of the first byte of this direction of a TCP connection. */
  readonly base: Seq;
  stream: Stream;
  /** The HTTP parser of one direction of a connection; undefined until this direction carries data or the other one a request. */
  parser?: HttpParser;
  /** True if no more HTTP can be read from this direction of a connection: bytes are missing, or they are not HTTP. */
  dead: boolean;
  readonly found: Begun[];
  /** The reader of the TLS below HTTP in this direction of a connection; undefined without TLS. */
  tls?: TlsStream;
  /** The number of octets of HTTP read so far in this direction. Over TLS, `pieces` map them to their place in the TCP stream. */
  read: number;
  readonly pieces: (TlsPlain & {readonly start: number})[];
};

/** The range of a TCP stream that a packet's payload covers, and the direction of the connection that carries it. */
type Place = {readonly direction: Direction; readonly start: number; readonly end: number};

export class StreamReader {
  readonly #told = new ToldRecords();
  readonly #directions = new Map<string, Direction>();
  readonly #places = new Map<number, Place>();

  /** Takes an event, which may tell what a sender put into a TLS record. Call it before the event's packet is given to `see`. */
  learn(event: TraceEvent): void {
    this.#told.learn(event);
  }

  /** Reads the TCP payload of a packet. Packets must be given in the order of their numbers, including retransmissions. */
  see(packet: number, {frame}: Framed): void {
    const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
    if (ip?.transport.kind !== 'tcp') return;
    const {segment} = ip.transport;
    const direction = this.#directionOf(ip, segment);
    const {length} = segment.payload;
    if (length === 0 || direction.dead) return;
    const start = seqDiff(seqAdd(segment.seq, hasFlag(segment, 'SYN') ? 1 : 0), direction.base);
    this.#places.set(packet, {direction, start, end: start + length});
    const arrival = {
      frame: packet,
      seq: segment.seq,
      syn: hasFlag(segment, 'SYN'),
      fin: hasFlag(segment, 'FIN'),
      bytes: ropeToBytes(segment.payload),
      length,
    };
    const {stream, pieces} = receive(direction.stream, arrival);
    direction.stream = stream;
    for (const piece of pieces) {
      if (piece.kind === 'hole') direction.dead = true;
      else if (piece.kind === 'bytes') this.#unwrap(direction, piece.bytes, keyOf(ip, segment, 'back'));
    }
  }

  /** Returns the heads of the HTTP messages whose first byte the packet carries. */
  beginningIn(packet: number): readonly Head[] {
    const place = this.#places.get(packet);
    if (!place) return [];
    const {direction, start, end} = place;
    return direction.found.flatMap(({head, offset}) => (offset >= start && offset < end ? [head] : []));
  }

  /** Returns the TLS messages and records that begin in the packet. */
  tlsIn(packet: number): readonly TlsPart[] {
    const place = this.#places.get(packet);
    if (!place) return [];
    const {direction, start, end} = place;
    return (direction.tls?.parts ?? []).filter(({offset}) => offset >= start && offset < end);
  }

  #directionOf(ip: IpPacket, segment: TcpSegment): Direction {
    const key = keyOf(ip, segment, 'own');
    const before = this.#directions.get(key);
    const syn = hasFlag(segment, 'SYN');
    const base = seqAdd(segment.seq, syn ? 1 : 0);
    // A SYN with another sequence number begins another connection between the same ports.
    if (before && (!syn || before.base === base)) return before;
    const fresh: Direction = {base, stream: newStream, dead: false, found: [], read: 0, pieces: []};
    this.#directions.set(key, fresh);
    return fresh;
  }

  #unwrap(direction: Direction, bytes: Uint8Array, back: string): void {
    if (!direction.tls && direction.read === 0 && beginsTls(bytes)) direction.tls = new TlsStream(this.#told);
    if (!direction.tls) {
      this.#read(direction, bytes, back);
      return;
    }
    for (const plain of direction.tls.feed(bytes)) {
      direction.pieces.push({...plain, start: direction.read});
      this.#read(direction, plain.bytes, back);
    }
  }

  #read(direction: Direction, bytes: Uint8Array, back: string): void {
    if (direction.dead) return;
    direction.read += bytes.length;
    const {parser, parts, error} = feedHttp(direction.parser, bytes);
    direction.parser = parser;
    direction.dead = error !== undefined;
    for (const part of parts) {
      if (part.kind !== 'head') continue;
      direction.found.push({head: part.head, offset: streamOffset(direction, part.span.start)});
      if (part.head.start.kind === 'request') this.#expect(back, part.head.start.method);
    }
  }

  #expect(back: string, method: string): void {
    const direction = this.#directions.get(back);
    if (!direction) return;
    direction.parser = expectResponse(direction.parser ?? responseParser([]), method);
  }
}

/** Returns the place in the TCP stream of the octet that is at `at` in the HTTP stream. */
const streamOffset = ({tls, pieces}: Direction, at: number): number => {
  if (!tls) return at;
  const piece = pieces.findLast(({start}) => start <= at);
  return piece ? piece.offset + at - piece.start : at;
};

const keyOf = ({src, dst}: IpPacket, {srcPort, dstPort}: TcpSegment, which: 'own' | 'back'): string =>
  which === 'own' ? `${src} ${srcPort} ${dst} ${dstPort}` : `${dst} ${dstPort} ${src} ${srcPort}`;

const readerOf = oncePer((trace: Trace): StreamReader => {
  const reader = new StreamReader();
  for (const event of entriesBetween(trace, 1)) reader.learn(event);
  for (let id = 1; id <= trace.packetCount; id++) reader.see(id, packetOf(trace, id));
  return reader;
});

/** Returns the heads of the HTTP messages that begin in a packet of a finished run or a capture. */
export const httpHeadsIn = (trace: Trace, packet: number): readonly Head[] =>
  readerOf(trace).beginningIn(packet);

export const tlsPartsIn = (trace: Trace, packet: number): readonly TlsPart[] => readerOf(trace).tlsIn(packet);
