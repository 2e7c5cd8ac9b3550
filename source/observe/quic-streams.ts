// The streams of a QUIC connection (RFC 9000 §2, §3): their octets in order, each once, and how each direction ended.
import type {StreamBody} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import {OrderedOctets} from './quic-octets.ts';

/** The direction of a QUIC stream that one side sends. */
type Half = {
  readonly octets: OrderedOctets;
  /** The packet that carried the first octets of the direction, or its end if it has no octets. */
  firstFrame: number | undefined;
  lastFrame: number;
  /** The offset at which the QUIC stream's direction ends; undefined until a frame with FIN has come. */
  finalSize: number | undefined;
  /**
   * The first gap in the stream: `after` is the last packet before it (0 if none), `from` the first one after it, `to` the one that filled
   * it; undefined if there was no gap.
   */
  gap:
    | {
        readonly after: number;
        readonly from: number;
        readonly fromUs: number;
        to: number | undefined;
        us: number;
      }
    | undefined;
};

/** A packet and the time in µs at which it passed. */
export type Passed = {readonly frame: number; readonly atUs: number};

export type StreamCode = {readonly by: Side; readonly code: number; readonly frame: number};

/** Tells whether a QUIC stream is bidirectional: the second lowest bit of its ID is 0 (RFC 9000 §2.1). */
export const isTwoWay = (id: number): boolean => Math.floor(id / 2) % 2 === 0;

export class QuicStream {
  readonly id: number;
  readonly halves: readonly [Half, Half];
  /** The first RESET_STREAM on the QUIC stream; `stopSending` is the first STOP_SENDING. Undefined if there was none. */
  reset: StreamCode | undefined;
  stopSending: StreamCode | undefined;

  constructor(id: number) {
    this.id = id;
    const half = (): Half => ({
      ...{octets: new OrderedOctets(), firstFrame: undefined, lastFrame: 0},
      ...{finalSize: undefined, gap: undefined},
    });
    this.halves = [half(), half()];
  }

  get opener(): Side {
    return this.id % 2 === 0 ? 0 : 1;
  }

  get twoWay(): boolean {
    return isTwoWay(this.id);
  }

  bytes(side: Side): number {
    return this.halves[side].octets.total;
  }

  hasFinished(side: Side): boolean {
    return this.halves[side].finalSize !== undefined;
  }

  /** Tells whether all octets that this side sends on the QUIC stream have come, up to its end. */
  isWhole(side: Side): boolean {
    const {octets, finalSize} = this.halves[side];
    return finalSize !== undefined && octets.next >= finalSize;
  }
}

/** The next octets of a QUIC stream in order; `frame` is the packet with which they can be read. */
export type StreamPiece = {
  readonly stream: QuicStream;
  readonly side: Side;
  readonly bytes: Uint8Array;
  readonly frame: number;
};

/** The highest number of QUIC streams that are kept of one connection. */
const mostStreams = 100_000;

export class QuicStreams {
  readonly #byId = new Map<number, QuicStream>();

  /** The QUIC streams of the connection, in the order of their IDs. */
  get all(): readonly QuicStream[] {
    return [...this.#byId.values()].sort((a, b) => a.id - b.id);
  }

  get(id: number): QuicStream | undefined {
    const known = this.#byId.get(id);
    if (known || this.#byId.size >= mostStreams) return known;
    const made = new QuicStream(id);
    this.#byId.set(id, made);
    return made;
  }

  take(side: Side, {frame, atUs}: Passed, {streamId, offset, data, fin}: StreamBody): readonly StreamPiece[] {
    const stream = this.get(streamId);
    const half = stream?.halves[side];
    if (!stream || !half) return [];
    if (offset === 0) half.firstFrame ??= frame;
    if (fin) half.finalSize ??= offset + data.length;
    const after = half.lastFrame;
    half.lastFrame = frame;
    const pieces = half.octets.add(offset, data);
    if (half.octets.waiting) half.gap ??= {after, from: frame, fromUs: atUs, to: undefined, us: 0};
    else if (half.gap && half.gap.to === undefined) {
      half.gap.to = frame;
      half.gap.us = atUs - half.gap.fromUs;
    }
    return pieces.map((bytes) => ({stream, side, bytes, frame}));
  }
}
