// The words of lesson-language.md whose protocols are still to come. A protocol that brings a word takes it off the list by that
// (vocabulary.ts); what is left is reported as “not of this version”, so that a lesson can be written before its protocol is.

import {laterWordsSentences} from '../words/catalogue/lesson.ts';
import {type Problem, problem, text, wordRemedy} from './problem.ts';
import {type Text, worded} from './text.ts';

/** Words of lesson-language.md whose protocols are still to come, by the place where they stand. */
export type LaterWords = {
  readonly calls: readonly string[];
  readonly triggers: readonly string[];
  readonly apps: readonly string[];
  readonly actors: readonly string[];
  readonly heads: readonly string[];
  readonly conditions: readonly string[];
};

export const laterWords: LaterWords = {
  calls: [],
  triggers: [],
  apps: [],
  actors: [],
  heads: [],
  conditions: [],
};

export type LaterKind = 'call' | 'trigger' | 'app' | 'actor' | 'selector' | 'field' | 'scheme';

const kinds: {readonly [kind in LaterKind]: Text} = {
  call: laterWordsSentences.kinds.call,
  trigger: laterWordsSentences.kinds.trigger,
  app: laterWordsSentences.kinds.app,
  actor: laterWordsSentences.kinds.actor,
  selector: laterWordsSentences.kinds.selector,
  field: laterWordsSentences.kinds.field,
  scheme: laterWordsSentences.kinds.scheme,
};

/** `allowed`: what may stand there instead. */
export const notOfThisVersion = (kind: LaterKind, given: string, allowed: readonly string[]): Problem => {
  const remedy = wordRemedy('', allowed);
  const {en, zh} = kinds[kind];
  return {
    ...problem(
      text(
        `the ${en} “${given}” is part of the language, but not of this version`,
        `${zh}「${given}」属于课程语言，但这个版本还没有实现`,
      ),
      worded(laterWordsSentences.notOfThis.remedy, {remedy}),
    ),
    later: `${kind} ${given}`,
  };
};
