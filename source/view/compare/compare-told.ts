// What is said of two runs where somebody knows more than their comparison shows: a capture and its simulation.

import type {Language, Text} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {Relation} from '../../sim/compare-packets.ts';
import type {CompareFact} from '../../words/compare.ts';
import {compareFacts, equalUpTo, explanation} from './compare-words.ts';

type ToldFact = {
  readonly name: Text;
  readonly left: string;
  readonly right: string;
  readonly relation: Relation;
  readonly remark: Text;
};

export type CompareTold = {readonly say: Text; readonly note: Text; readonly facts: readonly ToldFact[]};

/** Absent: what follows from the comparison itself. */
export const saidOf = (comparison: Comparison, language: Language, told?: CompareTold): string =>
  told ? told.say[language] : explanation(comparison, language);

export const noteOf = (comparison: Comparison, language: Language, told?: CompareTold): string =>
  told ? told.note[language] : equalUpTo(comparison, language);

export const factsOf = (
  comparison: Comparison,
  language: Language,
  {most, told}: {readonly most: number; readonly told?: CompareTold | undefined},
): readonly CompareFact[] =>
  told
    ? told.facts
        .slice(0, most)
        .map((fact) => ({...fact, name: fact.name[language], remark: fact.remark[language]}))
    : compareFacts(comparison, language, most);
