// The challenges as the app shows them: the list with what the learner has done, the one of the day, and the result to share.
import {resolve} from 'node:path';
import {challengeSvg} from '../io/export/challenge-svg.ts';
import {writeNew} from '../io/file-writing.ts';
import {challengeSummaries, compiledLesson} from '../io/lessons.ts';
import {offsetAt, type Progress} from '../io/progress.ts';
import {dailyOf} from '../lesson/daily.ts';
import {type Language, sameIn, worded} from '../lesson/text.ts';
import {challengeTrack} from '../lesson/tracks.ts';
import {type Standing, standingIn} from '../quiz/standing.ts';
import {type Shared, shareText} from '../tell/challenge-result.ts';
import type {QuizDesk} from '../ui/app-options.ts';
import type {Solved} from '../ui/opened-run.ts';
import type {LearnerNote} from '../ui/quiz-round.ts';
import type {ChallengeList} from '../view/challenge/challenge-list.ts';
import {shareWords} from '../words/catalogue/challenge-page.ts';
import {reasonOf} from '../words/file-errors.ts';
import {now} from './learner.ts';

/** Returns the date by UTC, and the id of its challenge, which is undefined if there are none. */
export const challengeToday = (): {readonly day: string; readonly id: string | undefined} => {
  const day = new Date(now()).toISOString().slice(0, 10);
  const ids = challengeSummaries().flatMap(({id, track}) => (track === challengeTrack ? [id] : []));
  return {day, id: dailyOf(day, ids)};
};

/** Returns all challenges with what the learner has done; undefined if there are none. */
export const challengeListOf = ({
  challenges,
  dailyStreak: streak,
  dailySolved,
}: Standing): ChallengeList | undefined => {
  const all = challengeSummaries();
  if (all.length === 0) return undefined;
  const {day, id} = challengeToday();
  const today = all.find((each) => each.id === id);
  return {
    entries: all.map(({id: own, title, task, sort, level, par, lesson}) => {
      const known = challenges.get(own);
      const {best, tries = 0} = known ?? {};
      return {
        id: own,
        title,
        task,
        sort,
        level,
        par,
        lesson,
        best,
        tries,
        solved: known?.solvedMs !== undefined,
      };
    }),
    ...(today ? {today: {...today, day, streak, solved: dailySolved}} : {}),
    fresh: {},
  };
};

/** Returns the challenge that the learner tried last and has not solved, if no record is newer. */
export const triedLast = ({challenges}: Standing, newestMs: number | undefined): LearnerNote['tried'] => {
  const [id] =
    [...challenges].find(([, {failedMs}]) => failedMs !== undefined && failedMs === newestMs) ?? [];
  return challengeSummaries().find((each) => each.id === id);
};

/** Returns what is shared of a solved challenge. */
const sharedOf = ({id, title, moves, par, hints}: Solved, standing: Standing): Shared => {
  const today = challengeToday();
  return {
    ...{id, title: title ?? sameIn(id), moves, par, hints},
    ...(today.id === id ? {day: today.day} : {}),
    tries: standing.challenges.get(id)?.tries ?? 0,
    streak: standing.dailyStreak,
  };
};

/** Returns the best result of today's challenge; undefined if it is not solved. */
export const sharedToday = (progress: Progress): Shared | undefined => {
  const {id} = challengeToday();
  const standing = standingIn(progress.summary(offsetAt(now())), now());
  const known = standing.challenges.get(id ?? '');
  const lesson = id === undefined ? undefined : compiledLesson(id);
  if (known?.best === undefined || !standing.dailySolved || !lesson?.challenge) return undefined;
  const {title, challenge} = lesson;
  const solved = {id: lesson.id, title, moves: known.best, par: challenge.par, hints: known.hints};
  return sharedOf(solved, standing);
};

/** Writes the picture of a result into the current folder, and returns the text of the result and a message on the picture. */
export const sharedResult = (
  solved: Solved,
  standing: Standing,
  language: Language,
): ReturnType<NonNullable<QuizDesk['share']>> => {
  const shared = sharedOf(solved, standing);
  const text = shareText(shared, language);
  const written = writeNew(resolve(`packet-tutor-${solved.id}.svg`), challengeSvg(shared, language));
  if (written.ok) return {text, message: {...worded(shareWords.copied, {file: written.value}), isDone: true}};
  const {error} = written;
  const reason = reasonOf(error.code === 'system' ? error.name : error.code);
  return {text, message: worded(shareWords.onlyCopied, {reason})};
};
