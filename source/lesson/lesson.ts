// A lesson after compilation: plain JSON data, selectors and expressions already parsed (docs/lessons.md).

import type {Fault} from '../sim/fault.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Misconception} from './data.ts';
import type {Expression} from './expression.ts';
import type {Facet, Printed} from './facets.ts';
import type {Proof} from './interview.ts';
import type {Opening} from './opening.ts';
import type {BeliefPlace} from './pack-beliefs.ts';
import type {PacketField} from './packet-field.ts';
import type {Position} from './position.ts';
import type {Selector} from './selector.ts';
import type {InEvery, Text} from './text.ts';
import type {Track} from './tracks.ts';

export type Counter = {
  readonly misconception: string;
  readonly run: string;
  /** On top of the run's own. */
  readonly faults: readonly Fault[];
  /** The instant to watch. */
  readonly at: Selector;
  /** Holds there, and would not if the belief were right. */
  readonly that: Expression;
  /** `that` as it is written. */
  readonly written: string;
  readonly shown: Template;
  readonly believed: Template;
  /** What is so in whichever run, and where the RFCs say it. */
  readonly correct: Text;
  readonly rfc: string;
  /** Of a pack: where it is written. */
  readonly place?: ReturnType<BeliefPlace>;
};

/** Text with its `{…}` compiled: what is not a string is computed when a run is bound. */
export type Template = InEvery<readonly (string | Expression)[]>;

export type Choice = {
  /** Absent for concept questions, whose text is the choice. */
  readonly value?: Expression;
  readonly text?: Template;
  readonly correct: boolean;
  readonly misconception?: string;
  /** Where the file names that misconception. */
  readonly named?: Position;
};

/** What made a text true in its own run: how far around its event it looks, in events, and a hash of what is there. */
export type Signature = {
  readonly of: readonly Facet[];
  /** Its own event and those before it. */
  readonly before: number;
  readonly behind: number;
  /** What arrived altered in its instant, hashed; absent: nothing did. */
  readonly altered?: number;
  readonly hash: number;
};

/** The keys that a beat asks its reader to press, and when they count as pressed (docs/lessons.md, *Invitations*). */
export type Invitation = {
  /** The names of the keys, such as `up` and `enter`, in the order in which they are pressed. */
  readonly keys: readonly string[];
} & (
  | {
      /** It has been taken up once this is open: a panel by its name, or `why`. */
      readonly opens: string;
    }
  | {
      /** It has been taken up in the runs of the learner's own at whose end this is true. */
      readonly met: Expression;
      /** The what-if whose beats tell what comes of it. */
      readonly leads: string;
    }
);

type BeatCommon = {
  readonly run: string;
  /** What it was true of in that run (`signed.ts`); absent: it speaks wherever its event is found. */
  readonly signature?: Signature;
  /** What the texts of the beat speak of; absent: they count as speaking of everything. A narration or prediction with `holds` does not need it. */
  readonly speaks?: readonly Facet[];
  /** By which name later beats lean on it. */
  readonly as?: string;
  /** Beats that have to have been told. */
  readonly leans?: readonly string[];
  readonly position: Position;
  readonly panels?: readonly string[];
  readonly show: readonly string[];
  /** The quiz asks it without what the story told before it, or not at all. */
  readonly quiz?: 'alone' | 'never';
  /** What the quiz prints beside the question of this beat, which cannot be answered without it. */
  readonly prints?: readonly Printed[];
  /** What a beginner's screen has from here on, beside `show`. */
  readonly shows?: readonly string[];
};

export type Beat =
  | (BeatCommon & {
      readonly kind: 'narration';
      readonly when: Selector;
      /** It speaks in any run where this is true, whatever else is different. */
      readonly holds?: Expression;
      /** Empty where the card says it all. */
      readonly say: Template;
      /** One quieter line below the narration. */
      readonly note?: Template;
      readonly myth?: string;
      readonly card?: string;
      readonly link?: string;
      readonly invites?: Invitation;
    })
  | (BeatCommon & {
      readonly kind: 'prediction';
      readonly before: Selector;
      readonly holds?: Expression;
      readonly ask: Template;
      readonly hint?: Template;
      readonly choices: readonly Choice[];
      /** Fields of the packet at hand that are asked for; the check holds the answer against them. */
      readonly asks: readonly PacketField[];
      readonly explain: Template;
      /** The clause that *Why?* names. */
      readonly rfc?: string;
    })
  | (BeatCommon & {
      readonly kind: 'concept';
      /** Absent: after the beat before it. */
      readonly when?: Selector;
      readonly ask: Template;
      readonly hint?: Template;
      readonly choices: readonly Choice[];
      readonly explain?: Template;
      readonly rfc: string;
      readonly holds: Expression;
    });

export type QuestionBeat = Extract<Beat, {kind: 'prediction' | 'concept'}>;

/** Several runs of a lesson are told apart by a letter: `A`, and what stands behind it. */
export type Lettered = {readonly letter: string; readonly title: Text};

/** What a run is made of is the scenario's; what it ends with is a selector still. */
export type Run = Omit<Scenario, 'until' | 'crypto'> & {
  readonly name: string;
  /** In the lesson's file; absent: it stands in none. */
  readonly position?: Position;
  /** Where its last faults stand in that file: the ones before them belong to the run that a what-if changes. */
  readonly faultPlaces?: readonly Position[];
  /** With its letter, where it has one. */
  readonly title?: Text;
  readonly lettered?: Lettered;
  readonly until: 'quiet' | {readonly atUs: number} | {readonly selector: Selector};
};

/** The learner's own run has to meet the goal. */
export type Challenge = {
  readonly goal: readonly {readonly selector: Selector; readonly position: Position}[];
  /** Calls and kinds of faults that the learner may use. */
  readonly offer: {readonly calls: readonly string[]; readonly faults: readonly Fault['kind'][]};
  /** How many of them a good solution takes. */
  readonly par: number;
  readonly hints: readonly Text[];
  readonly position: Position;
};

export type Check = {
  readonly that: Expression;
  readonly because: string;
  readonly run: string;
  readonly position: Position;
};

export type WhatIf = {
  readonly title: Text;
  /** What comes of it, said once its run has ended. */
  readonly say?: Template;
  /** What the text in `say` speaks of; absent: it counts as speaking of everything. */
  readonly speaks?: readonly Facet[];
  /** What that was true of in its own run. */
  readonly signature?: Signature;
  /** The run that it changes, by name. */
  readonly changes: string;
  /** The same with the changes made. */
  readonly run: Run;
  /** Each of these happens. */
  readonly expect: readonly {readonly selector: Selector; readonly position: Position}[];
  readonly checks: readonly Check[];
  readonly position: Position;
};

export type Lesson = {
  /** From 2 on what a text says of a run has to be backed (`backed.ts`). */
  readonly format: 1 | 2;
  /** As the author knows it: where errors are reported. */
  readonly file: string;
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
  readonly requires: readonly string[];
  /** Of the quiz, those that are about what it is about. Absent: of its track all are. */
  readonly kinds?: readonly string[];
  readonly rfc: readonly string[];
  /** Absent: it begins at once. */
  readonly opening?: Opening;
  /** By name, in the order of the file; the first is the one that plays. */
  readonly runs: readonly Run[];
  /** Runs to be shown side by side. */
  readonly together?: readonly string[];
  readonly challenge?: Challenge;
  readonly beats: readonly Beat[];
  /** What is on the screen before any beat: values come as the beats name them. Absent: all of them are there. */
  readonly shows?: readonly string[];
  /** Phrases with numbers that are true of every run. */
  readonly constants?: readonly string[];
  /** Of the quiz alone: the story does not ask them. */
  readonly questions?: readonly QuestionBeat[];
  readonly checks: readonly Check[];
  readonly whatIfs: readonly WhatIf[];
  /** Absent: no belief is known that a run of it shows to be wrong. */
  readonly counters?: readonly Counter[];
  /** Absent: no run of it is shown in an interview. */
  readonly proofs?: readonly Proof[];
  /** Of a lesson that is none of ours: its file, as it was asked for. */
  readonly openedFrom?: string;
  /** Those of its pack, beside ours. */
  readonly beliefs?: readonly Misconception[];
};
