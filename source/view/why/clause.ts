// Returns the clause of a rule for *Why?*, with the name of the rule's step.

import {citation} from '../../account/citation.ts';
import type {Rule} from '../../lesson/rule.ts';
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';

export const clauseOf = ({rfc, step}: Rule, language: Language): string =>
  `${citation(rfc)}${punctuation.comma[language]}${step[language]}`;
