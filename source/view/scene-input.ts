// The input from which a scene is made.

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

/** The texts that can be looked up beside the run. */
export type Reference = {
  readonly card: (id: string) => Card | undefined;
  readonly glossary: readonly Term[];
  /** Returns the title of a lesson that a narration mentions; undefined if this version has no such lesson. */
  readonly lessonTitle: (id: string) => Text | undefined;
};

/** The learner's own run of a challenge. */
export type ChallengeInput = {
  readonly challenge: Challenge;
  /** The lesson's run without the moves. */
  readonly run: Run;
  readonly moves: readonly Move[];
  /** The event that meets each part of the goal. */
  readonly met: readonly (number | undefined)[];
};

export type SceneInput = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** The values that are shown from the start, in a lesson that hides values until they matter. */
  readonly shows?: readonly string[] | undefined;
  readonly playback: PlaybackState;
  /** The lesson's id or the file name, and the lesson's title; captures have none. */
  readonly source: string;
  readonly title: Text | undefined;
  /** The lesson's track, to which some panels belong. */
  readonly track?: Track | undefined;
  /** The title of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  /** The reader made this run by altering a packet. */
  readonly yours?: true;
  readonly rule: (id: string) => Rule | undefined;
  readonly misconception: (id: string) => Misconception | undefined;
  /** The texts to look up; absent if there are none. */
  readonly reference?: Reference;
  /** The challenge; absent if there is nothing to solve. */
  readonly challenge?: ChallengeInput;
  /** The lesson that can be tested once this run is over. */
  readonly check?: string | undefined;
  /** The titles of the other runs that are offered at the end. */
  readonly whatIfs: readonly Text[];
  /** A message that replaces the narration's note until the next key: what was done, or what could not be done and what to do instead. */
  readonly message: Message | undefined;
  /** Returns the text in place of a panel that throws an error; absent if the error should go through. */
  readonly told?: Told | undefined;
};
