// Describes the interview in sentences for a screen reader: its state, and what the last key has changed.

import {type Language, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {topicName} from './interview-screen.ts';
import {
  answeredOf,
  askedNow,
  type InterviewState,
  markedPoint,
  missedIn,
  shownBy,
  topicRows,
} from './interview-state.ts';

const topicSentence = (state: InterviewState, index: number, language: Language): string => {
  const row = topicRows(state)[index];
  if (row === undefined) return '';
  const count = worded(say.questions, {count: row.count})[language];
  return `${topicName(row.topic, language)}${punctuation.comma[language]}${count}`;
};

/** Returns sentences on the marked point of an answer: whether the learner has ticked it, its text, and which run shows it. */
const pointSentences = (state: InterviewState, language: Language): readonly string[] => {
  const point = markedPoint(state);
  const asked = askedNow(state);
  if (point === undefined || asked === undefined) return [];
  const ticked = (asked.ticked.includes(point.id) ? say.ticked : say.unticked)[language];
  return [`${ticked}${punctuation.colon[language]}${point.text[language]}`, shownBy(state, point)[language]];
};

const resultSentences = (state: InterviewState, index: number, language: Language): readonly string[] => {
  const asked = answeredOf(state)[index];
  if (asked === undefined) return [];
  const missed = missedIn(asked);
  const all = asked.question.points.length;
  const score = worded(say.score, {said: all - missed.length, all})[language];
  return [
    `${score}${punctuation.colon[language]}${asked.question.ask[language]}`,
    ...missed.map(({text}) => text[language]),
  ];
};

const questionSentences = (state: InterviewState, language: Language): readonly string[] => {
  const asked = askedNow(state);
  if (asked === undefined) return [];
  const {question} = asked;
  const place = worded(say.place, {number: state.at + 1, count: state.asked.length})[language];
  const head = [`${place}${punctuation.colon[language]}${question.ask[language]}`];
  if (state.phase === 'asking') return [...head, say.aloud[language]];
  const next = question.next.map((text) => worded(say.goOn, {question: text})[language]);
  return [...head, ...pointSentences(state, language), ...next];
};

export const interviewSentences = (state: InterviewState, language: Language): readonly string[] => {
  switch (state.phase) {
    case 'topics':
      return [
        say.intro[language],
        ...topicRows(state).map((_, index) => topicSentence(state, index, language)),
      ];
    case 'result':
      return answeredOf(state).flatMap((_, index) => resultSentences(state, index, language));
    default:
      return questionSentences(state, language);
  }
};

export const interviewNews = (
  before: InterviewState,
  after: InterviewState,
  language: Language,
): readonly string[] => {
  if (before === after) return [];
  if (before.phase !== after.phase || before.at !== after.at) return interviewSentences(after, language);
  if (before.answer !== after.answer && after.answer === 'read')
    return [askedNow(after)?.question.answer[language] ?? ''];
  if (after.phase === 'topics') return [topicSentence(after, after.row, language)];
  return after.phase === 'result'
    ? resultSentences(after, after.row, language)
    : pointSentences(after, language);
};
