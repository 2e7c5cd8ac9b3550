// A run of a lesson: simulated, its beats tied to what happened, and all that belongs to it; what every source is opened as.

import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run, Text, Track} from '../lesson/lesson.ts';
import {runTooLong} from '../lesson/run-too-long.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import {usualEvents} from '../sim/budget.ts';
import type {Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import type {ChallengeInput} from '../view/scene-input.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noPacket, type Problem} from '../words/errors.ts';
import {shell, shellFile, type Written} from '../words/written.ts';
import {chooseRun, type Wish, wishWords} from './choose-run.ts';
import type {Failure} from './command.ts';
import type {Simulated} from './open-simulated.ts';
import {type OtherRun, offeredRuns, otherRuns} from './other-runs.ts';
import {type Again, againOf} from './run-again.ts';

/** A challenge, and another run of it with other moves. */
type Solving = ChallengeInput & {attempt(moves: readonly Move[]): Promise<Result<Opened, Failure>>};

type Beside = {
  /** What a what-if tells at its beginning and its end. */
  readonly asides: readonly BoundBeat[];
  readonly others: readonly OtherRun[];
  /** Those that the end of this run offers in the player. */
  readonly offered: readonly OtherRun[];
  /** One of them, otherwise as this one was asked for. */
  open(name: string): Promise<Result<Opened, Failure>>;
};

export type Captured = {readonly trace: CapturedTrace; readonly inspector: CaptureInspector};

export type Opened = {
  /** As it was asked for: what to write after `packet-tutor play`. */
  readonly argument: Written<'shell'>;
  readonly source: string;
  /** Captures have none but their name. */
  readonly title: Text | undefined;
  /** Of a lesson. */
  readonly track?: Track;
  /** Of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  readonly runName: string | undefined;
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  /** Of a capture that is still being made. */
  readonly live?: true;
  /** Of a capture: all that was found in it. */
  readonly captured?: Captured;
  /** Of a lesson: its other runs. */
  readonly beside?: Beside;
  /** Absent for captures. */
  readonly replay: Replay | undefined;
  /** Of a lesson: the run once more, with something altered. */
  readonly again?: Again;
  readonly warning: {readonly problem: Problem; readonly place?: string} | undefined;
  readonly solving?: Solving;
  /** Of a capture that can be read again: its connection of that packet, simulated. `shown`: a part of it, which counts packets anew. */
  simulate?(packet: number | undefined, shown?: CapturedTrace): Promise<Result<Simulated, Failure>>;
  /** Of a lesson: what was simulated. */
  readonly run?: Run;
  readonly lesson?: Lesson;
  /** Of a connection of a capture in the simulator: what was made of it, as a lesson of one run, and how it is asked for. */
  readonly simulated?: {readonly lesson: Lesson; readonly place: Written<'shell'>};
  /** Of a script: the expectation that was not met. */
  readonly failure?: Failure | undefined;
};

const unchanged: Wish = {run: undefined, seed: undefined, profile: undefined, faults: [], drops: []};

const longRun = (run: string, {mostEvents = usualEvents}: Wish, stoppedUs: number): Problem => {
  const {message, remedy} = runTooLong(run, mostEvents, stoppedUs);
  return {what: message, remedy};
};

/** Simulates a run of the lesson and ties its beats to what happened. */
export const openLesson = async (
  lesson: Lesson,
  wish: Wish = unchanged,
  place = shellFile(lesson.openedFrom ?? lesson.id),
  moves: readonly Move[] = [],
): Promise<Result<Opened, Failure>> => {
  const chosen = chooseRun(lesson, wish);
  if (!chosen.ok) return chosen;
  const {attemptRun, goalEvents} = await import('../lesson/attempt.ts');
  const {run: own, replay} = chosen.value;
  const run = attemptRun(own, moves);
  const again = await againOf(lesson, run, wish);
  const {trace, beats, asides} = again.simulate(again.scenario);
  const missing = wish.drops.find((packet) => packet > trace.packetCount);
  if (missing !== undefined) return err({...noPacket(missing, trace.packetCount), exit: 2});
  const first = lesson.runs[0]?.name === run.name;
  // The other runs show what the challenge asks for.
  const challenge = first ? lesson.challenge : undefined;
  return ok({
    argument: shell.join([place, ...wishWords(wish)], shell` `),
    source: lesson.id,
    title: lesson.title,
    track: lesson.track,
    runTitle: first ? undefined : run.title,
    runName: first ? undefined : run.name,
    trace,
    beats,
    beside: {
      asides,
      others: otherRuns(lesson, run.name),
      offered: offeredRuns(lesson, run.name),
      open: (name) => openLesson(lesson, {...wish, run: name, faults: [], drops: []}, place),
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
    // In a challenge the reader's moves are all that may be altered.
    ...(challenge ? {} : {again}),
    warning: trace.endReason === 'budget' ? {problem: longRun(run.name, wish, trace.durationUs)} : undefined,
    run,
    lesson,
  });
};
