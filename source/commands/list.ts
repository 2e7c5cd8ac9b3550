// `list`: prints the lessons by track and pack, as text or as JSON.

import type {Command, Context, Failure} from '../app/command.ts';
import {now, openLearner} from '../app/learner.ts';
import {packs} from '../app/packs.ts';
import {printJson, printLine, printWarning} from '../app/print.ts';
import type {ReadPacks} from '../app/read-packs.ts';
import {lessonSummaries} from '../io/lessons.ts';
import {offsetAt} from '../io/progress.ts';
import type {Language} from '../lesson/text.ts';
import {type LessonStanding, lessonsIn} from '../quiz/lesson-standing.ts';
import {lessonList} from '../view/lesson-list.ts';
import {shelves} from '../view/shelves.ts';
import {err, ok, type Result} from '../wire/result.ts';

const untouched: LessonStanding = {finished: false, answers: 0, right: 0};

type Listed = ReturnType<typeof lessonSummaries>[number] & Partial<ReadPacks['lessons'][number]>;

const entryJson = (
  {id, title, track, minutes, rfc, requires, pack, file}: Listed,
  standing: ReadonlyMap<string, LessonStanding>,
) => ({
  id,
  title,
  track,
  minutes,
  rfc,
  requires,
  ...(pack === undefined ? {} : {pack, file}),
  progress: standing.get(id) ?? untouched,
});

/** Warns about lesson files in packs that cannot be played, with the first fault of each. */
const tellFaults = ({faulty, failures}: ReadPacks, language: Language): void => {
  for (const failure of [...failures, ...faulty.map((each) => each.failure)])
    printWarning(failure, failure.place, language);
};

const everything = async (language: Language): Promise<readonly Listed[]> => {
  const theirs = await packs();
  tellFaults(theirs, language);
  return [...lessonSummaries(), ...theirs.lessons];
};

const ofPacks = async (
  names: readonly string[],
  language: Language,
): Promise<Result<readonly Listed[], Failure>> => {
  const {packNamed, readPacks} = await import('../app/read-packs.ts');
  const found = names.map(packNamed);
  for (const pack of found) if (!pack.ok) return err(pack.error);
  const theirs = await readPacks(found.flatMap((pack) => (pack.ok ? [pack.value] : [])));
  tellFaults(theirs, language);
  return ok(theirs.lessons);
};

const lessonsOfLearner = (language: Language): ReadonlyMap<string, LessonStanding> =>
  lessonsIn(openLearner(language).summary(offsetAt(now())).lessons);

const printThese = (lessons: readonly Listed[], {language, ascii}: Context): void => {
  const finished = [...lessonsOfLearner(language)].flatMap(([id, lesson]) => (lesson.finished ? [id] : []));
  const mark = ascii ? '*' : '✓';
  for (const line of lessonList(lessons, language, {mark, finished: new Set(finished)})) printLine(line);
};

export const printLessons = async (context: Context): Promise<void> =>
  printThese(await everything(context.language), context);

export const list: Command = {
  options: [],
  run: async ({positionals}, context) => {
    const {language} = context;
    const chosen =
      positionals.length > 0 ? await ofPacks(positionals, language) : ok(await everything(language));
    if (!chosen.ok) return chosen.error;
    if (!context.json) {
      printThese(chosen.value, context);
      return 0;
    }
    const standing = lessonsOfLearner(language);
    const sorted = shelves(chosen.value).flatMap(({lessons}) => lessons);
    printJson(
      sorted.map((lesson) => entryJson(lesson, standing)),
      2,
    );
    return 0;
  },
};
