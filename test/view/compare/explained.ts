// What is said of two runs, with the rules of the program.
import type {Language} from '../../../source/lesson/text.ts';
import {type Comparison, differingRows} from '../../../source/sim/compare.ts';
import {comparisonTold} from '../../../source/view/compare/compare-words.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';

const rules = new Map(sharedData().rules.map((rule) => [rule.id, rule]));

export const toldOf = (comparison: Comparison) => comparisonTold(comparison, (id) => rules.get(id));

/** Of the difference with that index; the first without. */
export const explained = (comparison: Comparison, language: Language, nth = 0): string =>
  toldOf(comparison).say(differingRows(comparison)[nth])[language];
