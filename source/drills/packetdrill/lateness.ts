// Computes how much later a real host may send what a timer sends: a timer wheel's slots end at times that no script knows.
import {lateUs} from '../../stack/tcp/timer-wheel.ts';
import type {HostStep} from './host.ts';

export class Lateness {
  /** The waits of running timers in µs. */
  readonly #waits = new Map<string, number>();
  readonly #onWheel: () => boolean;

  constructor(onWheel: () => boolean) {
    this.#onWheel = onWheel;
  }

  /** Returns the possible delay of what this step sends, in µs. */
  of({event, effects, nowUs}: HostStep): number {
    const fired = event.kind === 'timeout' ? this.#waits.get(`${event.connection} ${event.name}`) : undefined;
    for (const effect of effects) {
      if (effect.kind === 'timer' && effect.op === 'arm')
        this.#waits.set(`${effect.connection} ${effect.name}`, effect.dueUs - nowUs);
    }
    return fired === undefined || !this.#onWheel() ? 0 : lateUs(fired);
  }
}
