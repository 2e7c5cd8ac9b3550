// Writes a question as `quiz --json` prints it; see docs/reference.md, “`quiz --json`”.
import {given} from '../sim/given.ts';
import {promptText} from './prompt.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';
import {type KnownBeliefs, replyIn} from './reply.ts';

type Json = {readonly [key: string]: unknown};

export const questionJson = (question: Question, known: KnownBeliefs): Json => {
  const {id, lesson, kind, topic, form, prompt, choices, answer, givens} = question;
  const {wrongAnswers, hints, explain, because, evidence, place, touches, skill} = question;
  const withReply = (each: QuizChoice | WrongAnswer): Json => ({
    ...each,
    ...given({reply: replyIn(question, each, known)}),
  });
  return {
    ...{id, lesson, kind, topic, form, prompt: promptText(prompt), choices: choices.map(withReply), answer},
    ...(givens === undefined ? {} : {givens}),
    wrongAnswers: wrongAnswers.map(withReply),
    ...{hints, explain, because: because ?? null, skill, touches, place, evidence},
  };
};
