// The known fate of each frame of a capture, in nine octets a frame: a verdict and up to two frames that show it.
import type {DeducedFate} from '../sim/trace.ts';

/**
 * The verdicts on the fate of a captured frame. `presumed` means that nothing speaks against its arrival; it is 0 because every frame
 * starts with it.
 */
export const Verdict = {
  presumed: 0,
  delivered: 1,
  presumedLost: 2,
  lost: 3,
  unknown: 4,
  /** The verdicts from here on were reported by ICMP, by the host or router that dropped the packet. */
  expired: 5,
  tooBig: 6,
  filtered: 7,
  noRoute: 8,
  noHost: 9,
} as const;

export type Verdict = (typeof Verdict)[keyof typeof Verdict];

const meanings: Readonly<Record<Verdict, Pick<DeducedFate, 'what' | 'how' | 'reason'>>> = {
  [Verdict.presumed]: {what: 'delivered', how: 'presumed'},
  [Verdict.delivered]: {what: 'delivered', how: 'proved'},
  [Verdict.presumedLost]: {what: 'lost', how: 'presumed'},
  [Verdict.lost]: {what: 'lost', how: 'proved'},
  [Verdict.unknown]: {what: 'unknown', how: 'presumed'},
  [Verdict.expired]: {what: 'lost', how: 'proved', reason: 'ttl'},
  [Verdict.tooBig]: {what: 'lost', how: 'proved', reason: 'too big'},
  [Verdict.filtered]: {what: 'lost', how: 'proved', reason: 'firewall'},
  [Verdict.noRoute]: {what: 'lost', how: 'proved', reason: 'no route'},
  [Verdict.noHost]: {what: 'lost', how: 'proved', reason: 'no such host'},
};

/** The fate of a packet that an ICMP message tells, and the frame in which the message came. */
export type Told = {readonly verdict: Verdict; readonly frame: number};

const verdicts: readonly Verdict[] = Object.values(Verdict);

export const meaningOf = (verdict: Verdict) => meanings[verdict];

const firstSize = 64;

/** The last frame whose fate is kept, so that the memory stays bounded however long a capture is. */
export const mostFrames = 1_000_000;
const none: readonly number[] = [];

export class FateColumns {
  #verdicts = new Uint8Array(firstSize);
  #shownBy = new Uint32Array(2 * firstSize);
  /** The number of frames at the last call of `changedSince`; 0 if it was not called yet. */
  #seen = 0;
  readonly #changed = new Set<number>();

  /** Sets the verdict on a frame and the frames that show it, at most two; 0 means none. It does not override what ICMP reported. */
  set(frame: number, verdict: Verdict, first = 0, second = 0): void {
    if (frame > mostFrames || this.#wasTold(frame)) return;
    if (frame >= this.#verdicts.length) this.#grow(frame);
    if (frame <= this.#seen) this.#changed.add(frame);
    this.#verdicts[frame] = verdict;
    this.#shownBy[2 * frame] = first;
    this.#shownBy[2 * frame + 1] = second;
  }

  /** Tells whether ICMP reported the frame's fate; nothing that is deduced overrides that. */
  #wasTold(frame: number): boolean {
    return (this.#verdicts[frame] ?? 0) >= Verdict.expired;
  }

  verdict(frame: number): Verdict {
    return verdicts[this.#verdicts[frame] ?? 0] ?? Verdict.presumed;
  }

  /** Returns the frames that show the verdict on a frame; empty if there are none. */
  shownBy(frame: number): readonly number[] {
    const [first, second] = [this.#shownBy[2 * frame] ?? 0, this.#shownBy[2 * frame + 1] ?? 0];
    if (first === 0) return none;
    return second === 0 ? [first] : [first, second];
  }

  /** Returns the frames whose verdict has changed since the last call, in rising order. `frames` is the number of frames by now. */
  changedSince(frames: number): readonly number[] {
    const changed = [...this.#changed].sort((a, b) => a - b);
    this.#changed.clear();
    this.#seen = frames;
    return changed;
  }

  /** Returns a copy of the fates that later verdicts don't change, because a capture may still be growing. */
  snapshot(): FateColumns {
    const copy = new FateColumns();
    copy.#verdicts = this.#verdicts.slice();
    copy.#shownBy = this.#shownBy.slice();
    return copy;
  }

  #grow(frame: number): void {
    const size = Math.max(2 * this.#verdicts.length, frame + 1);
    const verdicts = new Uint8Array(size);
    const shownBy = new Uint32Array(2 * size);
    verdicts.set(this.#verdicts);
    shownBy.set(this.#shownBy);
    this.#verdicts = verdicts;
    this.#shownBy = shownBy;
  }
}
