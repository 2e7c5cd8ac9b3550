// What a scene is made from.

import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Card, Misconception, Term} from '../lesson/data.ts';
import type {Challenge, Run} from '../lesson/lesson.ts';
import type {Rule} from '../lesson/rule.ts';
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {Trace} from '../sim/trace.ts';
import type {Told} from './guarded.ts';
import type {Message} from './note.ts';
import type {Pacing} from './time/pace.ts';
import type {PlaybackState} from './time/playback-state.ts';

/** What can be looked up beside the run. */
export type Reference = {
  readonly card: (id: string) => Card | undefined;
  readonly glossary: readonly Term[];
  /** Title of a lesson that a narration leads to; undefined: there is no such lesson in this version. */
  readonly lessonTitle: (id: string) => Text | undefined;
};

/** The learner's own run of a challenge. */
export type ChallengeInput = {
  readonly challenge: Challenge;
  /** The lesson's run, without the moves. */
  readonly run: Run;
  readonly moves: readonly Move[];
  /** For each part of the goal the event that meets it. */
  readonly met: readonly (number | undefined)[];
};

export type SceneInput = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** Of a lesson that hides values until they matter: those that are there from the start. */
  readonly shows?: readonly string[] | undefined;
  readonly playback: PlaybackState;
  /** Lesson id or file name, and the lesson's title; captures have none. */
  readonly source: string;
  readonly title: Text | undefined;
  /** Of the lesson: some panels belong to a track. */
  readonly track?: Track | undefined;
  /** Of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  /** The reader made it: a packet was altered. */
  readonly yours?: true;
  readonly rule: (id: string) => Rule | undefined;
  readonly misconception: (id: string) => Misconception | undefined;
  /** Absent: nothing. */
  readonly reference?: Reference;
  /** Absent: nothing is to be solved. */
  readonly challenge?: ChallengeInput;
  /** The lesson that can be checked once this run is over. */
  readonly check?: string | undefined;
  /** Titles of the other runs that the end of this one offers. */
  readonly whatIfs: readonly Text[];
  /** In place of the narration's note until the next key: what was done, or what could not be and what to do instead. */
  readonly message: Message | undefined;
  /** What is shown or said in the place of a panel that throws; absent: nothing is, it throws. */
  readonly told?: Told | undefined;
};
