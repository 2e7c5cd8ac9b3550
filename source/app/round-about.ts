// Makes the quiz round that the key `Q` begins at the end of a simulated connection.

import {standardInputName} from '../io/capture-files.ts';
import {checkLength} from '../quiz/lesson-standing.ts';
import type {Question} from '../quiz/question.ts';
import type {OpenedRun, RoundResult} from '../ui/opened-run.ts';
import {noQuestions} from '../words/catalogue/quiz-errors.ts';
import {shell} from '../words/written.ts';
import {openAskedIn, questionsAbout} from './asked-about.ts';
import {freshSeed} from './learner.ts';
import {listedRound} from './listed-round.ts';
import {type Opened, titleOf} from './opened.ts';

/** Returns a quiz round of a few questions about an opened run; `play` opens a question's run in the player. */
export const roundAbout = (opened: Opened, play: (opened: Opened) => OpenedRun): RoundResult => {
  const seed = freshSeed();
  const questions: Question[] = [];
  for (const question of questionsAbout(opened, seed) ?? []) {
    questions.push(question);
    if (questions.length === checkLength) break;
  }
  if (questions.length === 0) return {message: noQuestions.what};
  const info = {
    mode: 'check',
    title: titleOf(opened),
    command: opened.source === standardInputName ? undefined : shell`quiz --source ${opened.argument}`,
    seed,
    count: questions.length,
  } as const;
  const openAsked = openAskedIn(opened, play);
  return {round: listedRound(info, questions, {lessons: [], crypto: undefined, openAsked})};
};
