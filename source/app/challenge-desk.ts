// The challenges as the app shows them: the list with what the learner has done, the one of the day, and the result to share.
import {resolve} from 'node:path';
import {challengeSvg} from '../io/export/challenge-svg.ts';
import {writeNew} from '../io/file-writing.ts';
import {challengeSummaries} from '../io/lessons.ts';
import {offsetAt, type Progress} from '../io/progress.ts';
import type {ChallengeSummary} from '../lesson/challenge-summary.ts';
import {dailyOf} from '../lesson/daily.ts';
import {generatedId, readGeneratedId} from '../lesson/generated-id.ts';
import {type Language, sameIn, worded} from '../lesson/text.ts';
import {challengeTrack, type Sort} from '../lesson/tracks.ts';
import type {ChallengeSum} from '../quiz/challenge-standing.ts';
import {type Standing, standingIn} from '../quiz/standing.ts';
import {type Shared, shareText} from '../tell/challenge-result.ts';
import type {QuizDesk} from '../ui/app-options.ts';
import type {Solved} from '../ui/opened-run.ts';
import type {LearnerNote} from '../ui/quiz-round.ts';
import type {ChallengeList} from '../view/challenge/challenge-list.ts';
import {madeWords, shareWords} from '../words/catalogue/challenge-page.ts';
import {reasonOf} from '../words/file-errors.ts';
import {now} from './learner.ts';
import {ourLesson} from './our-lesson.ts';
import {packChallenges} from './packs.ts';

/** Returns the date by UTC, and the id of its challenge, which is undefined if there are none. */
export const challengeToday = (): {readonly day: string; readonly id: string | undefined} => {
  const day = new Date(now()).toISOString().slice(0, 10);
  const ids = challengeSummaries().flatMap(({id, track}) => (track === challengeTrack ? [id] : []));
  return {day, id: dailyOf(day, ids)};
};

/** The numbers of freshly generated challenges: short enough to be typed, and greater than those that challenges of the day use. */
const [leastNumber, numbers] = [10_000, 90_000];

/** Returns the ID of a generated challenge; its number follows from the time and changes each second. */
export const freshChallenge = (sort: Sort): string =>
  generatedId(sort, leastNumber + (Math.floor(now() / 1000) % numbers));

/** Returns the ID of a generated challenge of this sort that the learner has not yet played. */
export const unplayed = (sort: Sort, {challenges}: Standing): string => {
  const first = freshChallenge(sort);
  const {seed} = readGeneratedId(first) ?? {seed: leastNumber};
  const ids = Array.from({length: challenges.size}, (_, more) => generatedId(sort, seed + more));
  return ids.find((id) => !challenges.has(id)) ?? generatedId(sort, seed + ids.length);
};

/**
 * Returns whether the learner has solved a challenge, the best result, and the number of tries. `sum` is undefined for one that was never
 * played.
 */
const doneOf = (sum: ChallengeSum | undefined) => ({
  solved: sum?.solvedMs !== undefined,
  best: sum?.best,
  bestHints: sum?.bestHints,
  tries: sum?.tries ?? 0,
});

/**
 * Returns the challenge of the day as lists show it; undefined if there is none. A generated one gets a general title, because it is not
 * made before it is opened.
 */
const todayOf = ({dailyStreak: streak, dailySolved: solved}: Standing): ChallengeList['today'] => {
  const {day, id} = challengeToday();
  if (id === undefined) return undefined;
  const made = readGeneratedId(id);
  const shown = made
    ? {sort: made.sort, title: madeWords.today, task: madeWords.todayTask}
    : challengeSummaries().find((each) => each.id === id);
  return shown && {...shown, id, day, streak, solved};
};

/** The most generated challenges that the list shows, the last played first. */
const mostMade = 12;

const madeIn = ({challenges}: Standing): ChallengeList['made'] =>
  [...challenges]
    .sort(([, one], [, other]) => other.lastMs - one.lastMs)
    .flatMap(([id, sum]) => {
      const made = readGeneratedId(id);
      return made ? [{id, sort: made.sort, ...doneOf(sum)}] : [];
    })
    .slice(0, mostMade);

/** Returns all challenges, the program's own and those of packs, with what the learner has done; undefined if there are none. */
export const challengeListOf = (standing: Standing, theirs = packChallenges()): ChallengeList | undefined => {
  const all: readonly (ChallengeSummary & {readonly pack?: string})[] = [...challengeSummaries(), ...theirs];
  if (all.length === 0) return undefined;
  const today = todayOf(standing);
  return {
    entries: all.map(({id, pack, title, task, sort, level, par, lesson}) => ({
      ...{id, pack, title, task, sort, level, par, lesson},
      ...doneOf(standing.challenges.get(id)),
    })),
    ...(today ? {today} : {}),
    made: madeIn(standing),
  };
};

/** Returns the challenge that the learner failed last; undefined if the progress file has a newer record than that try. */
export const triedLast = (
  {challenges}: Standing,
  newestMs: number | undefined,
  theirs = packChallenges(),
): LearnerNote['tried'] => {
  const [id] =
    [...challenges].find(([, {failedMs}]) => failedMs !== undefined && failedMs === newestMs) ?? [];
  if (id !== undefined && readGeneratedId(id)) return {id, title: sameIn(id)};
  return [...challengeSummaries(), ...theirs].find((each) => each.id === id);
};

/** Returns the facts about a solved challenge that the learner can share as text or picture. */
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
export const sharedToday = async (progress: Progress): Promise<Shared | undefined> => {
  const {id} = challengeToday();
  const standing = standingIn(progress.summary(offsetAt(now())), now());
  const known = standing.challenges.get(id ?? '');
  if (id === undefined || known?.best === undefined || !standing.dailySolved) return undefined;
  const lesson = await ourLesson(id);
  if (!lesson?.challenge) return undefined;
  const {title, challenge} = lesson;
  const solved = {
    id: lesson.id,
    title,
    moves: known.best,
    par: challenge.par,
    hints: known.bestHints ?? known.hints,
  };
  return sharedOf(solved, standing);
};

/**
 * Writes the picture of a challenge's result to a new file in the current folder, and returns the result as text and a message about the
 * picture.
 */
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
