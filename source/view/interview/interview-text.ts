// Writes the questions of the interview as plain text, for a pipe or for paper, and estimates how long answers take to speak.

import type {InterviewQuestion} from '../../lesson/interview.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';

/** How many English words, and how many Chinese characters, are spoken in a second. */
const wordsEach = 2.5;
const charactersEach = 4.3;

/** Returns in about how many seconds a text is spoken; a Latin word within Chinese text counts as a word. */
export const spokenSeconds = (text: string): number => {
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[^\s\p{P}\p{Script=Han}]+/gu)?.length ?? 0;
  return Math.round((words / wordsEach + characters / charactersEach) / 5) * 5;
};

const questionLines = (
  {topic, ask, next, points, answer}: InterviewQuestion,
  index: number,
  language: Language,
): readonly string[] => [
  `${index + 1}. ${ask[language]}  (${trackNames[topic][language]})`,
  ...points.map(({text, proof}) =>
    [
      `   [ ] ${text[language]}`,
      proof ? worded(say.see, {lesson: proof.lesson, run: proof.run})[language] : say.noRun[language],
    ].join(punctuation.space[language]),
  ),
  ...next.map((text) => `   ${worded(say.goOn, {question: text})[language]}`),
  `   ${worded(say.answer, {seconds: spokenSeconds(answer[language])})[language]}`,
  `   ${answer[language]}`,
  '',
];

export const interviewLines = (
  questions: readonly InterviewQuestion[],
  language: Language,
): readonly string[] => questions.flatMap((question, index) => questionLines(question, index, language));
