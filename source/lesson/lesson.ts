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
  /** The faults that the counter-example adds to those of its run. */
  readonly faults: readonly Fault[];
  /** The instant of the counter-example's run at which the belief is seen to be wrong. */
  readonly at: Selector;
  /** The condition that is true at that instant and would not be if the belief were right. */
  readonly that: Expression;
  /** The condition `that` as the author wrote it. */
  readonly written: string;
  readonly shown: Template;
  readonly believed: Template;
  /** The ids of the glossary terms in `shown` and `believed`; absent for lessons that are not built in. */
  readonly words?: readonly string[];
  /** The true sentence that replaces the belief, which holds in any run; `rfc` is its source. */
  readonly correct: Text;
  readonly rfc: string;
  /** The place of the belief in its file; absent if the belief belongs to no pack. */
  readonly place?: ReturnType<BeliefPlace>;
};

/**
 * A lesson's text in each language, with its `{…}` compiled: each part that is no string is an expression, computed when the text is bound
 * to a run.
 */
export type Template = InEvery<readonly (string | Expression)[]>;

export type Choice = {
  /** The value of the choice; absent if the choice is just a text, as in concept questions. */
  readonly value?: Expression;
  readonly text?: Template;
  readonly correct: boolean;
  readonly misconception?: string;
  /** The reason why this choice is wrong, shown to a learner who takes it. */
  readonly why?: Template;
  /** The place in the lesson file where the choice names its misconception. */
  readonly named?: Position;
};

/** The signature of a text: which events around its own count for the facts that made it true in its run, and a hash of these facts. */
export type Signature = {
  readonly of: readonly Facet[];
  /** The number of events that count, up to and including the text's own event; `behind` is the number of those after it. */
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
      /** The panel, or `why`, which the learner has to open to take up the invitation. */
      readonly opens: string;
    }
  | {
      /** The invitation is taken up if this condition is true at the end of a run that the learner has changed. */
      readonly met: Expression;
      /** The name of the what-if whose beats then tell the result. */
      readonly leads: string;
    }
);

type BeatCommon = {
  readonly run: string;
  /** The signature of the facts that made the beat true in its run; absent: the beat is told wherever its event is found. */
  readonly signature?: Signature;
  /**
   * The facets of which the beat's texts speak; absent: they count as speaking of everything. A narration or prediction with `holds` needs
   * none.
   */
  readonly speaks?: readonly Facet[];
  /** The name by which later beats refer to this beat and its packet. */
  readonly as?: string;
  /** The beats that have to be told before this one. */
  readonly leans?: readonly string[];
  readonly position: Position;
  readonly panels?: readonly string[];
  readonly show: readonly string[];
  /** `alone`: the quiz asks the beat's question without the story before it. `never`: the quiz does not ask the question. */
  readonly quiz?: 'alone' | 'never';
  /** Lists what the quiz prints beside this beat's question, because it cannot be answered otherwise. */
  readonly prints?: readonly Printed[];
  /** The panels and fields that a beginner's screen has from this beat on, in addition to `show`. */
  readonly shows?: readonly string[];
};

export type Beat =
  | (BeatCommon & {
      readonly kind: 'narration';
      readonly when: Selector;
      /** If present, this condition alone decides whether the narration is told in another run. */
      readonly holds?: Expression;
      /** The text of the narration; empty if the card says everything. */
      readonly say: Template;
      /** A less prominent line below the narration's text. */
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
      /** The fields of the current packet that the prediction asks for; `check` compares the answer with their values. */
      readonly asks: readonly PacketField[];
      readonly explain: Template;
      /** The RFC section that *Why?* names as the source of the answer. */
      readonly rfc?: string;
    })
  | (BeatCommon & {
      readonly kind: 'concept';
      /** The event to which the concept question belongs; absent: the question comes right after the beat before it. */
      readonly when?: Selector;
      readonly ask: Template;
      readonly hint?: Template;
      readonly choices: readonly Choice[];
      readonly explain?: Template;
      readonly rfc: string;
      readonly holds: Expression;
    });

export type QuestionBeat = Extract<Beat, {kind: 'prediction' | 'concept'}>;

/** The letter that distinguishes a run from others of the lesson, such as `A`, and the run's title without it. */
export type Lettered = {readonly letter: string; readonly title: Text};

/** A run of a lesson: a scenario for the simulator, except that its end (`until`) may still be a selector. */
export type Run = Omit<Scenario, 'until' | 'crypto'> & {
  /** The name of the run in codes, JSON and stored answers. */
  readonly name: string;
  /** The id of the what-if, if the run's name is an earlier one that was kept. People see the id and ask for the run by it. */
  readonly id?: string;
  /** The place of the run in the lesson file; absent if the file does not describe it. */
  readonly position?: Position;
  /** The places of the run's last faults in the lesson's file: the faults before them belong to the run that a what-if changes. */
  readonly faultPlaces?: readonly Position[];
  /** The title with the run's letter, if it has one. */
  readonly title?: Text;
  readonly lettered?: Lettered;
  /** The settings with which a learner changed the lesson's run; absent if the run is unchanged. */
  readonly set?: readonly Setting[];
  readonly until: 'quiet' | {readonly atUs: number} | {readonly selector: Selector};
};

/** A near miss of a challenge: moves that nearly solve it, and why they do not. A run with `when` true at its end is told the reason. */
export type Miss = {
  readonly changes: readonly Move[];
  readonly when: Expression;
  readonly say: Template;
  readonly position: Position;
};

/** A challenge: a task for the learner's own run, with the events to bring about, what may be changed, and hints. */
export type Challenge = {
  readonly sort: Sort;
  /** The level of the challenge: 1 needs only the opening of a connection, 2 also the rest of TCP and DNS, 3 all lessons. */
  readonly level: 1 | 2 | 3;
  /** The challenge's goal in one sentence; absent if the beats of the lesson say it. */
  readonly task?: Text;
  /** The events that have to happen to solve the challenge, each with its line of the checklist if the author wrote one. */
  readonly goal: readonly {readonly selector: Selector; readonly say?: Text; readonly position: Position}[];
  /** The conditions that have to be true at the end of the learner's run, each with its line of the checklist. */
  readonly holds: readonly {readonly that: Expression; readonly say: Text; readonly position: Position}[];
  /** The calls, kinds of faults and places of settings (`server.tcp.backlog`, `path.*`) that the learner may use in the challenge. */
  readonly offer: {
    readonly calls: readonly string[];
    readonly faults: readonly Fault['kind'][];
    readonly settings: readonly string[];
    /** True if the learner may send segments of his own in the challenge. */
    readonly answers?: true;
  };
  /** The place of the challenge's `offer` in the lesson file. */
  readonly offerAt: Position;
  /** The number of moves of each kind that a solution must have, no more and no fewer; a kind that is absent may have any number. */
  readonly uses?: {readonly [kind in MoveKind]?: number | undefined};
  /** The most moves that a solution of the challenge may have. */
  readonly most?: number;
  /** The number of moves that a good solution of the challenge takes. */
  readonly par: number;
  readonly hints: readonly Text[];
  /** Moves that solve the challenge; absent if the author wrote none. */
  readonly solution?: readonly Move[];
  /** The place of the challenge's solution in the lesson file; absent if there is none. */
  readonly solutionAt?: Position;
  readonly misses: readonly Miss[];
  /** The text that is shown when the challenge is solved: what the learner has learnt. */
  readonly learnt?: Text;
  /** The id of the lesson that explains the subject of the challenge. */
  readonly lesson?: string;
  /** The host that the learner plays; absent if he plays none. */
  readonly stack?: Stack;
  readonly position: Position;
};

/**
 * The host whose segments the learner sends by hand; `from` is the number of his first segment, and the host's stack sends those before it.
 */
export type Stack = {readonly host: string; readonly from?: number | undefined};

export type Check = {
  readonly that: Expression;
  readonly because: string;
  readonly run: string;
  readonly position: Position;
};

export type WhatIf = {
  readonly title: Text;
  /** The text about the what-if's result, told at the end of its run. */
  readonly say?: Template;
  /** The facets of which the text `say` speaks; absent: it counts as speaking of everything. */
  readonly speaks?: readonly Facet[];
  /** The signature of the facts that made the text `say` true in the what-if's run. */
  readonly signature?: Signature;
  /** The name of the run that the what-if changes. */
  readonly changes: string;
  /** The run with the what-if's changes made. */
  readonly run: Run;
  /** The events that all have to happen in the what-if's run, which `check` verifies. */
  readonly expect: readonly {readonly selector: Selector; readonly position: Position}[];
  readonly checks: readonly Check[];
  readonly position: Position;
};

/**
 * The words that put a quiz question on a subject: it names one of these flags, states or timers; or exactly all words of one of the lists.
 */
export type Naming = readonly (string | readonly string[])[];

export type Lesson = {
  /** The version of the lesson format. Format 2 requires that numbers which texts say of a run are backed (`check-backed.ts`). */
  readonly format: 1 | 2;
  /** The name of the lesson's file as the author knows it, under which errors are reported. */
  readonly file: string;
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
  readonly requires: readonly string[];
  /** The kinds of quiz questions on the lesson's subject. Absent: all kinds of its track are. */
  readonly kinds?: readonly string[];
  /** The flags, states and timers that belong to the lesson's subject; a quiz question that names only others is off the subject. */
  readonly about?: Naming;
  /** The words of the lesson's subject that replace `about` for some kinds of quiz questions. */
  readonly aboutKinds?: {readonly [kind: string]: Naming | undefined};
  /** The names of the runs that generated quiz questions on the lesson are about. Absent: all runs, and some with a lost packet. */
  readonly askedRuns?: readonly string[];
  readonly rfc: readonly string[];
  /** The opening page; absent: the lesson begins at once. */
  readonly opening?: Opening;
  /** The runs of the lesson in the order of its file; the first one plays when the lesson is opened. */
  readonly runs: readonly Run[];
  /** The part of the lesson file from which the runs were compiled; absent if the lesson was not made from a file. */
  readonly ground?: KeptGround;
  /** The names of the lesson's runs that are shown side by side. */
  readonly together?: readonly string[];
  readonly challenge?: Challenge;
  readonly beats: readonly Beat[];
  /** The panels and values on a beginner's screen before any beat; beats add others. Absent: everything is shown. */
  readonly shows?: readonly string[];
  /** Phrases with numbers that are true of every run, so that texts may use them without backing. */
  readonly constants?: readonly string[];
  /** Further questions that the quiz asks and the lesson does not. */
  readonly questions?: readonly QuestionBeat[];
  readonly checks: readonly Check[];
  readonly whatIfs: readonly WhatIf[];
  /** The counter-examples of beliefs that use runs of the lesson; absent if there are none. */
  readonly counters?: readonly Counter[];
  /** The proofs of interview answers that use runs of the lesson; absent if there are none. */
  readonly proofs?: readonly Proof[];
  /** The terms and proper names that the opening and the beats name (`named-words.ts`); absent for lessons that are not built in. */
  readonly taught?: readonly string[];
  /** The file from which the user opened the lesson, as he named it; absent for built-in lessons. */
  readonly openedFrom?: string;
  /** The beliefs of the pack that the lesson belongs to, in addition to the program's own. */
  readonly beliefs?: readonly Misconception[];
};
