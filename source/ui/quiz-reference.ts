// Returns what the screens of a quiz round mention: its rules and misconceptions, and the lessons that its result can open.
import type {QuizReference} from '../view/quiz/quiz-screen.ts';
import type {AppState} from './app-state.ts';
import {firstLesson} from './menu-state.ts';
import type {OpenQuiz} from './quiz-round.ts';

export const referenceIn = (state: AppState, {round: {reference}}: OpenQuiz): QuizReference => ({
  ...reference,
  lessons: {
    title: (id) => state.lessons.find((lesson) => lesson.id === id && !lesson.fault)?.title,
    ahead: firstLesson(state)?.lesson.id,
  },
});
