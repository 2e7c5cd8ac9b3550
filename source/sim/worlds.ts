// Returns every host at any instant of a run. Some worlds are kept as checkpoints; those between them are computed again by the pure step
// when they are needed.
import {bisect} from '../wire/growing-list.ts';
import type {Why} from './because.ts';
import type {Plan} from './draft.ts';
import {stepWorld} from './step.ts';
import type {Operands} from './trace.ts';
import type {World} from './world.ts';

/** The distance of checkpoints in instants, in a short run. */
const leastDistance = 8;
/**
 * The most checkpoints. Beyond this number every other one is removed, so that their distance grows with the run. A checkpoint takes as
 * much memory as its instants changed and later ones changed again, 3 to 10 KB in a run of one connection.
 */
const checkpointsMost = 8192;
const stretchesKept = 64;

/** The world after `events` events. */
type Checkpoint = {readonly world: World; readonly events: number};

/** The worlds computed from one checkpoint on, as far as they were needed. */
type Stretch = {
  /** Places by event. */
  readonly places: Place[];
  newest: World;
};

/** The world after the instant of an event, and the event's cause. */
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
  /** Stretches by the number of events before them; the most recently used one is last. */
  readonly #stretches = new Map<number, Stretch>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /**
   * Keeps a checkpoint now and then. It is called for every instant of the run in order, with the world before it and the number of
   * events until then.
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

  /** Returns the last checkpoint before event `n`. */
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
