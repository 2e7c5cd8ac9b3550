// Collects the contents of QUIC streams, each in the form of a connection (RFC 9000 §2): its octets in order, the packets that carried
// them, and for HTTP/3 the parts of its messages.
import type {Connection, End, Side, Told} from './connections.ts';
import type {SeenHttp3Part} from './http3-connection.ts';
import type {QuicWatch} from './quic-captured.ts';
import type {QuicConnection} from './quic-connection.ts';
import type {QuicStream, StreamPiece} from './quic-streams.ts';
import type {StreamPart} from './stream-messages.ts';

export type QuicStreamContent = Connection & {
  readonly quic: QuicConnection;
  readonly stream: QuicStream;
  readonly parts: readonly StreamPart[];
};

type Growing = QuicStreamContent & {
  readonly sent: Told[];
  readonly parts: StreamPart[];
  readonly lengths: [number, number];
};

/** The highest number of QUIC stream octets that are kept of a trace, which is also that of TCP's octets. */
const mostBytes = 1 << 26;

/** The event and the ends of the QUIC packet that is being read; the sender is the first end. */
export type QuicPlace = {readonly event: number; readonly ends: readonly [End, End]};

export class QuicContents implements QuicWatch {
  readonly all: Growing[] = [];
  /** The first QUIC stream of which each packet carries octets, by packet number. */
  readonly byPacket = new Map<number, QuicStreamContent>();
  readonly #streams = new Map<QuicConnection, Map<number, Growing>>();
  readonly #place: () => QuicPlace;
  /** The pieces of all QUIC streams, in the order of packets. */
  readonly #told: (Told & {event: number})[] = [];
  #bytes = 0;

  constructor(place: () => QuicPlace) {
    this.#place = place;
  }

  piece({stream, side, bytes, frame}: StreamPiece, connection: QuicConnection): void {
    this.#bytes += bytes.length;
    if (this.#bytes > mostBytes) return;
    const growing = this.#of(connection, stream, side);
    if (!this.byPacket.has(frame)) this.byPacket.set(frame, growing);
    const start = growing.lengths[side];
    growing.lengths[side] += bytes.length;
    const told = {side, piece: {kind: 'bytes', start, bytes, frame} as const, event: this.#place().event};
    growing.sent.push(told);
    this.#told.push(told);
  }

  /**
   * Updates the event numbers of pieces after event `unchanged`, because a growing capture may have renumbered them since the previous
   * reading.
   */
  moved(unchanged: number, eventOf: (packet: number) => number): void {
    for (const told of this.#told)
      if (told.event > unchanged && told.piece.kind === 'bytes') told.event = eventOf(told.piece.frame);
  }

  part({side, stream, span, ...part}: SeenHttp3Part, connection: QuicConnection): void {
    const growing = this.#streams.get(connection)?.get(stream);
    if (growing) growing.parts.push({...part, side, span, of: side === 0 ? 'request' : 'response'});
  }

  #of(connection: QuicConnection, stream: QuicStream, side: Side): Growing {
    const streams = this.#streams.get(connection) ?? new Map<number, Growing>();
    this.#streams.set(connection, streams);
    const known = streams.get(stream.id);
    if (known) return known;
    const {ends} = this.#place();
    const sent: Told[] = [];
    const made: Growing = {
      // QUIC streams have negative numbers, so that they differ from those of TCP connections.
      ...{id: -1 - this.all.length, quic: connection, stream, parts: [], lengths: [0, 0]},
      ...{ends: side === 0 ? ends : [ends[1], ends[0]], sent, arrived: sent},
    };
    streams.set(stream.id, made);
    this.all.push(made);
    return made;
  }
}
