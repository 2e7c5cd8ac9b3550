// The limit on what checking a lesson may cost, in events, for each run and for all runs together. It is the same on every machine.
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

/** All runs of a lesson together may have this many times as many events as one. */
const runsTogether = 3;

const tooMuch = (most: number) =>
  problemWith(runBudgetSentences.theRunsOf, {runsTogether: runsTogether * most, most: allowMore(most)});

export class RunBudget {
  /** The errors, of which there is at most one, because nothing more is simulated after the first. */
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

  /** Returns the trace of a run; undefined if the budget is spent, which `errors` says. */
  traceOf(run: Run): Trace | undefined {
    const trace = this.again(run);
    if (!trace || this.#spent <= runsTogether * this.#most) return trace;
    this.#fail(tooMuch(this.#most), run);
    return undefined;
  }

  /**
   * Simulates a variant of a run that has been simulated, at most as often as `repeats` allows; returns undefined if an error has been
   * found, or if the variant is too long.
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

  /** Returns how many variants of a run fit the cost of one long run and what is left for all runs. */
  repeats({name}: Run): number {
    const left = Math.min(this.#most, runsTogether * this.#most - this.#spent);
    return Math.floor(left / Math.max(1, this.#lengths.get(name) ?? 1));
  }

  #fail(found: Problem, {position = {line: 1, column: 1}}: Run): void {
    this.errors.push({...found, file: this.#lesson.file, position});
  }
}
