// Classifies the pauses between one direction's data segments by what each waited for: their number, their total time, and the longest ones
// with the packets before and after. The memory that is used is bounded.
import {emptyList} from './short-list.ts';

/**
 * The cause of a pause in sending. `window`: the peer's window was full. `turn`: the other program sent. `program`: nothing hindered the
 * sender. `nagle`: a small segment was unacknowledged. `stall`: the path held segments up. `repair`: a retransmission ended it. `path`:
 * congestion window or path.
 */
export type PauseCause = 'window' | 'turn' | 'program' | 'nagle' | 'stall' | 'repair' | 'path';

/**
 * A pause in one direction's data. `from` and `frame` are the data packets before and after it; `us` is its length and `atUs` the time of
 * its end.
 */
export type Pause = {
  readonly from: number;
  readonly frame: number;
  readonly us: number;
  readonly atUs: number;
};

/** The pauses of one cause, `longest` in falling order. `smallEnds` counts those that ended with a segment that was not full. */
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

/** Returns the packets before and after the longest pauses of one cause, at most `limit` packets. */
export const framesOf = ({longest}: Pick<PausesOf, 'longest'>, limit = most): readonly number[] =>
  longest.slice(0, limit / 2).flatMap(({from, frame}) => [from, frame]);
