// The errors in the arguments of the command `quiz`, and their remedies.
import {nearest} from '../lesson/nearest.ts';
import {worded} from '../lesson/text.ts';
import {quizErrorsSentences} from './catalogue/quiz-errors.ts';
import {type Problem, problemOf} from './problem.ts';

export const noSuchSubject = (given: string, known: readonly string[]): Problem => {
  const near = nearest(given, known);
  const rest = quizErrorsSentences.noSuchSubject.rest;
  return {
    what: worded(quizErrorsSentences.noSuchSubject.what, {given}),
    remedy: near === undefined ? rest : worded(quizErrorsSentences.noSuchSubject.remedy, {near, rest}),
  };
};

export const twoOfOneName = (id: string, [one, other]: readonly [string, string]): Problem =>
  problemOf(quizErrorsSentences.twoOfOne, {id, one, other});
