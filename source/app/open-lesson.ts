// Opens a run of a lesson: it is simulated, its beats are bound to its events, and everything that belongs to it is added. All sources are
// opened as such a run.

import {isOfferedLast} from '../lesson/challenge-summary.ts';
import {theHost} from '../lesson/host-names.ts';
import type {Challenge, Lesson, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {runTooLong} from '../lesson/run-too-long.ts';
import {calledName} from '../lesson/run-variant.ts';
import {wordedWithNames} from '../lesson/text.ts';
import {usualEvents} from '../sim/budget.ts';
import {encodeReplay, type Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {byHandTexts} from '../words/catalogue/by-hand.ts';
import {noPacket} from '../words/catalogue/errors.ts';
import {otherVersion} from '../words/errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import {shell, shellFile} from '../words/written.ts';
import {chooseRun, type Wish, wishWords} from './choose-run.ts';
import type {Failure} from './command.ts';
import {judgedFaults} from './judged-faults.ts';
import {type Opened, replayIn, type Solving} from './opened.ts';
import {type OtherRun, offeredRuns, otherRuns} from './other-runs.ts';
import {againOf} from './run-again.ts';

const longRun = (run: string, {mostEvents = usualEvents}: Wish, stoppedUs: number): Problem => {
  const {message, remedy} = runTooLong(run, mostEvents, stoppedUs);
  return {what: message, remedy};
};

const warningOf = (trace: Trace, run: string, wish: Wish): Problem | undefined =>
  trace.endReason === 'budget' ? longRun(run, wish, trace.durationUs) : undefined;

/** Returns the opened run, or a failure if its causes differ from those of the code. */
export const asCoded = (
  opened: Result<Opened, Failure>,
  {source, identity}: Replay,
): Result<Opened, Failure> =>
  opened.ok && !replayIn(opened.value)?.identity.startsWith(identity)
    ? err({...otherVersion(source), exit: 2})
    : opened;

/** Returns the challenge of a run. Other runs than the first are offered none, because they show its solution. */
const begunChallenge = (
  lesson: Lesson,
  {name}: Run,
  moves: readonly Move[] | undefined,
): Challenge | undefined =>
  lesson.runs[0]?.name === name && (moves || !isOfferedLast(lesson)) ? lesson.challenge : undefined;

/** Returns the row before the what-ifs that begins such a challenge; none if the lesson has none. */
const handRow = (lesson: Lesson, trace: Trace): readonly OtherRun[] => {
  const host = lesson.challenge?.stack?.host;
  if (host === undefined || !isOfferedLast(lesson)) return [];
  return [{name: 'by-hand', title: wordedWithNames(byHandTexts.begin, {host: theHost(trace, host)})}];
};

type Opening = {
  readonly lesson: Lesson;
  readonly wish: Wish;
  readonly place: Parameters<typeof openLesson>[2];
};

/** Returns a function that opens another run of the lesson, or begins the challenge of the row `hands`. */
const openerOf =
  ({lesson, wish, place}: Opening, hands: readonly OtherRun[]) =>
  (name: string): Promise<Result<Opened, Failure>> => {
    const begins = hands.some((each) => each.name === name);
    const other = {...wish, run: begins ? undefined : name, faults: [], set: [], drops: []};
    return openLesson(lesson, other, place, begins ? [] : undefined);
  };

type Begun = {
  readonly challenge: Challenge;
  readonly run: Run;
  /** A replay code's contents for `run`, which is the lesson's; `attempted` is the run with the learner's moves. */
  readonly replay: Replay;
  readonly attempted: Run;
  readonly moves: readonly Move[] | undefined;
  readonly trace: Trace;
};

/** Returns the challenge as it stands after the learner's moves, which made `trace`. */
const solvingOf = async (
  {lesson, wish, place}: Opening,
  {challenge, run, replay, attempted, moves = [], trace}: Begun,
): Promise<Solving> => {
  const {challengeOf, replayOfMoves} = await import('./judged-run.ts');
  const coded = replayOfMoves(challenge, replay, {run: attempted, moves});
  return {
    ...challengeOf(lesson, challenge, {own: run, trace, moves}),
    replay: coded,
    ...(coded && moves.length > 0 ? {code: encodeReplay(coded)} : {}),
    attempt: (next) => openLesson(lesson, wish, place, next),
  };
};

/** Simulates a run of the lesson and binds its beats to events. */
export const openLesson = async (
  lesson: Lesson,
  wish: Wish = {},
  place = shellFile(lesson.openedFrom ?? lesson.id),
  moves?: readonly Move[],
): Promise<Result<Opened, Failure>> => {
  const chosen = await chooseRun(lesson, wish);
  if (!chosen.ok) return chosen;
  const {run: own, replay} = chosen.value;
  const challenge = begunChallenge(lesson, own, moves);
  // Only a challenge needs the compiler of lessons, which comes with the moves.
  const attempt = challenge
    ? (await import('../lesson/attempt.ts')).attemptRun(lesson, own, moves ?? [])
    : ok(own);
  if (!attempt.ok) return err({what: attempt.error.message, remedy: attempt.error.remedy, exit: 2});
  const run = attempt.value;
  const again = await againOf(lesson, run, wish);
  const {trace, told} = again.simulate(again.scenario);
  const {beats, asides, tells} = told();
  const missing = wish.drops?.find((packet) => packet > trace.packetCount);
  if (missing !== undefined)
    return err({...problemOf(noPacket, {number: missing, count: trace.packetCount}), exit: 2});
  const judged = await judgedFaults(trace, wish.faults);
  if (!judged.ok) return judged;
  const warning = warningOf(trace, run.name, wish) ?? judged.value;
  const first = lesson.runs[0]?.name === own.name;
  const hands = first ? handRow(lesson, trace) : [];
  const solving =
    challenge &&
    (await solvingOf({lesson, wish, place}, {challenge, run: own, replay, attempted: run, moves, trace}));
  return ok({
    argument: solving?.code ? shell.text(solving.code) : shell.join([place, ...wishWords(wish)], shell` `),
    source: lesson.id,
    title: lesson.title,
    track: lesson.track,
    runTitle: first ? undefined : run.title,
    runName: first ? undefined : calledName(run),
    trace,
    // The beats tell what the host's own stack does.
    beats: challenge?.stack ? [] : beats,
    tells,
    beside: {
      asides,
      others: otherRuns(lesson, run.name),
      offered: challenge?.stack ? [] : [...hands, ...offeredRuns(lesson, run.name)],
      open: openerOf({lesson, wish, place}, hands),
    },
    replay,
    // The reader's moves are all that may be altered in a challenge.
    ...(solving ? {solving} : {again}),
    warning: warning && {problem: warning},
    run,
    lesson,
  });
};
