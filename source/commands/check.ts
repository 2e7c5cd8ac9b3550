// `check`: judges lesson files, all of them, whatever is wrong with the first.
import {readText} from '../io/files.ts';
import {lessonData} from '../io/lessons.ts';
import {unknownKind} from '../present/text/errors.ts';
import type {Command, Context, Failure} from './command.ts';
import {lessonFailure} from './lesson-failure.ts';
import {fileFailure} from './open-source.ts';
import {printFailure, printLine} from './print.ts';

const judge = async (file: string): Promise<readonly Failure[]> => {
  if (!/\.ya?ml$/i.test(file)) return [{...unknownKind(file, 'check'), exit: 2}];
  const text = readText(file);
  if (!text.ok) return [fileFailure(file, text.error)];
  const {loadLesson} = await import('../lesson/load.ts');
  const {checkLesson} = await import('../lesson/check.ts');
  const lesson = loadLesson(text.value, file);
  const {simulate} = await import('../sim/simulate.ts');
  const errors = lesson.ok ? checkLesson(lesson.value, simulate, lessonData()) : lesson.error;
  return errors.map(lessonFailure);
};

const placeOf = (place: string | undefined): {readonly line: number; readonly column: number} => {
  const match = /:(\d+):(\d+)$/.exec(place ?? '');
  return {line: Number(match?.[1] ?? 0), column: Number(match?.[2] ?? 0)};
};

const jsonLine = (file: string, failure: Failure | undefined, {language}: Context): string =>
  JSON.stringify(
    failure === undefined
      ? {file, ok: true}
      : {
          file,
          ok: false,
          error: {
            ...placeOf(failure.place),
            message: failure.what[language],
            remedy: failure.remedy[language],
          },
        },
  );

export const check: Command = {
  options: [],
  run: async (args, context) => {
    let worst: 0 | 1 | 2 = 0;
    for (const file of args.positionals) {
      const failures = await judge(file);
      const [first] = failures;
      if (first !== undefined && first.exit > worst) worst = first.exit;
      if (context.json) printLine(jsonLine(file, first, context));
      else if (first === undefined) printLine(`${file}: ok`);
      else for (const failure of failures) printFailure(failure, context.language);
    }
    return worst;
  },
};
