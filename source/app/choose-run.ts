// Chooses the run of a lesson by name, seed, profile, faults and settings, which come from options or a replay code.

import {carried} from '../io/pack-paths.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import {scenarioOf} from '../lesson/run-scenario.ts';
import {allRuns, calledName, runNamed, runVariant} from '../lesson/run-variant.ts';
import {worded} from '../lesson/text.ts';
import type {Refusals} from '../lesson/vary.ts';
import type {Fault} from '../sim/fault.ts';
import {type FaultTextError, formatFault, parseFault} from '../sim/fault-text.ts';
import {identityOf} from '../sim/identity.ts';
import type {Replay} from '../sim/replay.ts';
import {formatSetting, parseSetting, type Setting} from '../sim/setting.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {chooseRunSentences} from '../words/catalogue/cli.ts';
import {badFault, badSetting} from '../words/catalogue/errors.ts';
import {noHost, noLink, noRun} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';
import {shell, type Written} from '../words/written.ts';
import type {Arguments, Failure} from './command.ts';
import {budgetOf, numberList, optionalNumber, profileOf} from './options.ts';

/** Which run of a lesson is wanted, and how it is changed. The lesson's own values apply to absent members. */
export type Wish = {
  readonly run?: string | undefined;
  readonly seed?: number | undefined;
  readonly profile?: ProfileName | undefined;
  readonly faults?: readonly Fault[];
  readonly set?: readonly Setting[];
  /** The numbers of the packets to drop, from `--drop`; each must exist in the run. */
  readonly drops?: readonly number[];
  /** The most events of the run, from `--max-events`; the usual limit if absent. */
  readonly mostEvents?: number;
};

export type ChosenRun = {readonly run: Run; readonly replay: Replay};

const largestSeed = 0xffff_ffff;
const largestPacket = 2_000_000;

const faultFailure = (given: string, {code, part, allowed}: FaultTextError): Failure => {
  const list = allowed.join(', ');
  const what = {
    kind: worded(chooseRunSentences.kind, {part, list}),
    argument: worded(chooseRunSentences.argument, {part, list}),
    pattern: worded(chooseRunSentences.pattern, {part, list}),
  };
  return {...problemOf(badFault, {given, why: what[code]}), exit: 2};
};

/** Returns the wish for a run that the options of a command express; a failure if a value is wrong. */
export const wishOf = (args: Arguments): Result<Wish, Failure> => {
  const seed = optionalNumber(args, 'seed', 0, largestSeed);
  if (!seed.ok) return seed;
  const drops = numberList(args, 'drop', 1, largestPacket);
  if (!drops.ok) return drops;
  const faults: Fault[] = drops.value.map((packet) => ({kind: 'drop', at: {packet}}));
  for (const given of args.list('fault')) {
    const fault = parseFault(given);
    if (!fault.ok) return err(faultFailure(given, fault.error));
    faults.push(fault.value);
  }
  const set: Setting[] = [];
  for (const given of args.list('set')) {
    const setting = parseSetting(given);
    if (!setting) return err({...problemOf(badSetting, {given}), exit: 2});
    set.push(setting);
  }
  const budget = budgetOf(args);
  if (!budget.ok) return budget;
  return ok({
    run: args.value('run'),
    seed: seed.value,
    profile: profileOf(args),
    faults,
    ...(set.length > 0 ? {set} : {}),
    drops: drops.value,
    ...budget.value,
  });
};

/** Returns the options of the command line that ask for this run, so that they can be copied into a shell. */
export const wishWords = ({
  run,
  seed,
  profile,
  faults = [],
  set = [],
  mostEvents,
}: Wish): readonly Written<'shell'>[] => [
  ...(run === undefined ? [] : [shell`--run ${shell.text(run)}`]),
  ...(seed === undefined ? [] : [shell`--seed ${seed}`]),
  ...(profile === undefined ? [] : [shell`--profile ${shell.text(profile)}`]),
  ...faults.map((fault) => shell`--fault ${shell.text(formatFault(fault))}`),
  ...set.map((setting) => shell`--set ${shell.text(formatSetting(setting))}`),
  ...(mostEvents === undefined ? [] : [shell`--max-events ${mostEvents}`]),
];

const checkNames = (run: Run, faults: readonly Fault[]): Failure | undefined => {
  const hosts = run.hosts.map(({name}) => name);
  const links = run.links.map(({name}) => name);
  for (const {at} of faults) {
    for (const host of [at.from, at.to]) {
      if (host !== undefined && !hosts.includes(host)) return {...noHost(host, hosts), exit: 2};
    }
    if (at.link !== undefined && !links.includes(at.link)) return {...noLink(at.link, links), exit: 2};
  }
  return undefined;
};

const settingFailure = ([{message: what, remedy}]: Refusals): Failure => ({what, remedy, exit: 2});

/** Returns the lesson's run with these settings changed; a failure if a setting is refused. */
const setRun = async (lesson: Lesson, run: Run, set: readonly Setting[]): Promise<Result<Run, Failure>> => {
  if (set.length === 0) return ok(run);
  // The compiler of lessons is loaded only if a setting is changed.
  const {varied} = await import('../lesson/vary.ts');
  const made = varied(lesson, run.name, {set});
  if (made.ok) return made;
  return err(settingFailure(made.error));
};

/** Returns the lesson with a single run in which the settings are changed; the lesson itself if there are no settings. */
export const lessonWithSet = async (
  lesson: Lesson,
  name: string,
  set: readonly Setting[] = [],
): Promise<Result<Lesson, Failure>> => {
  const own = runNamed(lesson, name);
  if (set.length === 0 || !own) return ok(lesson);
  const run = await setRun(lesson, own, set);
  return run.ok ? ok({...lesson, runs: [run.value], whatIfs: []}) : run;
};

export const chooseRun = async (lesson: Lesson, wish: Wish): Promise<Result<ChosenRun, Failure>> => {
  const {faults = [], set = []} = wish;
  const base = wish.run === undefined ? lesson.runs[0] : runNamed(lesson, wish.run);
  if (base === undefined) {
    const known = allRuns(lesson).map(calledName);
    return err({...noRun(wish.run ?? '', lesson.id, known), exit: 2});
  }
  const wrong = checkNames(base, faults);
  if (wrong !== undefined) return err(wrong);
  const changed = await setRun(lesson, base, set);
  if (!changed.ok) return changed;
  const run = runVariant(changed.value, {...wish, faults});
  const {seed, profile} = run;
  const source = lesson.openedFrom === undefined ? lesson.id : carried(lesson.openedFrom);
  const identity = identityOf(scenarioOf(run));
  const replay = {source, identity, seed, profile, run: base.name, faults};
  return ok({run, replay: {...replay, ...(run.set ? {set: run.set} : {})}});
};
