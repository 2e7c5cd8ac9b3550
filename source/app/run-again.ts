// Simulates a run of a lesson once more: with something altered, or beside another run of it.

import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import type {Problem} from '../lesson/problem.ts';
import {runVariant} from '../lesson/run-variant.ts';
import type {Settable} from '../lesson/settable.ts';
import type {SettingRefusal, Vary} from '../sim/fork.ts';
import {identityOf} from '../sim/identity.ts';
import {encodeReplay} from '../sim/replay.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import type {TitleBeside, Together} from '../ui/opened-run.ts';
import type {Tells} from '../view/story/told-beside.ts';
import {err, ok} from '../wire/result.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {type ChosenRun, chooseRun, type Wish} from './choose-run.ts';
import {cryptoFor} from './crypto-of.ts';
import {tellsOf} from './departure.ts';
import {asidesOf, runTitle} from './other-runs.ts';

type Told = {
  /** The beats of the lesson that still match an event of the changed run. */
  readonly beats: readonly BoundBeat[];
  /** The beats at the beginning and the end of a what-if: its title and its outcome. */
  readonly asides: readonly BoundBeat[];
  readonly tells: Tells;
};

export type Again = {
  readonly scenario: Scenario;
  simulate(scenario: Scenario): {readonly trace: Trace; told(): Told};
  readonly together: Together | undefined;
  /** The settings of hosts and links that the reader may change; absent if no lesson file describes the run. */
  readonly world: World | undefined;
};

/** The settings of hosts, links and programs that a reader may change. `prepare` loads what they need, because few readers use them. */
type World = {
  prepare(): Promise<void>;
  readonly vary: Vary;
  settables(): readonly Settable[];
};

const titleBeside = (lesson: Lesson, run: Run): TitleBeside => ({
  title: runTitle(lesson, run),
  lettered: run.lettered,
});

/**
 * Returns the names of two runs to compare: a what-if with the run that it changes, another run with the first, and otherwise the two that
 * the lesson names.
 */
const pairOf = (
  {runs, whatIfs, together = []}: Lesson,
  playing: string,
): readonly [string, string] | undefined => {
  const changed = whatIfs.find(({run}) => run.name === playing)?.changes;
  const [a = runs[0]?.name, b] = together;
  const left = changed ?? a;
  const right = playing === left ? b : playing;
  return left === undefined || right === undefined ? undefined : [left, right];
};

/** Converts a problem with a setting to the player's texts; the simulator's own texts exist in every language. */
const refusalOf = ({message, remedy}: Problem): SettingRefusal => ({
  message: inEvery((language) => message[language]),
  remedy: inEvery((language) => remedy[language]),
});

const compilerOf = async () => ({
  ...(await import('../lesson/vary.ts')),
  ...(await import('../lesson/settable.ts')),
});

/** Returns the settings that the reader may change in a run. They are loaded at once if the run has changed settings already. */
const worldOf = async (
  lesson: Lesson,
  {name, set}: Run,
  scenarioOf: (run: Run) => Scenario,
): Promise<World> => {
  let compiler = set && (await compilerOf());
  // The list of settings is kept, because each key on a host's page asks for it and it takes tens of milliseconds to make.
  let settables: readonly Settable[] | undefined;
  return {
    async prepare() {
      compiler ??= await compilerOf();
    },
    vary(asked) {
      if (!compiler) throw new Error('the compiler of settings is not loaded');
      const made = compiler.varied(lesson, name, {set: asked});
      return made.ok ? ok(scenarioOf(made.value)) : err(refusalOf(made.error[0]));
    },
    settables() {
      settables ??= compiler?.settablesOf(lesson, name);
      return settables ?? [];
    },
  };
};

const togetherOf = async (
  lesson: Lesson,
  run: Run,
  {wish, ownOf}: {readonly wish: Wish; readonly ownOf: (own: Run) => Trace},
): Promise<Together | undefined> => {
  const chosen: ChosenRun[] = [];
  for (const name of pairOf(lesson, run.name) ?? []) {
    const result = await chooseRun(lesson, {...wish, run: name, faults: [], set: [], drops: []});
    if (result.ok) chosen.push(result.value);
  }
  const [a, b] = chosen;
  if (!a || !b) return undefined;
  return {
    titles: [titleBeside(lesson, a.run), titleBeside(lesson, b.run)],
    codes: [encodeReplay(a.replay), encodeReplay(b.replay)],
    traces: () => [ownOf(a.run), ownOf(b.run)],
  };
};

export const againOf = async (lesson: Lesson, run: Run, wish: Wish): Promise<Again> => {
  const {simulate} = await import('../sim/simulate.ts');
  const {bindTold} = await import('../lesson/bind.ts');
  const {signedFor} = await import('../lesson/signed.ts');
  const {scenarioOf} = await import('../lesson/run-scenario.ts');
  const crypto = await cryptoFor([lesson]);
  const {mostEvents} = wish;
  const bounded = (of: Run): Scenario => ({
    ...scenarioOf(of, crypto),
    ...(mostEvents === undefined ? {} : {mostEvents}),
  });
  const traceOf = (scenario: Scenario, name: string): Trace =>
    simulate(scenario, {source: lesson.id, run: name});
  const asked = bounded(run);

  // The traces of unchanged runs are kept, because changed runs are described and compared with them.
  const written = new Map<string, Trace>();
  const ownOf = (own: Run): Trace => {
    const scenario = bounded(own);
    const key = `${own.name} ${identityOf(scenario)}`;
    const trace = written.get(key) ?? traceOf(scenario, own.name);
    written.set(key, trace);
    return trace;
  };

  const world = await worldOf(lesson, run, (own) =>
    bounded(runVariant(own, {...wish, faults: wish.faults ?? []})),
  );

  return {
    scenario: asked,
    simulate(scenario) {
      const trace = scenario === asked ? ownOf(run) : traceOf(scenario, run.name);
      const told = (): Told => {
        const signed = signedFor(lesson, {name: run.name, scenario}, ownOf);
        const beats = bindTold(signed, run.name, trace);
        const tells = tellsOf(lesson, scenario, {trace, beats, traceOf: ownOf});
        return {beats, asides: asidesOf(signed, run.name, trace), tells};
      };
      return {trace, told};
    },
    together: await togetherOf(lesson, run, {wish, ownOf}),
    world: lesson.ground && world,
  };
};
