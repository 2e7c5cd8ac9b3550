// Returns the clause in which a rule is written, with the name of its step.

import {citation} from '../../account/citation.ts';
import type {Rule} from '../../lesson/rule.ts';
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';

export const clauseOf = ({rfc, step}: Rule, language: Language): string =>
  `${citation(rfc)}${punctuation.comma[language]}${step[language]}`;
