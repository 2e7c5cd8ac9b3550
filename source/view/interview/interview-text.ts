// Writes the questions of the interview as plain text, for a pipe or for paper.

import type {InterviewQuestion} from '../../lesson/interview.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';

const questionLines = (
  {topic, ask, next, points, answer}: InterviewQuestion,
  index: number,
  language: Language,
): readonly string[] => [
  `${index + 1}. ${ask[language]}  (${trackNames[topic][language]})`,
  ...points.map(({text, proof}) =>
    [
      `   [ ] ${text[language]}`,
      proof ? worded(say.see, {lesson: proof.lesson})[language] : say.noRun[language],
    ].join(punctuation.space[language]),
  ),
  ...next.map((text) => `   ${worded(say.goOn, {question: text})[language]}`),
  `   ${say.answer[language]}`,
  `   ${answer[language]}`,
  '',
];

export const interviewLines = (
  questions: readonly InterviewQuestion[],
  language: Language,
): readonly string[] => questions.flatMap((question, index) => questionLines(question, index, language));
