// `check`: judges lesson files, packetdrill scripts and resolver replays, all of them, whatever is wrong with the first.
import {basename, dirname, join} from 'node:path';
import {exists, readText} from '../io/files.ts';
import {certificateTexts, lessonData, lessonIds} from '../io/lessons.ts';
import {zoneTexts} from '../io/zone-files.ts';
import type {Misconception} from '../lesson/data.ts';
import type {LessonError} from '../lesson/lesson-error.ts';
import type {ScriptFailure} from '../lesson/packetdrill/failure.ts';
import type {ReplayFailure} from '../lesson/rpl/failure.ts';
import {unknownKind} from '../present/text/errors.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {Command, Context, Failure} from './command.ts';
import {cryptoOf} from './crypto-of.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';
import {isScript} from './open-source.ts';
import {known, profileNames, runOptions} from './options.ts';
import {printFailure, printLine} from './print.ts';

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

type Judged = {readonly file: string; readonly files: readonly string[]};

const beliefFile = 'misconceptions.yaml';

type Beliefs = {readonly beliefs: readonly Misconception[]; readonly errors: readonly LessonError[]};

const noBeliefs: Beliefs = {beliefs: [], errors: []};

/** What a pack has of its own, in the folder of its lessons. */
const beliefsIn = async (file: string): Promise<Beliefs> => {
  const text = readText(file);
  if (!text.ok) return noBeliefs;
  const {loadData} = await import('../lesson/load-data.ts');
  const data = loadData({misconceptions: {text: text.value, file}});
  return data.ok ? {beliefs: data.value.misconceptions, errors: []} : {beliefs: [], errors: data.error};
};

const beliefsBeside = (file: string): Promise<Beliefs> | Beliefs => {
  const beside = join(dirname(file), beliefFile);
  return exists(beside) ? beliefsIn(beside) : noBeliefs;
};

const judgeBeliefs = async (file: string): Promise<readonly Finding[]> => {
  const text = readText(file);
  if (!text.ok) return [{failure: fileFailure(file, text.error)}];
  return (await beliefsIn(file)).errors.map((error) => ({failure: lessonFailure(error)}));
};

const judgeLesson = async ({file, files}: Judged): Promise<readonly Finding[]> => {
  const text = readText(file);
  if (!text.ok) return [{failure: fileFailure(file, text.error)}];
  const {loadLesson} = await import('../lesson/load.ts');
  const {checkLesson} = await import('../lesson/check.ts');
  const {beliefs} = await beliefsBeside(file);
  const lesson = loadLesson(text.value, file, {
    zones: zoneTexts(file),
    certificates: certificateTexts(),
    misconceptions: beliefs,
  });
  const {simulate} = await import('../sim/simulate.ts');
  const data = lessonData();
  const misconceptions = [...data.misconceptions, ...beliefs];
  const known = {...data, misconceptions, lessons: lessonsBeside(files)};
  const crypto = lesson.ok ? await cryptoOf(lesson.value) : undefined;
  const securely: typeof simulate = (scenario, about) =>
    simulate({...scenario, ...(crypto ? {crypto} : {})}, about);
  const errors = lesson.ok ? checkLesson(lesson.value, securely, known) : lesson.error;
  return errors.map((error) => ({failure: lessonFailure(error)}));
};

const judgeScript = async (file: string, profile: ProfileName | undefined): Promise<readonly Finding[]> => {
  const {runScriptFile, scriptFailure} = await import('./open-script.ts');
  const run = await runScriptFile(file, profile);
  if (!run.ok) return [{failure: run.error}];
  const script = run.value.failure;
  return script === undefined ? [] : [{failure: await scriptFailure(file, script), script}];
};

const judgeReplay = async (file: string): Promise<readonly Finding[]> => {
  const {replayFailure, runReplayFile} = await import('./open-replay.ts');
  const run = await runReplayFile(file);
  if (!run.ok) return [{failure: run.error}];
  const replay = run.value;
  return replay === undefined ? [] : [{failure: await replayFailure(file, replay), replay}];
};

const judge = async (judged: Judged, profile: ProfileName | undefined): Promise<readonly Finding[]> => {
  const {file} = judged;
  if (basename(file) === beliefFile) return judgeBeliefs(file);
  if (/\.ya?ml$/i.test(file)) return judgeLesson(judged);
  if (isScript(file)) return judgeScript(file, profile);
  if (/\.rpl$/i.test(file)) return judgeReplay(file);
  return [{failure: {...unknownKind(file, 'check'), exit: 2}}];
};

const placeOf = (place: string | undefined): {readonly line: number; readonly column: number} => {
  const match = /:(\d+):(\d+)$/.exec(place ?? '');
  return {line: Number(match?.[1] ?? 0), column: Number(match?.[2] ?? 0)};
};

/** Of a script also both sides, each in both notations; of a replay what differs, in the format's words. */
const jsonLine = async (file: string, finding: Finding | undefined, {language}: Context): Promise<string> => {
  if (finding === undefined) return JSON.stringify({file, ok: true});
  const {failure, script, replay} = finding;
  const place = placeOf(failure.place);
  const remedy = failure.remedy[language];
  if (script === undefined) {
    const {expected, actual} = replay ?? {};
    const error = {...place, message: failure.what[language], remedy, expected, actual};
    return JSON.stringify({file, ok: false, error});
  }
  const {wholeMessage} = await import('../lesson/packetdrill/failure.ts');
  const {expected, actual, needs} = script;
  const message = `${file}: ${wholeMessage(script)[language]}`;
  return JSON.stringify({file, ok: false, error: {...place, message, remedy, expected, actual, needs}});
};

/** Lessons name their own profiles: this is for scripts. */
const options = runOptions.filter(({name}) => name === 'profile');

export const check: Command = {
  options,
  run: async (args, context) => {
    const profile = known(profileNames, args.value('profile'));
    let worst: 0 | 1 | 2 = 0;
    for (const file of args.positionals) {
      const findings = await judge({file, files: args.positionals}, profile);
      const [first] = findings;
      if (first !== undefined && first.failure.exit > worst) worst = first.failure.exit;
      if (context.json) printLine(await jsonLine(file, first, context));
      else if (first === undefined) printLine(`${file}: ok`);
      else for (const {failure} of findings) printFailure(failure, context.language);
    }
    return worst;
  },
};
