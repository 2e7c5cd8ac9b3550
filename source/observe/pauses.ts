// The pauses between data segments of one direction, by what each of them waited for: how many, how long together, and the longest ones
// with the packets between which they lie. Bounded.
import {emptyList} from './short-list.ts';

/**
 * `window`: the peer had no more room. `turn`: the other program spoke in between. `program`: nothing hindered the sender. `nagle`: a small
 * segment was not acknowledged. `stall`: the path held up what had left. `repair`: the pause ended by a repetition. `path`: a full
 * segment and room, so that the congestion window or the path made it wait.
 */
export type PauseCause = 'window' | 'turn' | 'program' | 'nagle' | 'stall' | 'repair' | 'path';

/** `from`, `frame`: the data segments before and behind it; `atUs`: when it ended. */
export type Pause = {
  readonly from: number;
  readonly frame: number;
  readonly us: number;
  readonly atUs: number;
};

/** `longest`: the longest first. `smallEnds`: so many ended with a segment that was not full. */
export type PausesOf = {
  count: number;
  us: number;
  smallEnds: number;
  longest: readonly Pause[];
};

const most = 8;

const nothing: Readonly<PausesOf> = {count: 0, us: 0, smallEnds: 0, longest: emptyList};

export class Pauses {
  #of: Map<PauseCause, PausesOf> | undefined;

  of(cause: PauseCause): Readonly<PausesOf> {
    return this.#of?.get(cause) ?? nothing;
  }

  add(cause: PauseCause, pause: Pause, small: boolean): void {
    this.#of ??= new Map();
    const known = this.#of.get(cause) ?? {...nothing};
    this.#of.set(cause, known);
    known.count += 1;
    known.us += pause.us;
    if (small) known.smallEnds += 1;
    const {longest} = known;
    if (longest.length === most && pause.us <= (longest[most - 1]?.us ?? 0)) return;
    const place = longest.findIndex(({us}) => us < pause.us);
    known.longest = longest.toSpliced(place < 0 ? longest.length : place, 0, pause).slice(0, most);
  }
}

/** The packets on both sides of the longest ones, so many at most. */
export const framesOf = ({longest}: Pick<PausesOf, 'longest'>, limit = most): readonly number[] =>
  longest.slice(0, limit / 2).flatMap(({from, frame}) => [from, frame]);
