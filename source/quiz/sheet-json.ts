// Writes a question as `quiz --json` prints it; see docs/reference.md, “`quiz --json`”.
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';

type Json = {readonly [key: string]: unknown};

export const questionJson = (question: Question): Json => {
  const {id, lesson, kind, topic, form, prompt, choices, answer, givens} = question;
  const {wrongAnswers, hints, explain, because, evidence, place, touches, skill} = question;
  return {
    ...{id, lesson, kind, topic, form, prompt: promptText(prompt), choices, answer},
    ...(givens === undefined ? {} : {givens}),
    ...{wrongAnswers, hints, explain, because: because ?? null, skill, touches, place, evidence},
  };
};
