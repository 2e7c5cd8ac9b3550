// Where in a connection the things are that are told of it: a few frames of each, and the longest silence. Bounded.
import type {Side} from './connections.ts';
import type {Refusal} from './icmp-refusals.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import {Mark, retransmissionMarks} from './tcp-marks.ts';

export type Silence = {
  readonly us: number;
  /** That of the segment by which it ended. */
  readonly frame: number;
  readonly side: Side;
  readonly segment: Pick<SeenSegment, 'flags' | 'length'>;
  readonly marks: number;
  /** Who had sent data last; undefined: nobody had. */
  readonly lastData: Side | undefined;
  /** The window was closed to who ended it. */
  readonly windowClosed: boolean;
};

/** Further ones are only counted, elsewhere. */
const mostFrames = 4;

export type Noted = 'resent' | 'zeroWindow' | 'keepAlive' | 'lostBefore' | 'outOfOrder';

const noted: readonly (readonly [Noted, number])[] = [
  ['resent', retransmissionMarks | Mark.resent],
  ['zeroWindow', Mark.zeroWindow],
  ['keepAlive', Mark.keepAlive],
  ['lostBefore', Mark.lostBefore],
  ['outOfOrder', Mark.outOfOrder],
];

export class ConnectionNotes {
  readonly #frames = new Map<Noted, number[]>();
  #silence: Silence | undefined;
  #refusal: Refusal | undefined;
  #lastData: Side | undefined;
  readonly #windows: [number | undefined, number | undefined] = [undefined, undefined];

  /** The first ones, in the order of the file. */
  frames(kind: Noted): readonly number[] {
    return this.#frames.get(kind) ?? [];
  }

  /** The longest time between two segments, and what ended it; undefined: there is only one segment. */
  get silence(): Silence | undefined {
    return this.#silence;
  }

  /** The first ICMP message that says that a packet of it did not arrive. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
  }

  take(side: Side, segment: SeenSegment, marks: number, sinceUs: number | undefined): void {
    const {frame, flags, length, window} = segment;
    // What opens the connection is told as its opening.
    if (!has(segment, Flag.syn)) for (const [kind, mark] of noted) if (marks & mark) this.#note(kind, frame);
    const us = segment.atUs - (sinceUs ?? segment.atUs);
    const windowClosed = this.#windows[side === 0 ? 1 : 0] === 0;
    if (us > (this.#silence?.us ?? 0))
      this.#silence = {
        us,
        frame,
        side,
        segment: {flags, length},
        marks,
        lastData: this.#lastData,
        windowClosed,
      };
    this.#windows[side] = window;
    if (length > 0) this.#lastData = side;
  }

  #note(kind: Noted, frame: number): void {
    const known = this.#frames.get(kind);
    if (known === undefined) this.#frames.set(kind, [frame]);
    else if (known.length < mostFrames) known.push(frame);
  }
}
