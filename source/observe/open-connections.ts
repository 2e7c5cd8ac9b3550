// Finds the TCP connection of each captured segment by its addresses and ports, and by its numbers if several share these.
import type {FrameHeaders} from '../wire/frame-headers.ts';
import {type Seq, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Crossings, crossedOf} from './crossings.ts';
import {backOf, endsOf, flowOf} from './flow-keys.ts';
import {type Beginning, type Endpoint, ObservedConnection} from './observed-connection.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';

/** The most TCP connections of a capture that are followed; each takes about a kilobyte. Frames of later connections are only counted. */
export const MAX_CONNECTIONS = 20_000;

/** The most connections that are searched for the sender of a quoted segment. */
const mostSearched = 256;

export type Placed = {
  readonly connection: ObservedConnection;
  readonly side: Side;
  /** Returns where a segment belongs if two connections share the addresses and ports, with other numbers; otherwise undefined. */
  readonly nearest?: (segment: SeenSegment) => Placed;
};

/** Returns how far the numbers of a segment are from those that have passed on a connection, as a sum of sequence numbers. */
const distance = ({connection, side}: Placed, {seq, ack, flags}: SeenSegment): number => {
  const [own, far] = [connection.half(side), connection.half(side === 0 ? 1 : 0)];
  const from = (number: Seq, known: Seq | undefined): number =>
    known === undefined ? 0 : Math.abs(seqDiff(number, known));
  return from(seq, own.nextSeq ?? own.base) + (flags & Flag.ack ? from(ack, far.nextSeq ?? far.base) : 0);
};

export class OpenConnections {
  readonly connections: ObservedConnection[] = [];
  readonly crossings = new Crossings();
  readonly #open = new Map<string, Placed>();
  readonly #making: Pick<Beginning, 'store' | 'fates' | 'explains' | 'reading'>;

  constructor(making: Pick<Beginning, 'store' | 'fates' | 'explains' | 'reading'>) {
    this.#making = making;
  }

  /** Returns the connection and the side that send the segments of a flow (flow-keys.ts); undefined if there is none. */
  find(flow: string): Placed | undefined {
    return this.#open.get(flow);
  }

  /**
   * Returns the connection and side that sent a segment of which an ICMP error quotes an address or port otherwise, as behind a NAT: it goes
   * to the same address and port, or between the same addresses from the same port, and has a number that the side has sent.
   */
  sender([from, to]: readonly [Endpoint, Endpoint], number: Seq): Placed | undefined {
    for (const connection of this.connections.slice(-mostSearched))
      for (const side of [0, 1] as const) {
        const [own, far] = [connection.ends[side], connection.ends[side === 0 ? 1 : 0]];
        const isTo = far.address === to.address && far.port === to.port;
        const isFrom = own.address === from.address && own.port === from.port && far.address === to.address;
        const {base, nextSeq} = connection.half(side);
        const isSent =
          base !== undefined && nextSeq !== undefined && seqLe(base, number) && seqLt(number, nextSeq);
        if ((isTo || isFrom) && isSent) return {connection, side};
      }
    return undefined;
  }

  /** Returns the connection and the side that a segment belongs to; undefined if its connection is not followed. */
  place(
    headers: FrameHeaders,
    frame: Uint8Array,
    {bytes, at}: {readonly bytes: Uint8Array; readonly at: number},
    segment: SeenSegment,
    identification: number,
  ): Placed | undefined {
    const key = flowOf(headers, frame, bytes, at);
    const known = this.#open.get(key);
    const ends = (): readonly [Endpoint, Endpoint] => endsOf(headers, frame, bytes, at);
    const isOld = known && !known.connection.isAnother(known.side, segment);
    const placed = isOld ? (known.nearest?.(segment) ?? known) : this.#begin(key, ends, segment, known);
    if (!placed || !this.crossings.compares(placed.connection)) return placed;
    const device = this.crossings.take(crossedOf(placed, segment, identification));
    if (device !== 'numbers') return placed;
    // The same packet with other numbers belongs to a connection of its own, and later ones to the one whose numbers are nearest.
    const second = isOld && !known.nearest ? this.#begin(key, ends, segment, known) : placed;
    if (known && second) this.#split(key, known, second);
    return second;
  }

  /** Begins a connection with its first segment; undefined if there are too many. `known` is the one before between the same ports. */
  #begin(
    key: string,
    ends: () => readonly [Endpoint, Endpoint],
    segment: SeenSegment,
    known: Placed | undefined,
  ): Placed | undefined {
    if (this.connections.length >= MAX_CONNECTIONS) return undefined;
    const connection = new ObservedConnection({
      id: this.connections.length + 1,
      ends: ends(),
      frame: segment.frame,
      atUs: segment.atUs,
      ...this.#making,
      before: known?.connection,
    });
    this.connections.push(connection);
    const placed: Placed = {connection, side: 0};
    this.#open.set(backOf(key), {connection, side: 1});
    this.#open.set(key, placed);
    return placed;
  }

  /** Lets the segments between two ports go to that of two connections whose sequence numbers are nearer. */
  #split(key: string, first: Placed, second: Placed): void {
    const nearest =
      (one: Placed, two: Placed) =>
      (segment: SeenSegment): Placed =>
        distance(one, segment) < distance(two, segment) ? one : two;
    const turned = ({connection, side}: Placed): Placed => ({connection, side: side === 0 ? 1 : 0});
    this.#open.set(key, {...second, nearest: nearest(first, second)});
    const back = nearest(turned(first), turned(second));
    this.#open.set(backOf(key), {...turned(second), nearest: back});
  }
}
