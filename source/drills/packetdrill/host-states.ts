// What the host under test was after each of its steps. A script may have a hundred thousand of them, and what each of them leaves behind
// may be large: some are kept, those between are made again by the pure step when somebody looks.
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {emptyTcp} from '../../stack/tcp/tcp.ts';
import {type HostStep, stepTcp} from './host.ts';

/** Beyond so many, every other one goes. */
const mostKept = 256;
const stretchesKept = 16;

/** `before`: where the step did not begin with what the one before it left. */
type Turn = Pick<HostStep, 'nowUs' | 'event' | 'settings'> & {readonly before: Tcp | undefined};

export class HostStates {
  readonly #most: number;
  readonly #turns: Turn[] = [];
  /** After every so many steps. */
  #kept: Tcp[] = [];
  #distance = 1;
  #last: Tcp = emptyTcp;
  /** From one that is kept on, as far as somebody has looked; most recently used last. */
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

  /** The first step is 0. */
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

/** Sockets have settings of their own, made anew for each step. */
const isAlike = (one: TcpSettings, other: TcpSettings): boolean => {
  if (one === other) return true;
  for (const key in one) if (Reflect.get(one, key) !== Reflect.get(other, key)) return false;
  return Object.keys(one).length === Object.keys(other).length;
};
