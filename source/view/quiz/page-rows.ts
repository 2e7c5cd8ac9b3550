// The rows of the pages of review and progress (misconceptions, lessons, cards to review), their columns, and their texts.
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

/**
 * Returns the rows of the progress page: misconceptions that the learner was asked about, lessons that were begun, and misconceptions that
 * were never asked about.
 */
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

/** Returns the rows of the review page: cards that are due, then later ones. */
export const reviewRows = ({standing: {due, later}}: PageData): readonly PageRowOf[] => [
  ...due.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: true})),
  ...later.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: false})),
];

/** Returns the id of the misconception that a row is about; undefined if it is about something else. */
export const beliefOf = (row: PageRowOf | undefined): string | undefined => {
  if (row?.kind === 'belief') return row.id;
  return row?.kind === 'card' && row.card.kind === 'belief' ? row.id : undefined;
};

const lessonOf = (row: PageRowOf | undefined): string | undefined =>
  row?.kind === 'card' ? row.card.lesson : row?.kind === 'lesson' ? row.id : undefined;

/**
 * Returns the text on a row: the correct fact for a misconception, the subject of a lesson, or an interview's whole question; undefined if
 * there is none.
 */
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

/**
 * Returns the texts of a row's last columns: the level and the due day of a misconception, or the progress of a lesson and the result of
 * its test.
 */
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

/** Returns the text of a row's first column: the name of the card, lesson or misconception. */
export const rowName = (row: PageRowOf, data: PageData): Text => {
  if (row.kind === 'card') return cardName(row.card, data);
  return row.kind === 'lesson' ? lessonName(row.id, data) : beliefName(row.id, data);
};

/** Returns a row of the page as a sentence for a screen reader. */
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
