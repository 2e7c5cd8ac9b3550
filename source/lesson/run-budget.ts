// Limits the number of events that checking a lesson may simulate, for each run and for all runs together. It is the same on every machine.
import {usualEvents} from '../sim/budget.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import {runBudgetSentences} from '../words/catalogue/lesson.ts';
import type {Lesson, Run} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {type Problem, problemWith} from './problem.ts';
import {scenarioOf} from './run-scenario.ts';
import {allowMore, runTooLong} from './run-too-long.ts';

export type Simulate = (scenario: Scenario, about: {readonly source: string; readonly run: string}) => Trace;

/** All runs of a lesson together may have this many times as many events as one run may have. */
const runsTogether = 3;

const tooMuch = (most: number) =>
  problemWith(runBudgetSentences.theRunsOf, {runsTogether: runsTogether * most, most: allowMore(most)});

export class RunBudget {
  /** The errors about too many events: at most one, because nothing is simulated after it. */
  readonly errors: LessonError[] = [];
  readonly #lesson: Lesson;
  readonly #simulate: Simulate;
  readonly #most: number;
  #spent = 0;
  readonly #lengths = new Map<string, number>();

  constructor(lesson: Lesson, simulate: Simulate, most = usualEvents) {
    this.#lesson = lesson;
    this.#simulate = simulate;
    this.#most = most;
  }

  /** Simulates a run and returns its Trace; undefined if the lesson's runs have had too many events, which is added to `errors`. */
  traceOf(run: Run): Trace | undefined {
    const trace = this.again(run);
    if (!trace || this.#spent <= runsTogether * this.#most) return trace;
    this.#fail(tooMuch(this.#most), run);
    return undefined;
  }

  /**
   * Simulates a run, or a variant of it, and counts its events (for variants see `repeats`). Returns undefined after an error, or if this
   * run has too many events.
   */
  again(run: Run): Trace | undefined {
    if (this.errors.length > 0) return undefined;
    const about = {source: this.#lesson.id, run: run.name};
    const trace = this.#simulate({...scenarioOf(run), mostEvents: this.#most}, about);
    this.#spent += trace.length;
    this.#lengths.set(run.name, trace.length);
    if (trace.endReason !== 'budget') return trace;
    this.#fail(runTooLong(run.name, this.#most, trace.durationUs), run);
    return undefined;
  }

  /**
   * Returns how many variants of a run may be simulated: as many as have the events of one longest run, within what is left for all runs.
   */
  repeats({name}: Run): number {
    const left = Math.min(this.#most, runsTogether * this.#most - this.#spent);
    return Math.floor(left / Math.max(1, this.#lengths.get(name) ?? 1));
  }

  #fail(found: Problem, {position = {line: 1, column: 1}}: Run): void {
    this.errors.push({...found, file: this.#lesson.file, position});
  }
}
