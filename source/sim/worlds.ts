// Every host at any instant of a run: some worlds are kept as checkpoints, those between them are made again by the pure step
// when somebody looks (design.md, "sim").
import type {Plan} from './draft.ts';
import {stepWorld} from './step.ts';
import type {World} from './world.ts';

/** In instants, of a short run. */
const leastDistance = 8;
/**
 * Beyond so many, every other one goes: their distance grows with the run, their number does not. One costs what its instants
 * changed and later ones changed again, 3 to 10 KB in a run of one connection.
 */
const checkpointsMost = 8192;
const stretchesKept = 64;

/** The world after `events` events. */
type Checkpoint = {readonly world: World; readonly events: number};

/** From a checkpoint on, as far as somebody has looked. */
type Stretch = {
  /** By event. */
  readonly worlds: World[];
  newest: World;
};

export class Worlds {
  readonly #plan: Plan;
  #checkpoints: Checkpoint[] = [];
  #distance = leastDistance;
  #instants = 0;
  /** By the events before them; most recently used last. */
  readonly #stretches = new Map<number, Stretch>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Told of every instant of the run, in order: the world as it was before that instant, and the events until then. */
  pass(world: World, events: number): void {
    if (this.#instants++ % this.#distance !== 0) return;
    this.#checkpoints.push({world, events});
    if (this.#checkpoints.length <= checkpointsMost) return;
    this.#checkpoints = this.#checkpoints.filter((_, index) => index % 2 === 0);
    this.#distance *= 2;
  }

  /** The world after the instant of event `n`, which the run must have; 0: before anything happened. */
  after(n: number): World {
    const checkpoint = this.#checkpointBefore(n);
    if (n <= 0) return checkpoint.world;
    const stretch = this.#stretchFrom(checkpoint);
    const {worlds} = stretch;
    for (;;) {
      const world = worlds[n - checkpoint.events - 1];
      if (world) return world;
      const next = stepWorld(this.#plan, stretch.newest);
      if (!next) throw new RangeError(`no event ${n}`);
      stretch.newest = next.world;
      for (let i = 0; i < next.events.length; i++) worlds.push(next.world);
    }
  }

  /** The last checkpoint before event `n`, by bisection. */
  #checkpointBefore(n: number): Checkpoint {
    let low = 0;
    let high = this.#checkpoints.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#checkpoints[middle]?.events ?? 0) < n) low = middle;
      else high = middle;
    }
    const checkpoint = this.#checkpoints[low];
    if (!checkpoint) throw new Error('nothing was simulated');
    return checkpoint;
  }

  #stretchFrom({world, events}: Checkpoint): Stretch {
    const stretch = this.#stretches.get(events) ?? {worlds: [], newest: world};
    this.#stretches.delete(events);
    this.#stretches.set(events, stretch);
    const [oldest] = this.#stretches.keys();
    if (this.#stretches.size > stretchesKept && oldest !== undefined) this.#stretches.delete(oldest);
    return stretch;
  }
}
