// Returns every host at any instant of a run. Some worlds are kept as checkpoints; those between them are computed again by the pure step
// when they are needed.
import {bisect} from '../wire/growing-list.ts';
import type {Why} from './because.ts';
import type {Plan} from './draft.ts';
import {stepWorld} from './step.ts';
import type {Operands} from './trace.ts';
import type {World} from './world.ts';

/** The number of instants between two checkpoints in a short run. */
const leastDistance = 8;
/**
 * The most checkpoints of a run. If there are more, every other one is removed, so that their distance doubles. Each takes 3 to 10 KB in a
 * run of one connection.
 */
const checkpointsMost = 8192;
const stretchesKept = 64;

/** A world that is kept, and the number of events that precede it. */
type Checkpoint = {readonly world: World; readonly events: number};

/** The worlds computed from one checkpoint on, as far as they were needed. */
type Stretch = {
  /** The places after the checkpoint, one for each event. */
  readonly places: Place[];
  newest: World;
};

/** The world after the instant of an event, with the values and the rule that caused the event. */
type Place = {
  readonly world: World;
  readonly operands: Operands | undefined;
  readonly because: Why;
};

export class Worlds {
  readonly #plan: Plan;
  #checkpoints: Checkpoint[] = [];
  #distance = leastDistance;
  #instants = 0;
  /** The stretches of computed worlds, by the number of events before each; the most recently used one is last. */
  readonly #stretches = new Map<number, Stretch>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /**
   * Keeps the world as a checkpoint at every n-th call. It is called for each instant of a run in order, with the world before it and the
   * number of events so far.
   */
  pass(world: World, events: number): void {
    if (this.#instants++ % this.#distance !== 0) return;
    this.#checkpoints.push({world, events});
    if (this.#checkpoints.length <= checkpointsMost) return;
    this.#checkpoints = this.#checkpoints.filter((_, index) => index % 2 === 0);
    this.#distance *= 2;
  }

  /** Returns the world after the instant of event `n`, which the run must have; 0 is before anything happened. */
  after(n: number): World {
    return n <= 0 ? this.#checkpointBefore(n).world : this.#stepTo(n).world;
  }

  operandsOf(n: number): Operands | undefined {
    return this.#stepTo(n).operands;
  }

  reasonOf(n: number): Why {
    return this.#stepTo(n).because;
  }

  #stepTo(n: number): Place {
    const checkpoint = this.#checkpointBefore(n);
    const stretch = this.#stretchFrom(checkpoint);
    const {places} = stretch;
    for (;;) {
      const place = places[n - checkpoint.events - 1];
      if (place) return place;
      const next = stepWorld(this.#plan, stretch.newest);
      if (!next) throw new RangeError(`no event ${n}`);
      const {world, events, operands} = next;
      stretch.newest = world;
      for (const [i, {because}] of events.entries()) places.push({world, operands: operands[i], because});
    }
  }

  /** Returns the last checkpoint with fewer than `n` events before it, or the first one. */
  #checkpointBefore(n: number): Checkpoint {
    const at = bisect(this.#checkpoints.length, (index) => (this.#checkpoints[index]?.events ?? 0) >= n);
    const checkpoint = this.#checkpoints[Math.max(0, at - 1)];
    if (!checkpoint) throw new Error('nothing was simulated');
    return checkpoint;
  }

  #stretchFrom({world, events}: Checkpoint): Stretch {
    const stretch = this.#stretches.get(events) ?? {places: [], newest: world};
    this.#stretches.delete(events);
    this.#stretches.set(events, stretch);
    const [oldest] = this.#stretches.keys();
    if (this.#stretches.size > stretchesKept && oldest !== undefined) this.#stretches.delete(oldest);
    return stretch;
  }
}
