// The rows of the pages of review and progress (misconceptions, lessons, cards to review), their columns, and their texts.
import {type Language, worded} from '../../lesson/text.ts';
import type {LessonStanding} from '../../quiz/lesson-standing.ts';
import type {Here} from '../../quiz/progress-summary.ts';
import {openQuestionOf, type ReviewCard} from '../../quiz/schedule.ts';
import type {BeliefStanding} from '../../quiz/standing.ts';
import {levelNames, progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cardName, dueText, lastWords, lessonName, type Page} from './progress-page.ts';
import {beliefTold, shownBeliefs, type Way, waysOn} from './ways-on.ts';

export type PageRowOf =
  | {readonly kind: 'belief'; readonly id: string; readonly standing: BeliefStanding | undefined}
  | {readonly kind: 'lesson'; readonly id: string; readonly standing: LessonStanding}
  | {readonly kind: 'card'; readonly id: string; readonly card: ReviewCard; readonly isDue: boolean}
  | {readonly kind: 'way'; readonly id: string; readonly way: Way};

type PageData = Omit<Page, 'language' | 'ascii'>;

const wayRows = (data: PageData): readonly PageRowOf[] =>
  waysOn(data).map((way) => ({kind: 'way', id: typeof way.does === 'object' ? 'next' : way.does, way}));

/**
 * Returns the rows of the progress page: misconceptions that the learner's answers or a finished lesson have shown, begun lessons, and what
 * can be done next.
 */
export const progressRows = (data: PageData): readonly PageRowOf[] => {
  const {standing, lessons} = data;
  return [
    ...shownBeliefs(data).map((each): PageRowOf => ({kind: 'belief', ...each})),
    ...lessons.flatMap(({id}): readonly PageRowOf[] => {
      const here = standing.lessons.get(id);
      return here === undefined ? [] : [{kind: 'lesson', id, standing: here}];
    }),
    ...wayRows(data),
  ];
};

/**
 * Returns the rows of the review page: cards that are due, what else can be done, and cards that are due later. If nothing is due, what can
 * be done comes first, and with it the mark.
 */
export const reviewRows = (data: PageData): readonly PageRowOf[] => {
  const {due, later} = data.standing;
  return [
    ...due.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: true})),
    ...wayRows(data),
    ...later.map((card): PageRowOf => ({kind: 'card', id: card.name, card, isDue: false})),
  ];
};

/** Returns the id of the misconception that a row of the review or progress page is about; undefined if it is about something else. */
export const beliefOf = (row: PageRowOf | undefined): string | undefined => {
  if (row?.kind === 'belief') return row.id;
  return row?.kind === 'card' && row.card.kind === 'belief' ? row.id : undefined;
};

const beliefWords = (row: PageRowOf | undefined, data: PageData, language: Language): readonly string[] => {
  const id = beliefOf(row);
  return id === undefined ? [] : beliefTold(id, data, language);
};

const lessonOf = (row: PageRowOf | undefined): string | undefined => {
  if (row?.kind === 'way') return typeof row.way.does === 'object' ? row.way.does.lesson : undefined;
  return row?.kind === 'card' ? row.card.lesson : row?.kind === 'lesson' ? row.id : undefined;
};

/**
 * Returns the sentences on the marked row that stand below the list: a misconception with its fact, the summary of a lesson, or the whole
 * question of an interview.
 */
export const wordsFor = (
  row: PageRowOf | undefined,
  data: PageData,
  language: Language,
): readonly string[] => {
  const {lessons, openQuestions} = data;
  const open = row?.kind === 'card' ? openQuestionOf(row.card) : undefined;
  if (open !== undefined) return [openQuestions?.get(open)?.[language] ?? []].flat();
  const belief = beliefWords(row, data, language);
  return belief.length > 0
    ? belief
    : lessons.flatMap(({id, summary}) => (id === lessonOf(row) ? [summary[language]] : []));
};

/**
 * Returns the texts of the last columns on the progress page: the level and the due day of a misconception, or the progress of a lesson and
 * the result of its test.
 */
export const lastColumns = (
  row: Extract<PageRowOf, {kind: 'belief' | 'lesson'}>,
  here: Here,
  language: Language,
): readonly [string, string] => {
  if (row.kind === 'belief') {
    if (row.standing === undefined) return [progressWords.notAsked[language], ''];
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

/**
 * Returns the lines of a row's first column on the review or progress page: the name of a card, a lesson or a next step, or a misconception
 * as a myth and its fact. A card of a misconception that was never shown has its lesson's name, and the fact below.
 */
export const rowLines = (row: PageRowOf, data: PageData, language: Language): readonly [string, string?] => {
  if (row.kind === 'way') return [row.way.text[language]];
  if (row.kind === 'lesson') return [lessonName(row.id, data)[language]];
  const [first, fact] = beliefWords(row, data, language);
  if (first !== undefined && fact !== undefined) return [first, fact];
  const name = row.kind === 'card' ? cardName(row.card, data)[language] : row.id;
  return first === undefined ? [name] : [name, first];
};

/** Returns a row of the review or progress page as a sentence for a screen reader. */
export const rowSentence = (row: PageRowOf, data: PageData, language: Language): string => {
  const {here} = data;
  const name = rowLines(row, data, language).join(punctuation.space[language]);
  const joined = (...parts: readonly string[]): string =>
    parts.filter((part) => part !== '').join(punctuation.comma[language]);
  if (row.kind === 'way') return name;
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
  if (row.standing === undefined) return joined(name, now);
  const {answers} = row.standing;
  const right = answers.filter((each) => each).length;
  return joined(name, worded(progressWords.score, {right, count: answers.length})[language], now, next);
};
