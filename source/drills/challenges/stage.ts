// Simulates a challenge's run with the learner's possible moves, so that the generator knows the result of each.
import {attemptRun} from '../../lesson/attempt.ts';
import {readExpression} from '../../lesson/beats.ts';
import {evaluate} from '../../lesson/evaluate.ts';
import type {Lesson} from '../../lesson/lesson.ts';
import {loadLesson} from '../../lesson/load.ts';
import {namesOfRun, parseMove} from '../../lesson/move-text.ts';
import {Problems} from '../../lesson/problems.ts';
import {scenarioOf} from '../../lesson/run-scenario.ts';
import {simulate} from '../../sim/simulate.ts';
import type {Trace} from '../../sim/trace.ts';
import {fileText, type Ground} from './drill.ts';

const msUs = 1000;

type Loss = {readonly packet: number; readonly change: string; readonly ms: number};

export class Stage {
  readonly #lesson: Lesson | undefined;
  readonly #played = new Map<string, Trace | undefined>();

  constructor(ground: Ground) {
    const title = {en: '…', zh: '…'};
    const loaded = loadLesson(fileText('stage', ground, {title}), 'stage.yaml');
    this.#lesson = loaded.ok ? loaded.value : undefined;
  }

  /** Returns the simulated run of a generated challenge with these moves of the learner; undefined if one of them is not possible. */
  play(moves: readonly string[]): Trace | undefined {
    const key = moves.join(' ');
    if (!this.#played.has(key)) this.#played.set(key, this.#simulated(moves));
    return this.#played.get(key);
  }

  #simulated(moves: readonly string[]): Trace | undefined {
    const [run] = this.#lesson?.runs ?? [];
    if (!this.#lesson || !run) return undefined;
    const names = namesOfRun(run);
    const read = moves.flatMap((text) => {
      const move = parseMove(text, names);
      return move.ok ? [move.value] : [];
    });
    const attempt = attemptRun(this.#lesson, run, read);
    return attempt.ok && read.length === moves.length
      ? simulate(scenarioOf(attempt.value), {source: 'stage', run: run.name})
      : undefined;
  }

  /**
   * Simulates a run with these moves and returns the value of an expression at its end, times in milliseconds; undefined if it has no value
   * or is neither a number nor a time.
   */
  value(written: string, moves: readonly string[]): number | undefined {
    const [run] = this.#lesson?.runs ?? [];
    const trace = this.play(moves);
    if (!run || !trace) return undefined;
    const expression = readExpression(written, [], namesOfRun(run), new Problems());
    const value = expression && evaluate(expression, {trace, event: trace.length});
    if (!value?.ok) return undefined;
    if (value.value.kind === 'time') return value.value.us / msUs;
    return value.value.kind === 'number' ? value.value.value : undefined;
  }

  /**
   * Simulates the run once for each packet that `isMeant` admits, with that packet lost, and returns the expression's values in rising
   * order; packets without a value are left out.
   */
  losses(value: string, isMeant: (packet: number) => boolean): readonly Loss[] {
    const count = this.play([])?.packetCount ?? 0;
    return Array.from({length: count}, (_, index) => index + 1)
      .filter(isMeant)
      .flatMap((packet) => {
        const change = `drop@packet=${packet}`;
        const ms = this.value(value, [change]);
        return ms === undefined ? [] : [{packet, change, ms}];
      })
      .toSorted((one, other) => one.ms - other.ms || one.packet - other.packet);
  }

  carriesData(packet: number): boolean {
    return (this.value(`packet(${packet}).tcp.len`, []) ?? 0) > 0;
  }
}

/** The least difference in ms between the cheapest and the dearest loss of a packet; below it a challenge has nothing to find. */
export const worthwhile = 30;

/** Returns the first and the last of losses that are sorted by their time in ms; undefined if they differ by less than `worthwhile`. */
export const extremes = (all: readonly Loss[]): {readonly cheap: Loss; readonly dear: Loss} | undefined => {
  const [cheap, dear] = [all[0], all.at(-1)];
  return cheap && dear && dear.ms - cheap.ms >= worthwhile ? {cheap, dear} : undefined;
};
