// The type of what has been opened: a run with everything that can be done with it.

import type {Replayed} from '../drills/replay/from-capture.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {sameIn, type Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import type {Conversation} from '../observe/captured-place.ts';
import type {Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import type {ChallengeInput} from '../view/scene-input.ts';
import type {Tells} from '../view/story/told-beside.ts';
import type {Result} from '../wire/result.ts';
import type {Problem} from '../words/problem.ts';
import type {Written} from '../words/written.ts';
import type {Failure} from './command.ts';
import type {OtherRun} from './other-runs.ts';
import type {Again} from './run-again.ts';

export type Opened = {
  /** The arguments after `packet-tutor play` that open this run again. */
  readonly argument: Written<'shell'>;
  readonly source: string;
  /** The title of the source; undefined for captures, which have only a file name. */
  readonly title: Text | undefined;
  /** The track of the lesson; absent if the source is no lesson. */
  readonly track?: Track;
  /** The title of the run; undefined for the first run of a lesson. */
  readonly runTitle: Text | undefined;
  readonly runName: string | undefined;
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  /** Which events the account describes in addition to the lesson's beats. @default all */
  readonly tells?: Tells;
  /** True for a capture that is still being written to standard input. */
  readonly live?: true;
  /** The trace of a capture with all its conversations, and everything that was observed in it; absent for other sources. */
  readonly captured?: Captured;
  /** The lesson's other runs, and the beats of a what-if; absent for sources without runs. */
  readonly beside?: Beside;
  /** The contents of the run's replay code; undefined for captures and scripts. */
  readonly replay: Replay | undefined;
  /** Simulates the lesson's run again with changes; absent for captures, scripts and challenges. */
  readonly again?: Again;
  readonly warning: {readonly problem: Problem; readonly place?: string} | undefined;
  readonly solving?: Solving;
  /**
   * Simulates the captured connection to which the packet belongs; absent if the capture cannot be read again. `shown` is the part of the
   * capture in which the packet has this number.
   */
  simulate?(packet: number | undefined, shown?: CapturedTrace): Promise<Result<Simulated, Failure>>;
  /** The lesson's run that was simulated; absent for captures. */
  readonly run?: Run;
  readonly lesson?: Lesson;
  /** The lesson made from a simulated connection, with its single run, and the arguments that open it; absent otherwise. */
  readonly simulated?: {readonly lesson: Lesson; readonly place: Written<'shell'>};
  /** The expectation of a packetdrill script that was not met; absent if all were. */
  readonly failure?: Failure | undefined;
};

/** Returns the beats of an opened run, and after them those of a what-if. */
export const beatsIn = ({beats, beside}: Opened): readonly BoundBeat[] => [
  ...beats,
  ...(beside?.asides ?? []),
];

export const titleOf = ({title, source}: Opened): Text => title ?? sameIn(source);

/** Returns an opened capture reduced to one of its conversations; `label` is that of the list, such as `4` or `u1`. */
export const conversationOf = (
  {live: _, ...opened}: Opened,
  {trace: whole}: Captured,
  {id, label}: {readonly id: Conversation; readonly label: string},
): Opened => {
  const trace = whole.only(id);
  const {simulate} = opened;
  return {
    ...opened,
    trace,
    runTitle: sameIn(`#${label}`),
    ...(simulate ? {simulate: (packet) => simulate(packet, trace)} : {}),
  };
};

export type Captured = {readonly trace: CapturedTrace; readonly inspector: CaptureInspector};

export type Beside = {
  /** The beats at the beginning and the end of a what-if: its title, and its outcome. Empty for other runs. */
  readonly asides: readonly BoundBeat[];
  readonly others: readonly OtherRun[];
  /** The other runs of the lesson that the player offers at the end of this one. */
  readonly offered: readonly OtherRun[];
  /** Opens another run of the lesson by its name, with the same limits and without added faults. */
  open(name: string): Promise<Result<Opened, Failure>>;
};

/** A challenge that is being solved, with a function that runs it again with other moves. */
export type Solving = ChallengeInput & {
  /** The contents of the replay code of the learner's attempt; undefined if no replay code can contain it. */
  readonly replay: Replay | undefined;
  attempt(moves: readonly Move[]): Promise<Result<Opened, Failure>>;
};

/** Returns the contents of an opened run's replay code, in a challenge with the learner's moves; undefined if there is none. */
export const replayIn = ({solving, replay}: Opened): Replay | undefined =>
  solving ? solving.replay : replay;

export type Simulated = {
  /** The capture reduced to the connection that was simulated. */
  readonly capture: Trace;
  readonly replayed: Replayed;
  readonly opened: Opened;
};
