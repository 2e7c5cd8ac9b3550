// What has been opened: a run with all that can be done with it.

import type {Replayed} from '../drills/replay/from-capture.ts';
import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
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
  /** Of a lesson: what the account tells. @default everything */
  readonly tells?: Tells;
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

/** What is told of it; a what-if has words of its own. */
export const beatsIn = ({beats, beside}: Opened): readonly BoundBeat[] => [
  ...beats,
  ...(beside?.asides ?? []),
];

export const titleOf = ({title, source}: Opened): Text => title ?? sameIn(source);

/** One conversation of a capture alone, as the list of them calls it. */
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
  /** What a what-if tells at its beginning and its end. */
  readonly asides: readonly BoundBeat[];
  readonly others: readonly OtherRun[];
  /** Those that the end of this run offers in the player. */
  readonly offered: readonly OtherRun[];
  /** One of them, otherwise as this one was asked for. */
  open(name: string): Promise<Result<Opened, Failure>>;
};

/** A challenge, and another run of it with other moves. */
export type Solving = ChallengeInput & {attempt(moves: readonly Move[]): Promise<Result<Opened, Failure>>};

export type Simulated = {
  /** The connection alone. */
  readonly capture: Trace;
  readonly replayed: Replayed;
  readonly opened: Opened;
};
