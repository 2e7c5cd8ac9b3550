// Which packets of a QUIC connection were acknowledged (RFC 9000 §13.1, §19.3), and which were lost as far as that shows
// (RFC 9002 §6.1).
import type {AckRange} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import type {Level} from './quic-handshake.ts';
import {SequenceRanges} from './sequence-ranges.ts';

type Sent = {readonly number: number; readonly frame: number};

type Space = {
  /** Numbers of all that were opened, whether anybody waits for their ACK or not. */
  readonly seen: SequenceRanges;
  readonly sent: Sent[];
  readonly acknowledged: SequenceRanges;
  largest: number;
  /** In which packet of the capture the last ACK was. */
  toldIn: number;
};

/** RFC 9002 §6.1.1: a packet counts as lost once one so much later has been acknowledged. */
const packetThreshold = 3;
/** Named at most. */
const mostMissing = 4;

const newSpace = (): Space => ({
  ...{seen: new SequenceRanges(), sent: [], acknowledged: new SequenceRanges()},
  ...{largest: -1, toldIn: 0},
});

export class QuicAcks {
  /** By sender and level. */
  readonly #spaces = Array.from({length: 6}, newSpace);

  /** Any packet. */
  seen(side: Side, level: Level, number: number): void {
    this.#spaces[3 * side + level]?.seen.add(number, number + 1);
  }

  /** One that waits for its ACK. */
  sent(side: Side, level: Level, packet: Sent): void {
    this.#spaces[3 * side + level]?.sent.push(packet);
  }

  /** The numbers between two 1-RTT packets that no packet has, by their frames: numbers are given in order (RFC 9000 §12.3). */
  missingBetween(side: Side, after: number, before: number): readonly number[] {
    const {sent, seen} = this.#spaces[3 * side + 2] ?? newSpace();
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
  }

  /**
   * The frames of this sender's packets that never were acknowledged although later ones were, by an ACK behind them: one that was
   * overtaken on its way to the capture may still have been waiting for its own.
   */
  lost(side: Side): readonly number[] {
    return [0, 1, 2].flatMap((level) => {
      const {sent, acknowledged, largest, toldIn} = this.#spaces[3 * side + level] ?? newSpace();
      return sent
        .filter(
          ({number, frame}) =>
            number + packetThreshold <= largest &&
            frame < toldIn &&
            !acknowledged.overlaps(number, number + 1),
        )
        .map(({frame}) => frame);
    });
  }
}
