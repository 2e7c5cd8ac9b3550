// Every host at any instant of a run: some worlds are kept as checkpoints, those between them are made again by the pure step
// when somebody looks.
import {bisect} from '../wire/growing-list.ts';
import type {Why} from './because.ts';
import type {Plan} from './draft.ts';
import {stepWorld} from './step.ts';
import type {Operands} from './trace.ts';
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
  readonly places: Place[];
  newest: World;
};

/** After the instant of an event, and what brought the event about. */
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

  /** The last checkpoint before event `n`. */
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
