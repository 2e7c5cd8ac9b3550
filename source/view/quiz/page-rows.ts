// The rows of the pages of review and progress: what can be marked there, what stands in its columns, what is said of it.
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {LessonStanding} from '../../quiz/lesson-standing.ts';
import type {Here} from '../../quiz/progress-summary.ts';
import {openQuestionOf, type ReviewCard} from '../../quiz/schedule.ts';
import type {BeliefStanding} from '../../quiz/standing.ts';
import {levelNames, progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {beliefName, cardName, dueText, lastWords, lessonName, type Page, unseenIn} from './progress-page.ts';

export type PageRowOf =
  | {readonly kind: 'belief'; readonly id: string; readonly standing: BeliefStanding | undefined}
  | {readonly kind: 'lesson'; readonly id: string; readonly standing: LessonStanding}
  | {readonly kind: 'card'; readonly id: string; readonly card: ReviewCard; readonly isDue: boolean};

type PageData = Omit<Page, 'language' | 'ascii'>;

/** Beliefs that answers tell of, lessons that were begun, beliefs that nobody has asked about. */
export const progressRows = (data: PageData): readonly PageRowOf[] => {
  const {standing, lessons} = data;
  return [
    ...standing.beliefs.map((each): PageRowOf => ({kind: 'belief', id: each.misconception, standing: each})),
    ...lessons.flatMap(({id}): readonly PageRowOf[] => {
      const here = standing.lessons.get(id);
      return here === undefined ? [] : [{kind: 'lesson', id, standing: here}];
    }),
    ...unseenIn(data).map((id): PageRowOf => ({kind: 'belief', id, standing: undefined})),
  ];
};

/** What is due, then what comes. */
export const reviewRows = ({standing: {due, later}}: PageData): readonly PageRowOf[] => [
  ...due.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: true})),
  ...later.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: false})),
];

/** Of a row about a belief: the belief. */
export const beliefOf = (row: PageRowOf | undefined): string | undefined => {
  if (row?.kind === 'belief') return row.id;
  return row?.kind === 'card' && row.card.kind === 'belief' ? row.id : undefined;
};

const lessonOf = (row: PageRowOf | undefined): string | undefined =>
  row?.kind === 'card' ? row.card.lesson : row?.kind === 'lesson' ? row.id : undefined;

/** What is so instead of a belief; of a lesson, what it is about; of an interview, the whole question. */
export const wordsFor = (
  {misconceptions, lessons, openQuestions}: PageData,
  row: PageRowOf | undefined,
): Text | undefined => {
  const open = row?.kind === 'card' ? openQuestionOf(row.card) : undefined;
  if (open !== undefined) return openQuestions?.get(open);
  const [belief, lesson] = [beliefOf(row), lessonOf(row)];
  return belief === undefined
    ? lessons.find(({id}) => id === lesson)?.summary
    : misconceptions.find(({id}) => id === belief)?.correct;
};

/** Level and due day, or how far the lesson has come and what its check said. */
export const lastColumns = (
  row: Exclude<PageRowOf, {kind: 'card'}>,
  here: Here,
  language: Language,
): readonly [string, string] => {
  if (row.kind === 'belief') {
    if (row.standing === undefined) return ['', ''];
    const {level, dueMs} = row.standing;
    return [levelNames[level][language], dueText(dueMs, here)[language]];
  }
  const {finished, check} = row.standing;
  const how = finished ? progressWords.done : progressWords.begun;
  return [
    how[language],
    check === undefined
      ? ''
      : worded(progressWords.score, {right: check.right, count: check.asked})[language],
  ];
};

/** What stands in a row's first column. */
export const rowName = (row: PageRowOf, data: PageData): Text => {
  if (row.kind === 'card') return cardName(row.card, data);
  return row.kind === 'lesson' ? lessonName(row.id, data) : beliefName(row.id, data);
};

/** A row for ears. */
export const rowSentence = (row: PageRowOf, data: PageData, language: Language): string => {
  const {here} = data;
  const name = rowName(row, data)[language];
  const joined = (...parts: readonly string[]): string =>
    parts.filter((part) => part !== '').join(punctuation.comma[language]);
  if (row.kind === 'card') {
    const due = row.isDue ? progressWords.dueNow : dueText(row.card.dueMs, here);
    return joined(name, lastWords(row.card, here, language), due[language]);
  }
  const [now, next] = lastColumns(row, here, language);
  if (row.kind === 'lesson') {
    const {answers, right} = row.standing;
    const check = next === '' ? '' : `${progressWords.check[language]} ${next}`;
    return joined(name, worded(progressWords.score, {right, count: answers})[language], now, check);
  }
  if (row.standing === undefined) return joined(name, progressWords.notAsked[language]);
  const {answers} = row.standing;
  const right = answers.filter((each) => each).length;
  return joined(name, worded(progressWords.score, {right, count: answers.length})[language], now, next);
};
