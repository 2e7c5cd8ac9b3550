// Reads the opening page of a lesson: what happened before, which hosts there are, and the goals of the lesson.

import {openingSentences} from '../words/catalogue/lesson.ts';
import {problemWith} from './problem.ts';
import type {Problems} from './problems.ts';
import type {LessonFile} from './schema.ts';
import type {Text} from './text.ts';

export type Goal = {
  readonly text: Text;
  /** The indexes of the lesson's beats whose questions test this goal. */
  readonly questions: readonly number[];
};

export type Opening = {
  readonly before: Text;
  /** The hosts that the opening page introduces, the learner's own first. */
  readonly hosts: readonly {readonly name: string; readonly is: Text}[];
  readonly goals: readonly Goal[];
};

export const readOpening = (
  {opening, beats}: LessonFile,
  hosts: readonly string[],
  problems: Problems,
): Opening | undefined => {
  const goals = opening?.goals ?? [];
  for (const [index, {goal}] of beats.entries()) {
    if (goal === undefined || goal <= goals.length) continue;
    problems.add(['beats', index, 'goal'], problemWith(openingSentences.goal, {goal, count: goals.length}));
  }
  if (opening === undefined) return undefined;
  for (const name of Object.keys(opening.hosts))
    problems.knows(['opening', 'hosts', name], openingSentences.host, name, hosts);
  return {
    before: opening.before,
    hosts: Object.entries(opening.hosts).map(([name, is]) => ({name, is})),
    goals: goals.map((text, place) => ({
      text,
      questions: beats.flatMap(({goal}, index) => (goal === place + 1 ? [index] : [])),
    })),
  };
};
