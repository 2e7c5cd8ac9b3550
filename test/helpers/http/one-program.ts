// One program of HTTP without a network: what happens to it goes in, its effects are kept, time is what the test says.
import type {HttpEffect, HttpEvent} from '../../../source/stack/http/call.ts';
import type {HttpNote} from '../../../source/stack/http/note.ts';
import {acted} from '../acted.ts';

type Env = {readonly nowUs: number; readonly addresses: readonly string[]; readonly chance: () => number};
type Step<State> = (
  state: State,
  event: HttpEvent,
  env: Env,
) => {readonly state: State; readonly effects: readonly HttpEffect[]};

export class OneProgram<State> {
  nowUs = 0;
  readonly effects: HttpEffect[] = [];
  readonly timers = new Map<string, number>();
  readonly #step: Step<State>;
  #state: State;

  constructor(step: Step<State>, state: State) {
    this.#step = step;
    this.#state = state;
    this.happen({kind: 'start'});
  }

  happen(event: HttpEvent): this {
    const env = {nowUs: this.nowUs, addresses: [], chance: () => 7};
    const {state, effects} = this.#step(this.#state, event, env);
    this.#state = state;
    for (const effect of effects) {
      if (effect.kind !== 'timer') continue;
      if (effect.op === 'arm') this.timers.set(effect.timer, effect.dueUs);
      else if (!this.timers.delete(effect.timer))
        throw new Error(`${effect.timer} is cancelled, and was not armed`);
    }
    acted(...effects);
    this.effects.push(...effects);
    return this;
  }

  /** The timer that is due next. */
  wait(): this {
    const [next] = [...this.timers].sort((a, b) => a[1] - b[1]);
    if (!next) return this;
    const [timer, dueUs] = next;
    this.timers.delete(timer);
    this.nowUs = dueUs;
    return this.happen({kind: 'timer', timer});
  }

  get notes(): readonly HttpNote[] {
    return this.effects.flatMap((effect) => (effect.kind === 'note' ? [effect.note] : []));
  }
}
