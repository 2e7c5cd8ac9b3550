// `check`: judges lesson files and packetdrill scripts, all of them, whatever is wrong with the first.
import {readText} from '../io/files.ts';
import {lessonData} from '../io/lessons.ts';
import type {ScriptFailure} from '../lesson/packetdrill/failure.ts';
import {unknownKind} from '../present/text/errors.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {Command, Context, Failure} from './command.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';
import {isScript} from './open-source.ts';
import {known, profileNames, runOptions} from './options.ts';
import {printFailure, printLine} from './print.ts';

type Finding = {readonly failure: Failure; readonly script?: ScriptFailure};

const judgeLesson = async (file: string): Promise<readonly Finding[]> => {
  const text = readText(file);
  if (!text.ok) return [{failure: fileFailure(file, text.error)}];
  const {loadLesson} = await import('../lesson/load.ts');
  const {checkLesson} = await import('../lesson/check.ts');
  const lesson = loadLesson(text.value, file);
  const {simulate} = await import('../sim/simulate.ts');
  const errors = lesson.ok ? checkLesson(lesson.value, simulate, lessonData()) : lesson.error;
  return errors.map((error) => ({failure: lessonFailure(error)}));
};

const judgeScript = async (file: string, profile: ProfileName | undefined): Promise<readonly Finding[]> => {
  const {runScriptFile, scriptFailure} = await import('./open-script.ts');
  const run = await runScriptFile(file, profile);
  if (!run.ok) return [{failure: run.error}];
  const script = run.value.failure;
  return script === undefined ? [] : [{failure: await scriptFailure(file, script), script}];
};

const judge = async (file: string, profile: ProfileName | undefined): Promise<readonly Finding[]> => {
  if (/\.ya?ml$/i.test(file)) return judgeLesson(file);
  if (isScript(file)) return judgeScript(file, profile);
  return [{failure: {...unknownKind(file, 'check'), exit: 2}}];
};

const placeOf = (place: string | undefined): {readonly line: number; readonly column: number} => {
  const match = /:(\d+):(\d+)$/.exec(place ?? '');
  return {line: Number(match?.[1] ?? 0), column: Number(match?.[2] ?? 0)};
};

/** Of a script also both sides, each in both notations. */
const jsonLine = async (file: string, finding: Finding | undefined, {language}: Context): Promise<string> => {
  if (finding === undefined) return JSON.stringify({file, ok: true});
  const {failure, script} = finding;
  const place = placeOf(failure.place);
  const remedy = failure.remedy[language];
  if (script === undefined)
    return JSON.stringify({file, ok: false, error: {...place, message: failure.what[language], remedy}});
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
      const findings = await judge(file, profile);
      const [first] = findings;
      if (first !== undefined && first.failure.exit > worst) worst = first.failure.exit;
      if (context.json) printLine(await jsonLine(file, first, context));
      else if (first === undefined) printLine(`${file}: ok`);
      else for (const {failure} of findings) printFailure(failure, context.language);
    }
    return worst;
  },
};
