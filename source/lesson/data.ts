// The content that lessons share: rules, misconceptions, cards and glossary (lessons/data/*.yaml).

import type {Rule} from './rule.ts';
import type {TextFile} from './schema.ts';
import type {FaultFile, SelectorFile} from './schema-script.ts';
import type {InEvery, Text} from './text.ts';
import type {Track} from './tracks.ts';

/**
 * A run that shows a belief to be wrong, as an author writes it. `that` is true at the instant `at`, and could not be if the belief were
 * right. `shown` and `believed` say what is true of this run and what is not, with values in `{…}`.
 */
export type CounterFile = {
  readonly lesson: string;
  /** The name of the lesson's run that shows the belief to be wrong. @default the lesson's first run */
  readonly run?: string | undefined;
  /** Faults to add to those of the lesson's run. */
  readonly faults?: readonly FaultFile[] | undefined;
  readonly at: SelectorFile;
  readonly that: string;
  readonly shown: TextFile;
  readonly believed: TextFile;
};

export type Misconception = {
  readonly id: string;
  /** The misconception in a few words, for lists; the belief itself if the file gives no name. */
  readonly name: Text;
  readonly belief: Text;
  readonly correct: Text;
  /**
   * The reply to somebody who takes a choice with this belief; `{given}` and `{right}` are the values of that choice and of the right one.
   */
  readonly answerMeans: Text;
  readonly rfc: string;
  readonly lesson: string;
  readonly counter?: CounterFile;
};

/** A term of the glossary. `names` are the forms in which texts have it; absent: the parts of `term` between commas and parentheses. */
export type Term = {
  readonly id: string;
  readonly term: Text;
  readonly names?: Partial<InEvery<readonly string[]>>;
  /** The tracks in which the term has this meaning, because others use its names differently; absent: all tracks. */
  readonly tracks?: readonly Track[];
  /** The meaning in a plain sentence for somebody in the first lesson; `text` says the same in technical words. */
  readonly plain?: Text;
  readonly text: Text;
};

/** A card of reference: a heading, then a table or lines, or both. */
export type Card = {
  readonly id: string;
  readonly title: Text;
  readonly head: readonly Text[];
  /** The rows of the table, each with as many cells as the head. */
  readonly rows: readonly (readonly Text[])[];
  readonly lines: readonly Text[];
};

export type LessonData = {
  readonly rules: readonly Rule[];
  readonly misconceptions: readonly Misconception[];
  readonly glossary: readonly Term[];
  /** Labels on the screen that are not in the glossary (fields, variables, timers), with their meanings. */
  readonly labels: readonly Term[];
  readonly cards: readonly Card[];
};
