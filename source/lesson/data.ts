// The content that lessons share: rules, misconceptions, cards and glossary (lessons/data/*.yaml).
import type {Text} from './lesson.ts';

/** `id` is a RuleId of the stack; `step` says what happened, `text` why, `formula` the arithmetic. */
export type Rule = {
  readonly id: string;
  readonly rfc: string;
  readonly step: Text;
  readonly text: Text;
  readonly formula?: readonly string[];
};

export type Misconception = {
  readonly id: string;
  readonly belief: Text;
  readonly correct: Text;
  /** Reply to a choice that holds this belief; `{given}` and `{right}` are the values of the choices. */
  readonly answerMeans: Text;
  readonly rfc: string;
  readonly lesson: string;
};

export type Term = {readonly id: string; readonly term: Text; readonly text: Text};

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
  readonly cards: readonly Card[];
};
