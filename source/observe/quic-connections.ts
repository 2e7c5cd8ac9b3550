// Finds the QUIC connection that a datagram belongs to (RFC 9000 §5.2): by its connection IDs, or by addresses and ports if it has none.
// With IDs a connection can move to other addresses (§9).
import {hexOf} from '../wire/octets.ts';
import {isQuic, type PacketHeader, packetsIn} from '../wire/quic/packet-header.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {other, type Side} from './connections.ts';
import {QuicConnection} from './quic-connection.ts';
import type {QuicDatagram, QuicPacket} from './quic-packet.ts';
import type {StreamPiece} from './quic-streams.ts';

/** The highest number of QUIC connections that are followed, which is also that of TCP connections. */
const mostConnections = 20_000;

type Placed = {readonly connection: QuicConnection; readonly side: Side};

/**
 * The shortest QUIC connection ID that is searched for in a 1-RTT packet, which does not tell the length; shorter ones occur in other
 * packets by chance.
 */
const leastTelling = 4;
const longestId = 20;

const quicPort = ':443';

const portOf = (end: string): number => Number(end.slice(end.lastIndexOf(':') + 1));

const isBetween = ({from, to}: QuicDatagram): string => `${from} ${to}`;

export class QuicConnections {
  readonly all: QuicConnection[] = [];
  readonly #keys: QuicKeys;
  readonly #tell: (piece: StreamPiece, connection: QuicConnection) => void;
  /** The newest QUIC connection between two ends, by sender and receiver, for each direction. */
  readonly #flows = new Map<string, Placed>();
  /** The QUIC connection, and the side that sends to it, by destination connection ID in hexadecimal digits. */
  readonly #byId = new Map<string, Placed>();

  constructor(
    keys: QuicKeys,
    tell: (piece: StreamPiece, connection: QuicConnection) => void = () => undefined,
  ) {
    this.#keys = keys;
    this.#tell = tell;
  }

  /**
   * Takes a datagram; returns its QUIC connection, side and packets, or undefined if it is not QUIC or too many connections are followed.
   */
  take(datagram: QuicDatagram): (Placed & {readonly packets: readonly QuicPacket[]}) | undefined {
    const headers = packetsIn(datagram.bytes);
    const [first] = headers;
    if (!first) return undefined;
    const placed = this.#place(first, datagram);
    if (!placed) return undefined;
    const {connection, side} = placed;
    const known = connection.ids.map(({size}) => size);
    const packets = connection.take(side, headers, datagram);
    for (const owner of [0, 1] as const)
      if (connection.ids[owner].size > (known[owner] ?? 0))
        for (const id of connection.ids[owner])
          if (id !== '') this.#byId.set(id, {connection, side: other(owner)});
    return {...placed, packets};
  }

  #place(first: PacketHeader, datagram: QuicDatagram): Placed | undefined {
    const known = this.#flows.get(isBetween(datagram));
    const older = known && this.#older(known, first, datagram);
    if (older) return older;
    if (known && !this.#isAnother(known, first)) return known;
    const moved = known ? undefined : this.#meant(first, datagram);
    if (moved) {
      const {from, to, frame} = datagram;
      moved.connection.movedTo(moved.side === 0 ? [from, to] : [to, from], frame);
      return this.#between(datagram, moved);
    }
    return this.#begin(datagram);
  }

  /**
   * Returns an older QUIC connection between the same ends if the packet's connection IDs name it instead of the newest one; otherwise
   * undefined.
   */
  #older({connection, side}: Placed, first: PacketHeader, datagram: QuicDatagram): Placed | undefined {
    const own = connection.ids[other(side)];
    const isOwn =
      first.kind === '1-RTT' ? connection.hasId(other(side), datagram.bytes, 1) : own.has(hexOf(first.dcid));
    if (isOwn) return undefined;
    const meant = this.#meant(first, datagram) ?? this.#sentBy(first);
    if (meant?.side !== side || this.#isAnother(meant, first)) return undefined;
    return meant.connection.ends.toString() === connection.ends.toString() ? meant : undefined;
  }

  /** Returns the QUIC connection that has the packet's source connection ID, because a client's first destination ID is random. */
  #sentBy(first: PacketHeader): Placed | undefined {
    const answered = 'scid' in first ? this.#byId.get(hexOf(first.scid)) : undefined;
    return answered && {...answered, side: other(answered.side)};
  }

  /**
   * Tells whether a client's Initial begins another QUIC connection: its destination ID is new, and either the first connection was
   * answered or the source ID is another one, without a Retry or Version Negotiation.
   */
  #isAnother({connection, side}: Placed, header: PacketHeader): boolean {
    if (header.kind !== 'Initial' || side === 1 || !connection.begins(header)) return false;
    const dcid = hexOf(header.dcid);
    return dcid !== hexOf(connection.initialDcid) && !connection.ids[1].has(dcid);
  }

  /**
   * Returns the QUIC connection that has the packet's destination connection ID (§5.2), also if the packet comes from other addresses (§9).
   */
  #meant(first: PacketHeader, {bytes}: QuicDatagram): Placed | undefined {
    if (first.kind !== '1-RTT') return this.#byId.get(hexOf(first.dcid));
    for (let length = leastTelling; length <= longestId; length++) {
      const placed = this.#byId.get(hexOf(bytes, 1, 1 + length));
      if (placed) return placed;
    }
    return undefined;
  }

  /**
   * Begins a QUIC connection. The sender of the first datagram is the client, unless it sends from port 443 because the capture began
   * later.
   */
  #begin(datagram: QuicDatagram): Placed | undefined {
    const {from, to, frame, bytes} = datagram;
    const ports = [portOf(from), portOf(to)];
    if (this.all.length >= mostConnections || !isQuic(bytes, ports)) return undefined;
    const side: Side = from.endsWith(quicPort) && !to.endsWith(quicPort) ? 1 : 0;
    const ends = side === 0 ? ([from, to] as const) : ([to, from] as const);
    const connection = new QuicConnection({id: this.all.length + 1, ends, frame}, this.#keys, this.#tell);
    this.all.push(connection);
    return this.#between(datagram, {connection, side});
  }

  #between({from, to}: QuicDatagram, placed: Placed): Placed {
    this.#flows.set(`${from} ${to}`, placed);
    this.#flows.set(`${to} ${from}`, {...placed, side: other(placed.side)});
    return placed;
  }
}
