// The words of lesson-language.md whose protocols are still to come. A protocol that brings a word takes it off the list by that
// (vocabulary.ts); what is left is reported as “not of this version”, so that a lesson can be written before its protocol is.

import {type Problem, problem, text, wordRemedy} from './problem.ts';
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
  call: text('call', '调用'),
  trigger: text('event', '事件'),
  app: text('application', '应用'),
  actor: text('actor', '角色'),
  selector: text('selector', '选择式'),
  field: text('field', '字段'),
  scheme: text('scheme', 'URL 方案'),
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
      text(`leave it out; ${remedy.en}`, `先去掉它；${remedy.zh}`),
    ),
    later: `${kind} ${given}`,
  };
};
