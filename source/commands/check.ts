// `check`: judges lesson files, packetdrill scripts and resolver replays. It judges all files, even after a faulty one.
import {basename} from 'node:path';
import {beliefNotes, filesToJudge, judgeBeliefs} from '../app/check-pack.ts';
import {judgeSentences, untranslatedIn} from '../app/check-translation.ts';
import type {Arguments, Command, Context, Failure} from '../app/command.ts';
import {simulator} from '../app/crypto-of.ts';
import {lessonFailure} from '../app/lesson-failure.ts';
import {isScript} from '../app/open-source.ts';
import {type Budget, budgetOf, profileOf, runOptions} from '../app/options.ts';
import {printFailure, printJson, printLine} from '../app/print.ts';
import {readLessonFile} from '../app/read-lesson-file.ts';
import type {ScriptFailure} from '../drills/packetdrill/failure.ts';
import type {ReplayFailure} from '../drills/rpl/failure.ts';
import {lessonData, lessonIds} from '../io/lessons.ts';
import {beliefFile} from '../io/pack.ts';
import {isLanguageTag} from '../lesson/language-tag.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {unknownKind} from '../words/catalogue/errors.ts';
import {languages} from '../words/catalogue/language.ts';
import {checkOptions} from '../words/catalogue/lesson-check.ts';
import {missingArgument, unknownChoice} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';

type Finding = {
  readonly failure: Failure;
  readonly script?: ScriptFailure;
  readonly replay?: ReplayFailure;
};

/**
 * Returns the ids of the lessons to which a checked lesson may refer: those that ship with the program, and those that are checked together
 * with it.
 */
const lessonsBeside = (files: readonly string[]): readonly string[] => [
  ...lessonIds(),
  ...files.map((file) => basename(file).replace(/\.ya?ml$/i, '')),
];

type Judged = {readonly file: string; readonly files: readonly string[]; readonly budget: Budget};

/** Checks a lesson file. The pack's own misconceptions come before the program's, so that a misspelt id is compared with them first. */
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

type Judgement = {
  readonly findings: readonly Finding[];
  /** The places at which a text lacks a language that other texts of the file have; the file is valid nevertheless. */
  readonly untranslated: readonly Failure[];
  /**
   * Statements in a lesson of format 1 that no check confirms in other runs than the lesson's own, and sentences of beliefs that mean nothing
   * without their run.
   */
  readonly unbacked: readonly Failure[];
};

const unbackedIn = async (file: string): Promise<readonly Failure[]> => {
  if (basename(file) === beliefFile) return beliefNotes(file);
  const lesson = /\.ya?ml$/i.test(file) ? await readLessonFile(file) : undefined;
  if (!lesson?.ok || lesson.value.format > 1) return [];
  const {unbacked} = await import('../lesson/check-backed.ts');
  return unbacked(lesson.value).map(lessonFailure);
};

/**
 * Checks a file and, if it is valid, lists its missing translations. `language`: one that every text must have; undefined: those that the
 * file uses.
 */
const judgeFile = async (
  judged: Judged,
  profile: ProfileName | undefined,
  language: string | undefined,
): Promise<Judgement> => {
  const findings = await judge(judged, profile);
  if (findings.length > 0) return {findings, untranslated: [], unbacked: []};
  const unbacked = await unbackedIn(judged.file);
  const untranslated = await untranslatedIn(judged.file, language === undefined ? 'its own' : [language]);
  if (language === undefined) return {findings, untranslated, unbacked};
  return {findings: untranslated.map((failure) => ({failure})), untranslated: [], unbacked};
};

const lineAndColumn = (place: string | undefined): {readonly line: number; readonly column: number} => {
  const match = /:(\d+):(\d+)$/.exec(place ?? '');
  return {line: Number(match?.[1] ?? 0), column: Number(match?.[2] ?? 0)};
};

/**
 * Returns a finding of `check` as JSON: of a packetdrill script what was expected and what happened, each in both notations; of a replay
 * the difference in its format's words.
 */
const jsonLine = async (file: string, finding: Finding, {language}: Context): Promise<object> => {
  const {failure, script, replay} = finding;
  const place = lineAndColumn(failure.place);
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

const whole = (file: string, {untranslated, unbacked}: Judgement, {language}: Context): object => {
  const told = Object.entries({untranslated, unbacked}).filter(([, notes]) => notes.length > 0);
  const lists = told.map(([kind, notes]) => {
    return [kind, notes.map(({place, what}) => ({...lineAndColumn(place), message: what[language]}))];
  });
  return {file, ok: true, ...Object.fromEntries(lists)};
};

/** Prints a fault unless it was printed before, because a fault in a file beside several lessons is found for each of them. */
const printOnce = (failure: Failure, said: Set<string>, {language}: Context): void => {
  const words = `${failure.what.en} ${failure.place}`;
  if (said.has(words)) return;
  said.add(words);
  printFailure(failure, language);
};

/** The options of `check`. `--profile` is for scripts, because lessons name their own profiles. */
const options = [
  ...runOptions.filter(({name}) => name === 'profile' || name === 'max-events'),
  {name: 'missing', kind: 'value', describe: checkOptions.missing} as const,
];

/**
 * Returns the language of `--missing`, whose missing texts are listed: for files any language tag, without files (the program's own texts)
 * one that the program speaks.
 */
const missingOf = (args: Arguments): Result<string | undefined, Failure> => {
  const language = args.value('missing');
  const isProgram = args.positionals.length === 0;
  if (language === undefined)
    return isProgram ? err({...missingArgument('check', 'FILE'), exit: 2}) : ok(undefined);
  const isKnown = isProgram ? languages.some((each) => each === language) : isLanguageTag(language);
  return isKnown ? ok(language) : err({...unknownChoice('--missing', language, languages), exit: 2});
};

export const check: Command = {
  options,
  run: async (args, context) => {
    const profile = profileOf(args);
    const budget = budgetOf(args);
    if (!budget.ok) return budget.error;
    const missing = missingOf(args);
    if (!missing.ok) return missing.error;
    const language = missing.value;
    if (language !== undefined && args.positionals.length === 0)
      return judgeSentences(language, context.json);
    const judged = filesToJudge(args.positionals);
    if (!judged.ok) return judged.error;
    const files = judged.value;
    const said = new Set<string>();
    let worst: 0 | 1 | 2 = 0;
    for (const file of files) {
      const judgement = await judgeFile({file, files, budget: budget.value}, profile, language);
      const {findings, untranslated, unbacked} = judgement;
      const [first] = findings;
      if (first !== undefined && first.failure.exit > worst) worst = first.failure.exit;
      if (context.json) {
        printJson(
          first === undefined ? whole(file, judgement, context) : await jsonLine(file, first, context),
        );
        continue;
      }
      for (const failure of [...findings.map(({failure}) => failure), ...untranslated, ...unbacked])
        printOnce(failure, said, context);
      if (first === undefined) printLine(`${file}: ok`);
    }
    return worst;
  },
};
