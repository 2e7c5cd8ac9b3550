// Opens a run of a lesson: simulates it, binds the lesson's beats to its events, and adds other runs, challenge and replay code. Scripts
// and simulated connections are opened in the same form.

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

/**
 * Returns the opened run; a failure if its identity is not that in the replay code, because the lesson or the simulator has changed since.
 */
export const asCoded = (
  opened: Result<Opened, Failure>,
  {source, identity}: Replay,
): Result<Opened, Failure> =>
  opened.ok && !replayIn(opened.value)?.identity.startsWith(identity)
    ? err({...otherVersion(source), exit: 2})
    : opened;

/**
 * Returns the challenge with which a run is opened; undefined if it is not begun. Only the lesson's first run has one, because the others
 * show the solution.
 */
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
  /** The replay code's contents for `run`, the lesson's own run; `attempted` is the run after the learner's moves. */
  readonly replay: Replay;
  readonly attempted: Run;
  readonly moves: readonly Move[] | undefined;
  readonly trace: Trace;
};

/**
 * Returns the state of a challenge after the learner's moves, which produced `trace`: judgement, replay code, and a function for the next
 * attempt.
 */
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

/** Simulates a run of the lesson and opens it with its beats. With `moves`, the run is the learner's attempt at the challenge. */
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
  // The compiler of lessons is loaded only for a challenge, because it is needed to apply moves.
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
    // The beats describe what the host's own stack does, so they do not apply if the learner plays that host.
    beats: challenge?.stack ? [] : beats,
    tells,
    beside: {
      asides,
      others: otherRuns(lesson, run.name),
      offered: challenge?.stack ? [] : [...hands, ...offeredRuns(lesson, run.name)],
      open: openerOf({lesson, wish, place}, hands),
    },
    replay,
    // Only the moves may change the run in a challenge, so other changes are not offered.
    ...(solving ? {solving} : {again}),
    warning: warning && {problem: warning},
    run,
    lesson,
  });
};
