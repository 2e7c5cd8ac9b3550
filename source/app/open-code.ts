// Opens the run that a replay code names. If the lesson or the simulator has changed since, it says so.
import {hasCaptureName, standardInputName} from '../io/capture-files.ts';
import {packsPlace} from '../io/data-folder.ts';
import {lessonIds} from '../io/lessons.ts';
import {isOfOtherPack, packNamedIn, whereLessonLies} from '../io/pack-paths.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {machineVersion} from '../sim/identity.ts';
import {decodeReplay, type ReplayError} from '../sim/replay.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {badReplayCode} from '../words/catalogue/capture-errors.ts';
import {openSourceSentences} from '../words/catalogue/cli.ts';
import {replaySentences} from '../words/catalogue/replay.ts';
import {noLesson, noLessonOfCode, otherMachine} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Arguments, Failure} from './command.ts';
import {isLessonFile, openLessonFile} from './lesson-file.ts';
import {asCoded, openLesson} from './open-lesson.ts';
import type {Opened} from './opened.ts';
import {budgetOf} from './options.ts';
import {ourLesson} from './our-lesson.ts';

const unreadable = (code: string, error: ReplayError): Failure => {
  if (error.code === 'machine') return {...otherMachine(error.machine, machineVersion), exit: 2};
  const {why} = openSourceSentences.openReplay;
  return {
    ...problemOf(badReplayCode, {code: code.length > 40 ? `${code.slice(0, 40)}…` : code, why}),
    exit: 2,
  };
};

const notHere = (source: string): Failure => ({
  ...noLessonOfCode(source, packNamedIn(source), packsPlace()),
  exit: 2,
});

const lessonNamed = async (source: string): Promise<Result<Lesson, Failure>> => {
  if (isLessonFile(source)) {
    const file = whereLessonLies(source);
    return file === undefined ? err(notHere(source)) : openLessonFile(file);
  }
  const lesson = await ourLesson(source);
  return lesson === undefined ? err({...noLesson(source, lessonIds()), exit: 2}) : ok(lesson);
};

/** Returns the moves of a challenge in a replay code. It fails if the lesson no longer has a challenge or does not offer them. */
const movesOfCode = async (
  code: string,
  lesson: Lesson,
  texts: readonly string[],
): Promise<Result<readonly Move[], Failure>> => {
  const {movesIn} = await import('./challenge-moves.ts');
  const {challenge} = lesson;
  if (challenge === undefined) return err(unreadable(code, {code: 'unreadable'}));
  const moves = movesIn(texts.join('\n'), lesson, challenge);
  if (moves.ok) return moves;
  const {place: _, ...failure} = moves.error;
  return err(failure);
};

export const openCode = async (code: string, args: Arguments): Promise<Result<Opened, Failure>> => {
  const replay = decodeReplay(code);
  if (!replay.ok) return err(unreadable(code, replay.error));
  const {source, seed, profile, run, faults, set = [], moves} = replay.value;
  if (source === standardInputName) return err({...replaySentences.pipeReadOnce, exit: 2});
  const budget = budgetOf(args);
  if (!budget.ok) return budget;
  if (hasCaptureName(source))
    return (await import('./open-simulated.ts')).openSimulatedReplay(replay.value, budget.value);
  const lesson = await lessonNamed(source);
  if (!lesson.ok) return lesson;
  const wish = {run, seed, profile, faults, set, ...budget.value};
  const made = moves && (await movesOfCode(code, lesson.value, moves));
  if (made?.ok === false) return made;
  const opened = asCoded(await openLesson(lesson.value, wish, undefined, made?.value), replay.value);
  const {openedFrom} = lesson.value;
  // Lessons of two packs may have the same name, so the failure says that the code may be of the other one.
  if (!opened.ok && openedFrom !== undefined && isOfOtherPack(source, openedFrom))
    return err(notHere(source));
  return opened;
};
