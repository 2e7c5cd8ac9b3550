// Computes how much later a real host may send what a timer makes it send: a slot of Linux's timer wheel ends at a time that no script can
// know.
import {lateUs} from '../../stack/tcp/timer-wheel.ts';
import type {HostStep} from './host.ts';

export class Lateness {
  /** The time in µs for which each running timer was set, by connection and timer name. */
  readonly #waits = new Map<string, number>();
  readonly #onWheel: () => boolean;

  constructor(onWheel: () => boolean) {
    this.#onWheel = onWheel;
  }

  /** Returns by how many µs a real host may send the segments of this step later, if a timer on a timer wheel caused them; otherwise 0. */
  of({event, effects, nowUs}: HostStep): number {
    const fired = event.kind === 'timeout' ? this.#waits.get(`${event.connection} ${event.name}`) : undefined;
    for (const effect of effects) {
      if (effect.kind === 'timer' && effect.op === 'arm')
        this.#waits.set(`${effect.connection} ${effect.name}`, effect.dueUs - nowUs);
    }
    return fired === undefined || !this.#onWheel() ? 0 : lateUs(fired);
  }
}
