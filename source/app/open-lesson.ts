// Opens a run of a lesson: it is simulated, its beats are bound to its events, and everything that belongs to it is added. All sources are
// opened as such a run.

import type {Lesson} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {runTooLong} from '../lesson/run-too-long.ts';
import {calledName} from '../lesson/run-variant.ts';
import {usualEvents} from '../sim/budget.ts';
import type {Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noPacket} from '../words/catalogue/errors.ts';
import {otherVersion} from '../words/errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import {shell, shellFile} from '../words/written.ts';
import {chooseRun, type Wish, wishWords} from './choose-run.ts';
import type {Failure} from './command.ts';
import {judgedFaults} from './judged-faults.ts';
import type {Opened} from './opened.ts';
import {offeredRuns, otherRuns} from './other-runs.ts';
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
  opened.ok && !opened.value.replay?.identity.startsWith(identity)
    ? err({...otherVersion(source), exit: 2})
    : opened;

/** Simulates a run of the lesson and binds its beats to events. */
export const openLesson = async (
  lesson: Lesson,
  wish: Wish = {},
  place = shellFile(lesson.openedFrom ?? lesson.id),
  moves: readonly Move[] = [],
): Promise<Result<Opened, Failure>> => {
  const chosen = await chooseRun(lesson, wish);
  if (!chosen.ok) return chosen;
  const {attemptRun, goalEvents} = await import('../lesson/attempt.ts');
  const {run: own, replay} = chosen.value;
  const attempt = attemptRun(lesson, own, moves);
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
  const first = lesson.runs[0]?.name === run.name;
  // The challenge is not offered in the other runs, because they show its solution.
  const challenge = first ? lesson.challenge : undefined;
  return ok({
    argument: shell.join([place, ...wishWords(wish)], shell` `),
    source: lesson.id,
    title: lesson.title,
    track: lesson.track,
    runTitle: first ? undefined : run.title,
    runName: first ? undefined : calledName(run),
    trace,
    beats,
    tells,
    beside: {
      asides,
      others: otherRuns(lesson, run.name),
      offered: offeredRuns(lesson, run.name),
      open: (name) => openLesson(lesson, {...wish, run: name, faults: [], set: [], drops: []}, place),
    },
    ...(challenge
      ? {
          solving: {
            challenge,
            run: own,
            moves,
            met: goalEvents(challenge, trace),
            attempt: (next) => openLesson(lesson, wish, place, next),
          },
        }
      : {}),
    replay,
    // The reader's moves are all that may be altered in a challenge.
    ...(challenge ? {} : {again}),
    warning: warning && {problem: warning},
    run,
    lesson,
  });
};
