// `check`: judges lesson files, packetdrill scripts and resolver replays, all of them, whatever is wrong with the first.
import {basename} from 'node:path';
import {filesToJudge, judgeBeliefs} from '../app/check-pack.ts';
import type {Command, Context, Failure} from '../app/command.ts';
import {simulator} from '../app/crypto-of.ts';
import {lessonFailure} from '../app/lesson-failure.ts';
import {readLessonFile} from '../app/lesson-file.ts';
import {isScript} from '../app/open-source.ts';
import {type Budget, budgetOf, known, profileNames, runOptions} from '../app/options.ts';
import {printFailure, printJson, printLine} from '../app/print.ts';
import type {ScriptFailure} from '../drills/packetdrill/failure.ts';
import type {ReplayFailure} from '../drills/rpl/failure.ts';
import {lessonData, lessonIds} from '../io/lessons.ts';
import {beliefFile} from '../io/pack.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {unknownKind} from '../words/catalogue/errors.ts';
import {problemOf} from '../words/problem.ts';

type Finding = {
  readonly failure: Failure;
  readonly script?: ScriptFailure;
  readonly replay?: ReplayFailure;
};

/** Lessons that are judged together may lead to each other, and to ours. */
const lessonsBeside = (files: readonly string[]): readonly string[] => [
  ...lessonIds(),
  ...files.map((file) => basename(file).replace(/\.ya?ml$/i, '')),
];

type Judged = {readonly file: string; readonly files: readonly string[]; readonly budget: Budget};

/** The pack's own come first: they are what a slip of the pen was meant to be. */
const judgeLesson = async ({file, files, budget}: Judged): Promise<readonly Finding[]> => {
  const lesson = await readLessonFile(file);
  if (!lesson.ok) return lesson.error.map((failure) => ({failure}));
  const {beliefs = []} = lesson.value;
  const {checkLesson} = await import('../lesson/check.ts');
  const data = lessonData();
  const misconceptions = [...beliefs, ...data.misconceptions];
  const known = {...data, misconceptions, lessons: lessonsBeside(files), ...budget};
  const errors = checkLesson(lesson.value, await simulator([lesson.value]), known);
  return errors.map((error) => ({failure: lessonFailure(error)}));
};

const judgeScript = async (
  file: string,
  profile: ProfileName | undefined,
  budget: Budget,
): Promise<readonly Finding[]> => {
  const {runScriptFile, scriptFailure} = await import('../app/open-script.ts');
  const run = await runScriptFile(file, {profile, ...budget});
  if (!run.ok) return [{failure: run.error}];
  const script = run.value.failure;
  return script === undefined ? [] : [{failure: await scriptFailure(file, script), script}];
};

const judgeReplay = async (file: string): Promise<readonly Finding[]> => {
  const {replayFailure, runReplayFile} = await import('../app/open-replay.ts');
  const run = await runReplayFile(file);
  if (!run.ok) return [{failure: run.error}];
  const replay = run.value;
  return replay === undefined ? [] : [{failure: await replayFailure(file, replay), replay}];
};

const judge = async (judged: Judged, profile: ProfileName | undefined): Promise<readonly Finding[]> => {
  const {file, budget} = judged;
  if (basename(file) === beliefFile) return (await judgeBeliefs(file, budget)).map((failure) => ({failure}));
  if (/\.ya?ml$/i.test(file)) return judgeLesson(judged);
  if (isScript(file)) return judgeScript(file, profile, budget);
  if (/\.rpl$/i.test(file)) return judgeReplay(file);
  return [{failure: {...problemOf(unknownKind, {file, command: 'check'}), exit: 2}}];
};

const placeOf = (place: string | undefined): {readonly line: number; readonly column: number} => {
  const match = /:(\d+):(\d+)$/.exec(place ?? '');
  return {line: Number(match?.[1] ?? 0), column: Number(match?.[2] ?? 0)};
};

/** Of a script also both sides, each in both notations; of a replay what differs, in the format's words. */
const jsonLine = async (file: string, finding: Finding | undefined, {language}: Context): Promise<object> => {
  if (finding === undefined) return {file, ok: true};
  const {failure, script, replay} = finding;
  const place = placeOf(failure.place);
  const remedy = failure.remedy[language];
  if (script === undefined) {
    const {expected, actual} = replay ?? {};
    const error = {...place, message: failure.what[language], remedy, expected, actual};
    return {file, ok: false, error};
  }
  const {wholeMessage} = await import('../drills/packetdrill/failure.ts');
  const {expected, actual, needs} = script;
  const message = `${file}: ${wholeMessage(script)[language]}`;
  return {file, ok: false, error: {...place, message, remedy, expected, actual, needs}};
};

/** What is wrong beside several lessons is no news the second time. */
const printOnce = (failure: Failure, said: Set<string>, {language}: Context): void => {
  const words = `${failure.what.en} ${failure.place}`;
  if (said.has(words)) return;
  said.add(words);
  printFailure(failure, language);
};

/** Lessons name their own profiles: that is for scripts. */
const options = runOptions.filter(({name}) => name === 'profile' || name === 'max-events');

export const check: Command = {
  options,
  run: async (args, context) => {
    const profile = known(profileNames, args.value('profile'));
    const budget = budgetOf(args);
    if (!budget.ok) return budget.error;
    const judged = filesToJudge(args.positionals);
    if (!judged.ok) return judged.error;
    const files = judged.value;
    const said = new Set<string>();
    let worst: 0 | 1 | 2 = 0;
    for (const file of files) {
      const findings = await judge({file, files, budget: budget.value}, profile);
      const [first] = findings;
      if (first !== undefined && first.failure.exit > worst) worst = first.failure.exit;
      if (context.json) printJson(await jsonLine(file, first, context));
      else if (first === undefined) printLine(`${file}: ok`);
      else for (const {failure} of findings) printOnce(failure, said, context);
    }
    return worst;
  },
};
