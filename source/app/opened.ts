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
  /** The source as it was asked for: the words after `packet-tutor play`. */
  readonly argument: Written<'shell'>;
  readonly source: string;
  /** The title; undefined for captures, which have only a name. */
  readonly title: Text | undefined;
  /** The track of a lesson. */
  readonly track?: Track;
  /** The title of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  readonly runName: string | undefined;
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  /** The part of the run that the account tells beside a lesson. @default everything */
  readonly tells?: Tells;
  /** True for a capture that is still being written. */
  readonly live?: true;
  /** Everything that was found in a capture. */
  readonly captured?: Captured;
  /** The other runs of a lesson. */
  readonly beside?: Beside;
  /** The replay code; absent for captures. */
  readonly replay: Replay | undefined;
  /** The run of a lesson once more, with something altered. */
  readonly again?: Again;
  readonly warning: {readonly problem: Problem; readonly place?: string} | undefined;
  readonly solving?: Solving;
  /**
   * Simulates the connection of a capture to which the packet belongs, if the capture can be read again. `shown` is a part of it, with its
   * own packet numbers.
   */
  simulate?(packet: number | undefined, shown?: CapturedTrace): Promise<Result<Simulated, Failure>>;
  /** The run of a lesson that was simulated. */
  readonly run?: Run;
  readonly lesson?: Lesson;
  /** The lesson of one run that was made from a simulated connection, and how it is asked for. */
  readonly simulated?: {readonly lesson: Lesson; readonly place: Written<'shell'>};
  /** The expectation of a script that was not met. */
  readonly failure?: Failure | undefined;
};

/** Returns the beats, with those of a what-if. */
export const beatsIn = ({beats, beside}: Opened): readonly BoundBeat[] => [
  ...beats,
  ...(beside?.asides ?? []),
];

export const titleOf = ({title, source}: Opened): Text => title ?? sameIn(source);

/** Returns one conversation of a capture alone, under its label in the list. */
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
  /** The beats of a what-if, at its beginning and its end. */
  readonly asides: readonly BoundBeat[];
  readonly others: readonly OtherRun[];
  /** The runs that the end of this run offers in the player. */
  readonly offered: readonly OtherRun[];
  /** Opens one of the other runs, with the same wishes as this one. */
  open(name: string): Promise<Result<Opened, Failure>>;
};

/** A challenge, with a function that runs it again with other moves. */
export type Solving = ChallengeInput & {
  /** The contents of the replay code of the run with the learner's moves; undefined if no code can name it. */
  readonly replay: Replay | undefined;
  attempt(moves: readonly Move[]): Promise<Result<Opened, Failure>>;
};

/** Returns what the replay code of the run says, with the moves of a challenge; undefined if there is none. */
export const replayIn = ({solving, replay}: Opened): Replay | undefined =>
  solving ? solving.replay : replay;

export type Simulated = {
  /** The capture with this connection only. */
  readonly capture: Trace;
  readonly replayed: Replayed;
  readonly opened: Opened;
};
