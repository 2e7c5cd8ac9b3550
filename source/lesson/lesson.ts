// A lesson after compilation: plain JSON data, selectors and expressions already parsed (docs/lessons.md).

import type {Fault} from '../sim/fault.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Setting} from '../sim/setting.ts';
import type {Misconception} from './data.ts';
import type {Expression} from './expression.ts';
import type {Facet, Printed} from './facets.ts';
import type {KeptGround} from './ground.ts';
import type {Proof} from './interview.ts';
import type {Move, MoveKind} from './move.ts';
import type {Opening} from './opening.ts';
import type {BeliefPlace} from './pack-beliefs.ts';
import type {PacketField} from './packet-field.ts';
import type {Position} from './position.ts';
import type {Selector} from './selector.ts';
import type {InEvery, Text} from './text.ts';
import type {Sort, Track} from './tracks.ts';

export type Counter = {
  readonly misconception: string;
  readonly run: string;
  /** Faults in addition to the run's own. */
  readonly faults: readonly Fault[];
  /** The instant to watch. */
  readonly at: Selector;
  /** The condition, which holds at that instant and would not if the belief were right. */
  readonly that: Expression;
  /** The expression `that` as the author wrote it. */
  readonly written: string;
  readonly shown: Template;
  readonly believed: Template;
  /** The ids of the glossary terms in these two sentences; absent for lessons that are not built in. */
  readonly words?: readonly string[];
  /** The true sentence, which holds in any run, and `rfc` is its source. */
  readonly correct: Text;
  readonly rfc: string;
  /** The belief's place in its file, if it belongs to a pack. */
  readonly place?: ReturnType<BeliefPlace>;
};

/** A text with its `{…}` compiled: each part that is no string is computed when a run is bound. */
export type Template = InEvery<readonly (string | Expression)[]>;

export type Choice = {
  /** The value of the choice; absent for concept questions, whose text is the choice. */
  readonly value?: Expression;
  readonly text?: Template;
  readonly correct: boolean;
  readonly misconception?: string;
  /** The reason why this choice is wrong, which is said to whoever takes it. */
  readonly why?: Template;
  /** The place in the file that names the misconception. */
  readonly named?: Position;
};

/** The facts that made a text true in its own run: the events around its event that count, and a hash of them. */
export type Signature = {
  readonly of: readonly Facet[];
  /** The number of events up to and including the text's own; `behind` are those after it. */
  readonly before: number;
  readonly behind: number;
  /** A hash of the packets that arrived altered in the text's instant; absent if none did. */
  readonly altered?: number;
  readonly hash: number;
};

/** The keys that a beat asks its reader to press, and when they count as pressed (docs/lessons.md, *Invitations*). */
export type Invitation = {
  /** The names of the keys, such as `up` and `enter`, in the order in which they are pressed. */
  readonly keys: readonly string[];
} & (
  | {
      /** The panel whose opening takes the invitation up, by its name, or `why`. */
      readonly opens: string;
    }
  | {
      /** The condition that takes the invitation up when it is true at the end of one of the learner's own runs. */
      readonly met: Expression;
      /** The what-if whose beats tell the result. */
      readonly leads: string;
    }
);

type BeatCommon = {
  readonly run: string;
  /** The facts that made the beat true in its run (`signed.ts`); absent: the beat is told wherever its event is found. */
  readonly signature?: Signature;
  /**
   * The facets of which the beat's texts speak; absent: the texts count as speaking of everything. A narration or prediction with `holds`
   * does not need it.
   */
  readonly speaks?: readonly Facet[];
  /** The name by which later beats refer to this beat. */
  readonly as?: string;
  /** The beats that have to be told before this one. */
  readonly leans?: readonly string[];
  readonly position: Position;
  readonly panels?: readonly string[];
  readonly show: readonly string[];
  /** `alone`: the quiz asks the beat's question without the story before it. `never`: the quiz does not ask the question. */
  readonly quiz?: 'alone' | 'never';
  /** The facts that the quiz prints beside this beat's question, which cannot be answered without them. */
  readonly prints?: readonly Printed[];
  /** Panels and fields that a beginner's screen has from here on, in addition to `show`. */
  readonly shows?: readonly string[];
};

export type Beat =
  | (BeatCommon & {
      readonly kind: 'narration';
      readonly when: Selector;
      /** The condition that alone decides whether the beat is told in another run. */
      readonly holds?: Expression;
      /** The text of the narration; empty if the card says everything. */
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
      /** The fields of the current packet that are asked for; the check compares the answer with them. */
      readonly asks: readonly PacketField[];
      readonly explain: Template;
      /** The clause of an RFC that *Why?* names. */
      readonly rfc?: string;
    })
  | (BeatCommon & {
      readonly kind: 'concept';
      /** The event that the beat belongs to; absent: the beat comes after the one before it. */
      readonly when?: Selector;
      readonly ask: Template;
      readonly hint?: Template;
      readonly choices: readonly Choice[];
      readonly explain?: Template;
      readonly rfc: string;
      readonly holds: Expression;
    });

export type QuestionBeat = Extract<Beat, {kind: 'prediction' | 'concept'}>;

/** The letter that distinguishes several runs of a lesson, such as `A`, and the title after it. */
export type Lettered = {readonly letter: string; readonly title: Text};

/** A run is a scenario whose end is still a selector. */
export type Run = Omit<Scenario, 'until' | 'crypto'> & {
  /** The name under which codes, JSON and stored answers have the run. */
  readonly name: string;
  /** The id that the author gave to the what-if, if the run has kept an earlier name. People read it and ask for the run by it. */
  readonly id?: string;
  /** The run's place in the lesson's file; absent if the run is in none. */
  readonly position?: Position;
  /** The places of the run's last faults in the lesson's file: the faults before them belong to the run that a what-if changes. */
  readonly faultPlaces?: readonly Position[];
  /** The title with the run's letter, if it has one. */
  readonly title?: Text;
  readonly lettered?: Lettered;
  /** The settings by which a learner changed the run of that name; absent if it is as the lesson has it. */
  readonly set?: readonly Setting[];
  readonly until: 'quiet' | {readonly atUs: number} | {readonly selector: Selector};
};

/** Moves that do not solve the challenge although they nearly do, and the reason, told if `when` is true of the finished run. */
export type Miss = {
  readonly changes: readonly Move[];
  readonly when: Expression;
  readonly say: Template;
  readonly position: Position;
};

/** A task for the learner's own run: the events to bring about, what may be changed, and hints. */
export type Challenge = {
  readonly sort: Sort;
  /** The level: 1 needs only the opening of a connection, 2 also the rest of TCP and DNS, 3 all lessons. */
  readonly level: 1 | 2 | 3;
  /** The goal in one sentence; absent if a lesson's beats say it. */
  readonly task?: Text;
  /** The events that have to happen, each with its line of the checklist if the author wrote one. */
  readonly goal: readonly {readonly selector: Selector; readonly say?: Text; readonly position: Position}[];
  /** The conditions that have to be true when the run has ended, each with its line of the checklist. */
  readonly holds: readonly {readonly that: Expression; readonly say: Text; readonly position: Position}[];
  /** Calls, kinds of faults and places of settings (`server.tcp.backlog`, `path.*`) that the learner may use. */
  readonly offer: {
    readonly calls: readonly string[];
    readonly faults: readonly Fault['kind'][];
    readonly settings: readonly string[];
    /** True if the learner may send segments of his own. */
    readonly answers?: true;
  };
  /** The place of `offer` in the file. */
  readonly offerAt: Position;
  /** The number of moves of a kind that a solution has to have, no more and no fewer; any number of the kinds that are absent. */
  readonly uses?: {readonly [kind in MoveKind]?: number | undefined};
  /** The most moves that a solution may have. */
  readonly most?: number;
  /** The number of moves that a good solution takes. */
  readonly par: number;
  readonly hints: readonly Text[];
  /** Moves that solve the challenge; absent where nobody has written them. */
  readonly solution?: readonly Move[];
  /** The place of the solution in the file; absent if there is none. */
  readonly solutionAt?: Position;
  readonly misses: readonly Miss[];
  /** The text that is shown when the challenge is solved: what the learner has learnt. */
  readonly learnt?: Text;
  /** The id of the lesson that explains it. */
  readonly lesson?: string;
  /** The host that the learner plays. */
  readonly stack?: Stack;
  readonly position: Position;
};

/** The host that the learner plays, segment by segment; `from` is the number of his first one, those before it are the stack's. */
export type Stack = {readonly host: string; readonly from?: number | undefined};

export type Check = {
  readonly that: Expression;
  readonly because: string;
  readonly run: string;
  readonly position: Position;
};

export type WhatIf = {
  readonly title: Text;
  /** The text about the result, told when the run has ended. */
  readonly say?: Template;
  /** The facets of which the text in `say` speaks; absent: the text counts as speaking of everything. */
  readonly speaks?: readonly Facet[];
  /** The facts that made the text true in its own run. */
  readonly signature?: Signature;
  /** The name of the run that the what-if changes. */
  readonly changes: string;
  /** The same run with the changes made. */
  readonly run: Run;
  /** The events that all have to happen in the changed run. */
  readonly expect: readonly {readonly selector: Selector; readonly position: Position}[];
  readonly checks: readonly Check[];
  readonly position: Position;
};

/**
 * The words by which a question is on the subject: a flag, state or timer among others, or all words of a list and no others.
 */
export type Naming = readonly (string | readonly string[])[];

export type Lesson = {
  /** The version of the lesson format. Format 2 requires that what a text says of a run is backed (`check-backed.ts`). */
  readonly format: 1 | 2;
  /** The file's name as the author knows it, under which errors are reported. */
  readonly file: string;
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
  readonly requires: readonly string[];
  /** The kinds of quiz questions on the lesson's subject. Absent: all kinds of its track are. */
  readonly kinds?: readonly string[];
  /** The flags, states and timers of the subject. A question that names others only is off the subject. */
  readonly about?: Naming;
  /** The words of the subject for single kinds of questions, which replace `about` for these kinds. */
  readonly aboutKinds?: {readonly [kind: string]: Naming | undefined};
  /** The runs that generated questions on the subject are about, as they are written. Absent: all runs, some with a packet lost. */
  readonly askedRuns?: readonly string[];
  readonly rfc: readonly string[];
  /** The opening page; absent: the lesson begins at once. */
  readonly opening?: Opening;
  /** The runs in the order of the file; the first is the one that plays. */
  readonly runs: readonly Run[];
  /** The part of the file from which the runs were compiled; absent for lessons that no file describes. */
  readonly ground?: KeptGround;
  /** The names of runs to be shown side by side. */
  readonly together?: readonly string[];
  readonly challenge?: Challenge;
  readonly beats: readonly Beat[];
  /** The panels and values on the screen before any beat; beats add others. Absent: all are shown. */
  readonly shows?: readonly string[];
  /** Phrases with numbers that are true of every run. */
  readonly constants?: readonly string[];
  /** Questions that only the quiz asks, not the story. */
  readonly questions?: readonly QuestionBeat[];
  readonly checks: readonly Check[];
  readonly whatIfs: readonly WhatIf[];
  /** The counter-examples of beliefs; absent if no run of the lesson shows a known belief to be wrong. */
  readonly counters?: readonly Counter[];
  /** The proofs of interview answers; absent if no run of the lesson is shown in an interview. */
  readonly proofs?: readonly Proof[];
  /** The terms and proper names that the opening and the beats name (`named-words.ts`); absent for lessons that are not built in. */
  readonly taught?: readonly string[];
  /** The file of a lesson that is not built in, as the user named it. */
  readonly openedFrom?: string;
  /** The beliefs of the lesson's pack, in addition to ours. */
  readonly beliefs?: readonly Misconception[];
};
