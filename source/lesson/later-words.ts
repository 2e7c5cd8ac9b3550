// The words of lesson-language.md whose protocols are still to come. A protocol that brings a word takes it off the list by that
// (vocabulary.ts); what is left is reported as “not of this version”, so that a lesson can be written before its protocol is.

import {laterWordsSentences} from '../words/catalogue/lesson.ts';
import {type Problem, problemWith, wordRemedy} from './problem.ts';
import type {Text} from './text.ts';

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
  return {
    ...problemWith(laterWordsSentences.notOfThis, {kind: kinds[kind], given, remedy}),
    later: `${kind} ${given}`,
  };
};
