// Which packets of a QUIC connection were acknowledged (RFC 9000 §13.1, §19.3), and which were lost as far as that shows
// (RFC 9002 §6.1).
import type {AckRange} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import type {Level} from './quic-handshake.ts';
import {SequenceRanges} from './sequence-ranges.ts';

type Sent = {readonly number: number; readonly frame: number};

class Space {
  /** Numbers of all that were opened, whether anybody waits for their ACK or not. */
  readonly seen = new SequenceRanges();
  readonly sent: Sent[] = [];
  /** Of these, and no others, that had no ACK when somebody asked last. */
  open: Sent[] = [];
  readonly acknowledged = new SequenceRanges();
  /** Frames by the numbers of packets that no ACK has named yet. */
  readonly waiting = new Map<number, number>();
  largest = -1;
  /** In which packet of the capture the last ACK was. */
  toldIn = 0;
}

/** RFC 9002 §6.1.1: a packet counts as lost once one so much later has been acknowledged. */
const packetThreshold = 3;
/** Named at most. */
const mostMissing = 4;
/** Packets that ask for no ACK may never be named. */
const mostWaiting = 1024;

export class QuicAcks {
  /** By the frame of a datagram: the first frame whose ACK names a packet in it. A number is never used twice (RFC 9000 §12.3). */
  readonly namedIn = new Map<number, number>();
  /** By sender and level. */
  readonly #spaces = Array.from({length: 6}, () => new Space());

  /** Any packet. */
  seen(side: Side, level: Level, {number, frame}: Sent): void {
    const {seen, waiting} = this.#spaces[3 * side + level] ?? new Space();
    seen.add(number, number + 1);
    waiting.set(number, frame);
    for (const oldest of waiting.keys()) {
      if (waiting.size <= mostWaiting) return;
      waiting.delete(oldest);
    }
  }

  /** One that waits for its ACK. */
  sent(side: Side, level: Level, packet: Sent): void {
    const space = this.#spaces[3 * side + level];
    space?.sent.push(packet);
    space?.open.push(packet);
  }

  /** The numbers between two 1-RTT packets that no packet has, by their frames: numbers are given in order (RFC 9000 §12.3). */
  missingBetween(side: Side, after: number, before: number): readonly number[] {
    const {sent, seen} = this.#spaces[3 * side + 2] ?? new Space();
    const numberOf = (frame: number): number => sent.find((each) => each.frame === frame)?.number ?? -1;
    const missing: number[] = [];
    for (let number = numberOf(after) + 1; number < numberOf(before); number++) {
      if (!seen.overlaps(number, number + 1)) missing.push(number);
      if (missing.length === mostMissing) break;
    }
    return missing;
  }

  /** By the other side. */
  acknowledged(side: Side, level: Level, ranges: readonly AckRange[], frame: number): void {
    const space = this.#spaces[3 * (side === 0 ? 1 : 0) + level];
    if (!space) return;
    space.toldIn = frame;
    for (const {first, last} of ranges) {
      space.acknowledged.add(first, last + 1);
      space.largest = Math.max(space.largest, last);
    }
    for (const [number, sentIn] of space.waiting) {
      if (!ranges.some(({first, last}) => first <= number && number <= last)) continue;
      space.waiting.delete(number);
      if (!this.namedIn.has(sentIn)) this.namedIn.set(sentIn, frame);
    }
  }

  /**
   * The frames of this sender's packets that never were acknowledged although later ones were, by an ACK behind them: one that was
   * overtaken on its way to the capture may still have been waiting for its own.
   */
  lost(side: Side): readonly number[] {
    return [...this.lostToldIn(side).keys()];
  }

  /** The same, each with the packet whose ACK is the last to show it. */
  lostToldIn(side: Side): ReadonlyMap<number, number> {
    const all = [0, 1, 2].flatMap((level) => {
      const space = this.#spaces[3 * side + level] ?? new Space();
      const {acknowledged, largest, toldIn} = space;
      space.open = space.open.filter(({number}) => !acknowledged.overlaps(number, number + 1));
      return space.open
        .filter(({number, frame}) => number + packetThreshold <= largest && frame < toldIn)
        .map(({frame}) => [frame, toldIn] as const);
    });
    return new Map(all);
  }
}
