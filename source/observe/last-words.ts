// Whether one end of a connection fell silent while the other went on asking: what was sent since it was heard of. Bounded.
import type {Side} from './connections.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** Since `frame`, in which `side` was heard of last, the other end has said again or probed so often, until so much later. */
export type Silenced = {
  readonly side: Side;
  readonly frame: number;
  readonly tries: number;
  readonly us: number;
};

const asking = Mark.resent | Mark.keepAlive | Mark.zeroWindowProbe;

export class LastWords {
  #last: Silenced | undefined;
  readonly #frames: [number, number] = [0, 0];
  readonly #times: [number, number] = [0, 0];

  /** undefined: whoever spoke last had not asked again. */
  get silenced(): Silenced | undefined {
    return this.#last;
  }

  take(side: Side, segment: SeenSegment, marks: number): void {
    const {frame, atUs} = segment;
    const other: Side = side === 0 ? 1 : 0;
    this.#frames[side] = frame;
    this.#times[side] = atUs;
    const isSame = this.#last?.side === other;
    if (!isSame || has(segment, Flag.rst)) this.#last = undefined;
    if (!isSame && this.#frames[other] > 0 && !has(segment, Flag.rst))
      this.#last = {side: other, frame: this.#frames[other], tries: 0, us: 0};
    if (!this.#last || !(marks & asking)) return;
    this.#last = {...this.#last, tries: this.#last.tries + 1, us: atUs - this.#times[other]};
  }
}
