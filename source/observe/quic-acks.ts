// Tells which packets of a QUIC connection were acknowledged (RFC 9000 §13.1, §19.3), and which are lost according to those ACKs
// (RFC 9002 §6.1).
import type {AckRange} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import type {Level} from './quic-handshake.ts';
import {SequenceRanges} from './sequence-ranges.ts';

type Sent = {readonly number: number; readonly frame: number};

class Space {
  /** The numbers of all decrypted QUIC packets of the space, whether or not they need an ACK. */
  readonly seen = new SequenceRanges();
  readonly sent: Sent[] = [];
  /** The QUIC packets that need an ACK and had none when the losses were last asked for, and those sent since. */
  open: Sent[] = [];
  readonly acknowledged = new SequenceRanges();
  /** The frames of QUIC packets that no ACK has named yet, by packet number. */
  readonly waiting = new Map<number, number>();
  largest = -1;
  /** The capture's packet that contained the last ACK for this QUIC packet number space; 0 if there was none. */
  toldIn = 0;
}

/** A QUIC packet counts as lost once one with a number higher by this much has been acknowledged (RFC 9002 §6.1.1). */
const packetThreshold = 3;
/** The highest number of missing QUIC packet numbers that are returned. */
const mostMissing = 4;
/** The highest number of QUIC packets that are remembered while no ACK names them; packets that need no ACK may never be named. */
const mostWaiting = 1024;

export class QuicAcks {
  /**
   * The first frame whose ACK names a QUIC packet of a datagram, by the frame of that datagram. A packet number is never used twice (RFC
   * 9000 §12.3).
   */
  readonly namedIn = new Map<number, number>();
  /** The QUIC packet number spaces by sender and encryption level: index 3 · side + level. */
  readonly #spaces = Array.from({length: 6}, () => new Space());

  /** Notes a decrypted QUIC packet, whether or not it needs an ACK. */
  seen(side: Side, level: Level, {number, frame}: Sent): void {
    const {seen, waiting} = this.#spaces[3 * side + level] ?? new Space();
    seen.add(number, number + 1);
    waiting.set(number, frame);
    for (const oldest of waiting.keys()) {
      if (waiting.size <= mostWaiting) return;
      waiting.delete(oldest);
    }
  }

  /** Notes a decrypted QUIC packet that needs an ACK. */
  sent(side: Side, level: Level, packet: Sent): void {
    const space = this.#spaces[3 * side + level];
    space?.sent.push(packet);
    space?.open.push(packet);
  }

  /**
   * Returns the first packet numbers that no captured packet has, between two 1-RTT packets given by their frames: numbers are assigned in
   * order (RFC 9000 §12.3).
   */
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

  /** Notes an ACK frame that `side` sent in `frame`; it names QUIC packets of the other side. */
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
   * Returns the frames of this side's lost QUIC packets: never acknowledged, although an ACK that passed after them names packets sent at
   * least three later.
   */
  lost(side: Side): readonly number[] {
    return [...this.lostToldIn(side).keys()];
  }

  /** Returns the frames of this side's lost QUIC packets, each with the packet that contains the last ACK for its number space. */
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
