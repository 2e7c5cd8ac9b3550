// Which packets of a QUIC connection were acknowledged (RFC 9000 §13.1, §19.3), and which were lost as far as that shows
// (RFC 9002 §6.1).
import type {AckRange} from '../wire/quic/frame.ts';
import type {Side} from './connections.ts';
import type {Level} from './quic-handshake.ts';
import {SequenceRanges} from './sequence-ranges.ts';

type Sent = {readonly number: number; readonly frame: number};

type Space = {
  readonly sent: Sent[];
  readonly acknowledged: SequenceRanges;
  largest: number;
  /** In which packet of the capture the last ACK was. */
  toldIn: number;
};

/** RFC 9002 §6.1.1: a packet counts as lost once one so much later has been acknowledged. */
const packetThreshold = 3;

const newSpace = (): Space => ({sent: [], acknowledged: new SequenceRanges(), largest: -1, toldIn: 0});

export class QuicAcks {
  /** By sender and level. */
  readonly #spaces = Array.from({length: 6}, newSpace);

  sent(side: Side, level: Level, packet: Sent): void {
    this.#spaces[3 * side + level]?.sent.push(packet);
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
