// Describes the interview in sentences for a screen reader: its state, and what the last key has changed.

import {mythAndFactTexts} from '../../lesson/belief.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {choiceName, choiceSentence, choiceSize, leadsTo, timeWords} from './interview-screen.ts';
import {
  answeredOf,
  askedNow,
  type InterviewState,
  markedPoint,
  missedIn,
  offered,
  shownBy,
} from './interview-state.ts';

const choiceWords = (state: InterviewState, index: number, language: Language): string => {
  const choice = offered(state)[index];
  if (choice === undefined) return '';
  return [choiceName(choice), choiceSize(state, choice)]
    .map((text) => text[language])
    .join(punctuation.comma[language]);
};

/**
 * Returns sentences for a screen reader on an interview question that is read with its answer: the question, the answer, the misconception,
 * and what keys open.
 */
const readingSentences = (state: InterviewState, language: Language): readonly string[] => {
  const question = askedNow(state)?.question;
  if (question === undefined) return [];
  const belief = question.belief === undefined ? undefined : state.beliefs.get(question.belief);
  return [
    question.ask,
    question.answer,
    ...(belief ? mythAndFactTexts(belief) : []),
    ...[leadsTo(state)].flatMap((text) => text ?? []),
  ].map((text) => text[language]);
};

/** Returns sentences on the marked point of an answer: whether the learner has ticked it, its text, and which run shows it. */
const pointSentences = (state: InterviewState, language: Language): readonly string[] => {
  const point = markedPoint(state);
  const asked = askedNow(state);
  if (point === undefined || asked === undefined) return [];
  const ticked = (asked.ticked.includes(point.id) ? say.ticked : say.unticked)[language];
  const said = state.phase === 'reading' ? '' : `${ticked}${punctuation.colon[language]}`;
  return [`${said}${point.text[language]}`, shownBy(state, point)[language]];
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
  const time = timeWords(state)?.[language];
  const head = [`${place}${punctuation.colon[language]}${question.ask[language]}`, ...(time ? [time] : [])];
  if (state.phase === 'asking') return [...head, say.aloud[language]];
  const next = question.next.map((text) => worded(say.goOn, {question: text})[language]);
  return [...head, ...pointSentences(state, language), ...next];
};

export const interviewSentences = (state: InterviewState, language: Language): readonly string[] => {
  switch (state.phase) {
    case 'topics':
      return [say.intro[language], ...offered(state).map((_, index) => choiceWords(state, index, language))];
    case 'result':
      return answeredOf(state).flatMap((_, index) => resultSentences(state, index, language));
    case 'list':
      return [askedNow(state)?.question.ask[language] ?? ''];
    case 'reading':
      return readingSentences(state, language);
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
  // A screen reader does not speak the interview's clock, which changes each second.
  if (before.clock !== after.clock) return [];
  if (before.untimed !== after.untimed)
    return [timeWords(after) ?? say.untimed].map((text) => text[language]);
  if (before.answer !== after.answer && after.answer === 'read')
    return [askedNow(after)?.question.answer[language] ?? ''];
  if (after.phase === 'topics')
    return [
      choiceWords(after, after.row, language),
      ...[choiceSentence(after)].flatMap((text) => text?.[language] ?? []),
    ];
  if (after.phase === 'reading' && after.row === 0) return readingSentences(after, language);
  return after.phase === 'result'
    ? resultSentences(after, after.row, language)
    : pointSentences(after, language);
};
