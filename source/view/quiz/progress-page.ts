// Writes progress and review as text of 80 columns: misconceptions with the learner's answers, due cards, days, tracks.

import type {Misconception} from '../../lesson/data.ts';
import {kindNames} from '../../lesson/question-kinds.ts';
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {QuestionKind} from '../../quiz/kinds.ts';
import {dayOf, type Here} from '../../quiz/progress-summary.ts';
import {openQuestionOf, type ReviewCard} from '../../quiz/schedule.ts';
import type {BeliefStanding, Standing} from '../../quiz/standing.ts';
import {momentOf} from '../../wire/http/calendar.ts';
import {interviewWords} from '../../words/catalogue/interview.ts';
import {levelNames, progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {dayText} from '../../words/progress.ts';
import {cut, padEnd, padStart, textWidth, wrap} from '../../words/width.ts';
import {type Shelved, shelves} from '../shelves.ts';
import {dayGraph} from './day-graph.ts';

const columns = 80;

/** A misconception; only its id is known if it belongs to a pack that is no longer there. */
type PageBelief = Pick<Misconception, 'id'> &
  Partial<Pick<Misconception, 'name' | 'belief' | 'correct' | 'counter'>>;

export type Page = {
  readonly standing: Standing;
  readonly here: Here;
  readonly language: Language;
  readonly ascii: boolean;
  readonly lessons: readonly (Shelved & {
    readonly id: string;
    readonly title: Text;
    readonly summary: Text;
  })[];
  /** All misconceptions that the program knows. */
  readonly misconceptions: readonly PageBelief[];
  /** The texts of the interview questions among the cards, by id. */
  readonly openQuestions?: ReadonlyMap<string, Text>;
};

const head = (left: string, right: string): string =>
  `${left}${padStart(right, columns - textWidth(left) - 1)}`;

/** The widths of the columns in the table of misconceptions, for both languages. */
const nameColumns = 30;
const answerColumns = 25;
const levelColumns = 10;
const mostMarks = 20;

export const marksOf = ({answers}: BeliefStanding, ascii: boolean, most = mostMarks): string => {
  const [right, wrong, more] = ascii ? ['o', 'x', '..'] : ['✓', '✗', '…'];
  const last = answers.slice(-most).map((each) => (each ? right : wrong));
  return `${answers.length > most ? more : ''}${last.join('')}`;
};

/** Returns a text on how many days remain until a card is due. */
export const dueText = (dueMs: number, here: Here): Text => {
  const days = dayOf(dueMs, here) - dayOf(here.nowMs, here);
  return days <= 0 ? progressWords.today : worded(progressWords.inDays, {days});
};

const row = (name: string, answers: string, level: string, next: string): string =>
  `  ${padEnd(name, nameColumns)} ${padEnd(answers, answerColumns)} ${padEnd(level, levelColumns)} ${next}`;

type Named = Pick<Page, 'misconceptions' | 'lessons' | 'openQuestions'>;

const asItIs = (id: string): Text => sameIn(id);

export const beliefName = (id: string, {misconceptions}: Named): Text =>
  misconceptions.find((each) => each.id === id)?.name ?? asItIs(id);

export const lessonName = (id: string, {lessons}: Named): Text =>
  lessons.find((each) => each.id === id)?.title ?? asItIs(id);

const isKind = (name: string): name is QuestionKind => Object.hasOwn(kindNames, name);

/**
 * Returns the name of a card: that of the misconception, the lesson with the kind of question for a skill, or the question of an interview.
 */
export const cardName = (
  {kind, name, lesson}: Pick<ReviewCard, 'kind' | 'name' | 'lesson'>,
  page: Named,
): Text => {
  if (kind === 'belief') return beliefName(name, page);
  const ask = page.openQuestions?.get(openQuestionOf({kind, name}) ?? '');
  if (ask !== undefined) return worded(interviewWords.card, {ask});
  const asked = name.slice(name.indexOf('/') + 1);
  const title = lessonName(lesson, page);
  return isKind(asked) ? worded(progressWords.skill, {lesson: title, kind: kindNames[asked]}) : title;
};

const beliefLines = (page: Page): readonly string[] => {
  const {standing, here, language, ascii} = page;
  if (standing.beliefs.length === 0) return [];
  const {belief, oldestFirst, now, next} = progressWords;
  return [
    '',
    row(belief[language], oldestFirst[language], now[language], next[language]),
    ...standing.beliefs.map((each) =>
      row(
        cut(beliefName(each.misconception, page)[language], nameColumns),
        marksOf(each, ascii),
        levelNames[each.level][language],
        dueText(each.dueMs, here)[language],
      ),
    ),
  ];
};

/** The most lines of misconceptions that were never asked about; `--json` contains all. */
const mostUnseenLines = 4;

/** Returns the ids of the misconceptions that the learner was never asked about. */
export const unseenIn = ({
  standing,
  misconceptions,
}: Pick<Page, 'standing' | 'misconceptions'>): readonly string[] => {
  const seen = new Set(standing.beliefs.map(({misconception}) => misconception));
  return misconceptions.flatMap(({id}) => (seen.has(id) ? [] : [id]));
};

const unseenLines = (page: Page): readonly string[] => {
  const {language, ascii} = page;
  const unseen = unseenIn(page).map((id) => beliefName(id, page)[language]);
  if (unseen.length === 0) return [];
  const names = wrap(unseen.join(punctuation.listComma[language]), columns - 4);
  const shown = names.slice(0, mostUnseenLines).map((line) => `    ${line}`);
  const rest = names.length > shown.length ? [`    ${ascii ? '...' : '…'}`] : [];
  return ['', `  ${worded(progressWords.unseen, {count: unseen.length})[language]}`, ...shown, ...rest];
};

/** Returns texts on the day with most answers, and on how many days in a row had answers; empty without answers. */
export const dayNotes = ({
  standing: {days, streakDays},
  language,
}: Pick<Page, 'standing' | 'language'>): readonly string[] => {
  if (days.size === 0) return [];
  const [day, most] = [...days].reduce((best, each) => (each[1] > best[1] ? each : best));
  const {month, day: dayOfMonth} = momentOf(day * 86_400_000_000);
  return [
    worded(progressWords.most, {count: most, day: dayText({month, day: dayOfMonth})})[language],
    ...(streakDays > 1 ? [worded(progressWords.streak, {days: streakDays})[language]] : []),
  ];
};

export const dayLines = (
  page: Page,
  {form, width}: {readonly form: string; readonly width: number},
): readonly string[] => {
  const {standing, here, language, ascii} = page;
  if (standing.days.size === 0) return [];
  const graph = dayGraph(standing.days, dayOf(here.nowMs, here), ascii ? 'ascii' : form);
  const said = dayNotes(page).join(' · ');
  const isOne = textWidth(graph) + 3 + textWidth(said) <= width;
  return [progressWords.perDay[language], ...(isOne ? [`${graph}   ${said}`] : [graph, said])];
};

/** Joins parts into lines of at most `width`; no part is split. */
const inLines = (parts: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''}   ${part}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
};

/** Returns a text on each track: how many of its lessons the learner has done. */
export const trackParts = ({
  standing,
  lessons,
  language,
}: Pick<Page, 'standing' | 'lessons' | 'language'>): readonly string[] =>
  shelves(lessons).map(({name, lessons: here}) => {
    const done = here.filter(({id}) => standing.lessons.get(id)?.finished === true);
    return `${name[language]} ${done.length}/${here.length}`;
  });

export const trackLines = (page: Page, width: number): readonly string[] =>
  inLines([progressWords.tracks[page.language], ...trackParts(page)], width);

/**
 * Returns the texts of the first row; with `begin`, a text on how to begin, if there is nothing to show yet. That text refers to the app's
 * menu or, for a shell, to commands.
 */
export const headWords = (page: Page, kind: 'review' | 'progress', at: 'begin' | 'beginHere' = 'begin') => {
  const {standing, here, language} = page;
  const {sinceMs, due} = standing;
  const how: {readonly begin?: string} = {begin: progressWords[at][language]};
  const title = progressWords[kind][language];
  if (kind === 'review') {
    const begin = due.length + standing.later.length === 0 ? how : {};
    const minutes = Math.ceil((due.length * secondsEach) / 60);
    const count =
      due.length === 0
        ? progressWords.nothingDue
        : worded(progressWords.dueToday, {count: due.length, minutes});
    return {title, conditions: count[language], ...begin};
  }
  const begin = standing.answers === 0 ? how : {};
  if (sinceMs === undefined) return {title, conditions: progressWords.nothing[language], ...begin};
  const {month, day} = momentOf((sinceMs + here.offsetMs) * 1000);
  const finished = [...standing.lessons.values()].filter((lesson) => lesson.finished).length;
  const since = worded(progressWords.since, {
    day: dayText({month, day}),
    lessons: finished,
    answers: standing.answers,
  });
  return {title, conditions: since[language], ...begin};
};

const section = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', ...lines.map((line) => `  ${line}`)];

export const progressPage = (page: Page): readonly string[] => {
  const {title, conditions} = headWords(page, 'progress');
  const {standing, language} = page;
  if (standing.sinceMs === undefined)
    return [head(title, conditions), '', `  ${progressWords.begin[language]}`];
  return [
    head(title, conditions),
    ...beliefLines(page),
    ...unseenLines(page),
    ...section(dayLines(page, {form: 'blocks', width: columns - 4})),
    ...section(trackLines(page, columns - 4)),
    ...section([progressWords.where[language]]),
  ];
};

/** The number of seconds that a question takes, with reading and the reply to it; and the most later cards that are listed. */
const secondsEach = 40;
const mostLater = 5;

const cardLine = (card: ReviewCard, when: string, page: Page): string => {
  const {here, language} = page;
  return `  ${padEnd(cut(cardName(card, page)[language], 36), 37)} ${padEnd(lastWords(card, here, language), 27)} ${when}`;
};

/** Tells whether any due card is a question with new numbers; interview questions have no numbers. */
export const isAskedAfresh = ({due}: Pick<Standing, 'due'>): boolean =>
  due.some((card) => openQuestionOf(card) === undefined);

export const reviewPage = (page: Page): readonly string[] => {
  const {standing, here, language} = page;
  const {due, later} = standing;
  const {title, conditions, begin} = headWords(page, 'review');
  return [
    head(title, conditions),
    ...section(begin === undefined ? [] : [begin]),
    ...(due.length + later.length === 0 ? [] : ['']),
    ...due.map((card) => cardLine(card, progressWords.dueNow[language], page)),
    ...later.slice(0, mostLater).map((card) => cardLine(card, dueText(card.dueMs, here)[language], page)),
    ...section(isAskedAfresh(standing) ? [progressWords.fresh[language]] : []),
  ];
};

/** Returns a text on how the last answers to a card went, and how many days ago. */
export const lastWords = (card: ReviewCard, here: Here, language: Language): string => {
  const {answers, lastMs} = card;
  const days = dayOf(here.nowMs, here) - dayOf(lastMs, here);
  if (openQuestionOf(card) !== undefined) {
    const whole = answers.at(-1) === true;
    if (days < 0) return worded(interviewWords.dated, {whole})[language];
    return worded(whole ? interviewWords.lastWhole : interviewWords.lastPart, {days})[language];
  }
  const missed = answers.length - 1 - answers.lastIndexOf(true);
  if (days < 0) return worded(progressWords.dated, {right: missed === 0})[language];
  const words =
    missed === 0
      ? worded(progressWords.rightLast, {days})
      : worded(progressWords.wrongLast, {days, times: missed});
  return words[language];
};
