// Keeps the time of each frame of a capture, for findings that name frames. The memory is bounded: of a long capture, only the time of every
// second, fourth … frame is kept.
import {floats} from '../wire/growing-list.ts';

/** The most times that are kept, of eight octets each. */
const mostTimes = 1_000_000;

export class FrameTimes {
  readonly #most: number;
  readonly #kept = floats();
  /** Of so many frames one after the other, the time of the first is kept. */
  #step = 1;
  #frames = 0;

  constructor(most = mostTimes) {
    this.#most = most;
  }

  /** Adds the time in µs of the next frame. */
  add(atUs: number): void {
    if (this.#frames % this.#step === 0) {
      if (this.#kept.length === this.#most) this.#thin();
      if (this.#frames % this.#step === 0) this.#kept.push(atUs);
    }
    this.#frames += 1;
  }

  /** Returns the time in µs of a frame, or of the last one before it whose time is kept. */
  at(frame: number): number {
    return this.#kept.at(Math.floor((frame - 1) / this.#step)) ?? 0;
  }

  #thin(): void {
    const half = Math.ceil(this.#kept.length / 2);
    for (let place = 0; place < half; place++) this.#kept.set(place, this.#kept.at(2 * place) ?? 0);
    this.#kept.cut(half);
    this.#step *= 2;
  }
}
