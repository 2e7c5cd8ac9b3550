// The content that lessons share: rules, misconceptions, cards and glossary (lessons/data/*.yaml).

import type {Rule} from './rule.ts';
import type {TextFile} from './schema.ts';
import type {FaultFile, SelectorFile} from './schema-script.ts';
import type {InEvery, Text} from './text.ts';
import type {Track} from './tracks.ts';

/**
 * A run that shows the belief to be wrong. `at`: the instant to watch; `that` holds there, and could not if the belief were right.
 * `shown` and `believed` say of this very run what is so and what is not; values stand in `{…}` as in lessons.
 */
export type CounterFile = {
  readonly lesson: string;
  /** @default the lesson's first */
  readonly run?: string | undefined;
  /** On top of the run's own. */
  readonly faults?: readonly FaultFile[] | undefined;
  readonly at: SelectorFile;
  readonly that: string;
  readonly shown: TextFile;
  readonly believed: TextFile;
};

export type Misconception = {
  readonly id: string;
  /** A few words, for lists; the belief itself where its file gives none. */
  readonly name: Text;
  readonly belief: Text;
  readonly correct: Text;
  /** Reply to a choice that holds this belief; `{given}` and `{right}` are the values of the choices. */
  readonly answerMeans: Text;
  readonly rfc: string;
  readonly lesson: string;
  readonly counter?: CounterFile;
};

/** `names`: how texts have it, where those are not the parts of `term` that commas and parentheses make. */
export type Term = {
  readonly id: string;
  readonly term: Text;
  readonly names?: Partial<InEvery<readonly string[]>>;
  /** Lessons of other tracks mean something else by its names. Absent: those of all. */
  readonly tracks?: readonly Track[];
  /** A plain sentence for somebody in the first lesson; `text` says the same in the words of the field. */
  readonly plain?: Text;
  readonly text: Text;
};

/** A page of reference: a heading, then a table or lines, or both. */
export type Card = {
  readonly id: string;
  readonly title: Text;
  readonly head: readonly Text[];
  /** As many cells in each as the head has. */
  readonly rows: readonly (readonly Text[])[];
  readonly lines: readonly Text[];
};

export type LessonData = {
  readonly rules: readonly Rule[];
  readonly misconceptions: readonly Misconception[];
  readonly glossary: readonly Term[];
  /** What else stands on the screen: fields, variables, timers. */
  readonly labels: readonly Term[];
  readonly cards: readonly Card[];
};
