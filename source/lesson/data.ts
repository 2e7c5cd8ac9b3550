// The content that lessons share: rules, misconceptions, cards and glossary (lessons/data/*.yaml).

import type {Rule} from './rule.ts';
import type {TextFile} from './schema.ts';
import type {FaultFile, SelectorFile} from './schema-script.ts';
import type {InEvery, Text} from './text.ts';
import type {Track} from './tracks.ts';

/**
 * A run that shows the belief to be wrong. `at` is the instant to watch; `that` holds there, and could not if the belief were right.
 * `shown` and `believed` tell for this very run what is true and what is not, with values in `{…}` as in lessons.
 */
export type CounterFile = {
  readonly lesson: string;
  /** The run that shows the belief to be wrong. @default the lesson's first run */
  readonly run?: string | undefined;
  /** Faults in addition to the run's own. */
  readonly faults?: readonly FaultFile[] | undefined;
  readonly at: SelectorFile;
  readonly that: string;
  readonly shown: TextFile;
  readonly believed: TextFile;
};

export type Misconception = {
  readonly id: string;
  /** A few words for lists; the belief itself if its file gives none. */
  readonly name: Text;
  readonly belief: Text;
  readonly correct: Text;
  /** The reply to a choice that holds this belief; `{given}` and `{right}` are the values of the choices. */
  readonly answerMeans: Text;
  readonly rfc: string;
  readonly lesson: string;
  readonly counter?: CounterFile;
};

/** A term of the glossary. `names` are its forms in texts, if those are not the parts of `term` that commas and parentheses separate. */
export type Term = {
  readonly id: string;
  readonly term: Text;
  readonly names?: Partial<InEvery<readonly string[]>>;
  /** The tracks in which the term has this meaning, because others use its names differently; absent: all tracks. */
  readonly tracks?: readonly Track[];
  /** A plain sentence for somebody in the first lesson; `text` says the same in technical words. */
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
  /** Other labels on the screen: fields, variables, timers. */
  readonly labels: readonly Term[];
  readonly cards: readonly Card[];
};
