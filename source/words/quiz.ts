// The words of a round of the quiz: practice, exam, review, and their results (screens.md (n)).
import {type Text, worded} from '../lesson/text.ts';
import {quizSentences} from './catalogue/quiz.ts';

const minutesAndSeconds = (ms: number): Text => {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0
    ? worded(quizSentences.minutesAndSeconds.s, {rest})
    : worded(quizSentences.minutesAndSeconds.minS, {minutes, rest});
};

export const quizWords = {
  practice: quizSentences.quiz.practice,
  exam: quizSentences.quiz.exam,
  review: quizSentences.quiz.review,
  check: quizSentences.quiz.check,
  question: (at: number, count: number): Text => worded(quizSentences.quiz.question, {at, count}),
  seed: (seed: number): Text => worded(quizSentences.quiz.seed, {seed}),
  streak: (streak: number): Text => worded(quizSentences.quiz.streak, {streak}),
  left: (ms: number): Text => worded(quizSentences.quiz.left, {ms: minutesAndSeconds(ms)}),
  took: minutesAndSeconds,
  looking: quizSentences.quiz.looking,
  tooSmall: (rows: number): Text => worded(quizSentences.quiz.tooSmall, {rows}),
  yourNumber: quizSentences.quiz.yourNumber,
  yourOrder: quizSentences.quiz.yourOrder,
  several: quizSentences.quiz.several,
  howSure: quizSentences.quiz.howSure,
  hint: (at: number, all: number): Text => worded(quizSentences.quiz.hint, {at, all}),
  right: quizSentences.quiz.right,
  wrong: (given: string, right: string): Text => worded(quizSentences.quiz.wrong, {given, right}),
  noRule: quizSentences.quiz.noRule,
} as const;
