// The input from which one instant of the player is drawn: the run, the state of the player, and what can be looked up.

import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Card, Misconception, Term} from '../lesson/data.ts';
import type {Judgement} from '../lesson/judge.ts';
import type {Challenge, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import type {Rule} from '../lesson/rule.ts';
import type {Settable} from '../lesson/settable.ts';
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {Trace} from '../sim/trace.ts';
import type {Part} from './forks/parts.ts';
import type {Told} from './guarded.ts';
import type {Message} from './note.ts';
import type {Pacing} from './time/pace.ts';
import type {PlaybackState} from './time/playback-state.ts';

/** The texts that the reader can look up beside a run, such as the glossary and cards. */
export type Reference = {
  readonly card: (id: string) => Card | undefined;
  readonly glossary: readonly Term[];
  /** Returns the title of a lesson that a narration mentions; undefined if this version has no such lesson. */
  readonly lessonTitle: (id: string) => Text | undefined;
};

/** The challenge that the learner is solving, with his own run of it. */
export type ChallengeInput = {
  readonly challenge: Challenge;
  /** The lesson's run of the challenge, without the learner's moves. */
  readonly run: Run;
  readonly moves: readonly Move[];
  /** The settings of the run that the challenge lets the learner change, with their values before any of his moves. */
  readonly settable: readonly Settable[];
  /** The judgement of the learner's finished run; the reader is shown only as much of it as he has seen of the run. */
  readonly judgement: Judgement;
  /** Why the run does not solve the challenge although it nearly does; undefined if it is no near miss. */
  readonly miss?: Text | undefined;
  /** The replay code of the learner's run of a challenge; absent if he has made no moves, or if no code can express them. */
  readonly code?: string;
};

export type SceneInput = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** The names of the values that are shown from the start; undefined unless the lesson hides values until they matter. */
  readonly shows?: readonly string[] | undefined;
  readonly playback: PlaybackState;
  /** The id of the lesson or the name of the capture file; then the lesson's title, which captures do not have. */
  readonly source: string;
  readonly title: Text | undefined;
  /** The track of the lesson; some panels are shown only in one track. */
  readonly track?: Track | undefined;
  /** The title of this run of the lesson; undefined for the lesson's first run. */
  readonly runTitle: Text | undefined;
  /** True if the reader made this run by altering a packet. */
  readonly yours?: true;
  readonly rule: (id: string) => Rule | undefined;
  readonly misconception: (id: string) => Misconception | undefined;
  /** The texts that the reader can look up beside the run; undefined if there are none. */
  readonly reference?: Reference;
  /** The challenge that the learner is solving; undefined if there is none. */
  readonly challenge?: ChallengeInput;
  /** The id of the lesson whose check, a test of its questions, is offered once this run is over; undefined if none is. */
  readonly check?: string | undefined;
  /** The titles of the lesson's other runs (what-ifs) that are offered at the end of this one. */
  readonly whatIfs: readonly Text[];
  /**
   * A message about what was done, or what could not be done and what to do instead; it replaces the narration's note until the next key.
   * undefined if there is none.
   */
  readonly message: Message | undefined;
  /** The host or link that the reader has marked to change it; absent if none is. */
  readonly part?: Part | undefined;
  /** Returns the lines shown in place of a panel that throws an error; undefined if the error should be thrown on. */
  readonly told?: Told | undefined;
};
