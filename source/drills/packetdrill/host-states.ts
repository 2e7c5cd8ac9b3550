// Remembers the state of the host under test after each step of a packetdrill script. A script may have a hundred thousand steps with large
// states, so only some are kept; the others are computed again by the pure step function.
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {emptyTcp} from '../../stack/tcp/tcp.ts';
import {type HostStep, stepTcp} from './host.ts';

/** The largest number of host states that are kept of a script. When there are more, every other one is dropped. */
const mostKept = 256;
const stretchesKept = 16;

/**
 * The input of one step of the host under test. `before` is set only if the step did not start from the state that the previous step left.
 */
type Turn = Pick<HostStep, 'nowUs' | 'event' | 'settings'> & {readonly before: Tcp | undefined};

export class HostStates {
  readonly #most: number;
  readonly #turns: Turn[] = [];
  /** The kept states of the host: after steps 0, `#distance`, 2 × `#distance`, and so on. */
  #kept: Tcp[] = [];
  #distance = 1;
  #last: Tcp = emptyTcp;
  /** States that were computed again, by the index of the kept state from which they start. The most recently used entry is last. */
  readonly #stretches = new Map<number, Tcp[]>();

  constructor(most = mostKept) {
    this.#most = most;
  }

  get kept(): number {
    return this.#kept.length;
  }

  add({nowUs, event, settings, before, tcp}: HostStep): void {
    const like = this.#turns.at(-1)?.settings;
    this.#turns.push({
      nowUs,
      event,
      before: before === this.#last ? undefined : before,
      settings: like !== undefined && isAlike(like, settings) ? like : settings,
    });
    this.#last = tcp;
    if ((this.#turns.length - 1) % this.#distance !== 0) return;
    this.#kept.push(tcp);
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#distance *= 2;
  }

  /** Returns the state of the host under test after a step, computed again if it was not kept; the first step is number 0. */
  after(step: number): Tcp {
    const place = Math.floor(step / this.#distance);
    const stretch = this.#stretchFrom(place);
    for (let next = place * this.#distance + stretch.length; next <= step; next++) {
      const turn = this.#turns[next];
      const before = turn?.before ?? stretch.at(-1);
      if (turn === undefined || before === undefined) throw new RangeError(`no step ${step}`);
      stretch.push(stepTcp(before, turn).tcp);
    }
    return stretch[step - place * this.#distance] ?? emptyTcp;
  }

  #stretchFrom(place: number): Tcp[] {
    const kept = this.#kept[place];
    const stretch = this.#stretches.get(place) ?? (kept === undefined ? [] : [kept]);
    this.#stretches.delete(place);
    this.#stretches.set(place, stretch);
    const [oldest] = this.#stretches.keys();
    if (this.#stretches.size > stretchesKept && oldest !== undefined) this.#stretches.delete(oldest);
    return stretch;
  }
}

/**
 * Tells whether two settings have the same values. The settings of a socket are a new object in each step, so comparing identities is
 * not enough.
 */
const isAlike = (one: TcpSettings, other: TcpSettings): boolean => {
  if (one === other) return true;
  for (const key in one) if (Reflect.get(one, key) !== Reflect.get(other, key)) return false;
  return Object.keys(one).length === Object.keys(other).length;
};
