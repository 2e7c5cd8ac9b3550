// The streams of a QUIC connection (RFC 9000 §2, §3): their octets in order, each once, and how each direction ended.
import type {StreamBody} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import {OrderedOctets} from './quic-octets.ts';

/** Of one sender. */
type Half = {
  readonly octets: OrderedOctets;
  /** The packet that brought its first octets, or its end where it has none. */
  firstFrame: number | undefined;
  lastFrame: number;
  /** Where it ends; undefined: not said yet. */
  finalSize: number | undefined;
  /** From the first packet behind a gap to the one that filled it, and the one before (0: none); undefined: none came behind one. */
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

/** By which packet, and when. */
export type Passed = {readonly frame: number; readonly atUs: number};

export type StreamCode = {readonly by: Side; readonly code: number; readonly frame: number};

/** The second lowest bit of its id is 0 (RFC 9000 §2.1). */
export const isTwoWay = (id: number): boolean => Math.floor(id / 2) % 2 === 0;

export class QuicStream {
  readonly id: number;
  readonly halves: readonly [Half, Half];
  /** Each the first of its kind. */
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

  /** All up to its end has come. */
  isWhole(side: Side): boolean {
    const {octets, finalSize} = this.halves[side];
    return finalSize !== undefined && octets.next >= finalSize;
  }
}

/** A piece of a stream that can be read now. */
export type StreamPiece = {
  readonly stream: QuicStream;
  readonly side: Side;
  readonly bytes: Uint8Array;
  readonly frame: number;
};

/** More than that at once has no connection that anybody reads. */
const mostStreams = 100_000;

export class QuicStreams {
  readonly #byId = new Map<number, QuicStream>();

  /** In the order of their ids. */
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
