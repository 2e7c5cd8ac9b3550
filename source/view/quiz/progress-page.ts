// Writes progress and review as text of 80 columns: misconceptions with the learner's answers, due cards, days, tracks.

import {mythAndFact} from '../../lesson/belief.ts';
import {kindNames} from '../../lesson/question-kinds.ts';
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {QuestionKind} from '../../quiz/kinds.ts';
import {dayOf, type Here} from '../../quiz/progress-summary.ts';
import {openQuestionOf, type ReviewCard} from '../../quiz/schedule.ts';
import type {BeliefStanding, Standing} from '../../quiz/standing.ts';
import {momentOf} from '../../wire/http/calendar.ts';
import {challengesDone} from '../../words/catalogue/challenge.ts';
import {interviewWords} from '../../words/catalogue/interview.ts';
import {levelNames, progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {dayText} from '../../words/progress.ts';
import {cut, padEnd, padStart, repeated, textWidth, wrap} from '../../words/width.ts';
import {type Shelved, shelves} from '../shelves.ts';
import {dayGraph} from './day-graph.ts';
import {beliefTold, type PageBelief, shownBelief, shownBeliefs, waysOn} from './ways-on.ts';

const columns = 80;

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
  /** The texts of the interview questions among the learner's review cards, by id. */
  readonly openQuestions?: ReadonlyMap<string, Text>;
};

const head = (left: string, right: string): string =>
  `${left}${padStart(right, columns - textWidth(left) - 1)}`;

/**
 * The widths of the columns for answers and level below a misconception, the same in both languages; then the most answers that are shown
 * as marks.
 */
const answerColumns = 25;
const levelColumns = 10;
const mostMarks = 20;

export const marksOf = ({answers}: BeliefStanding, ascii: boolean, most = mostMarks): string => {
  const [right, wrong, more] = ascii ? ['o', 'x', '..'] : ['✓', '✗', '…'];
  const last = answers.slice(-most).map((each) => (each ? right : wrong));
  return `${answers.length > most ? more : ''}${last.join('')}`;
};

/** Returns a text on how many days remain until a review card is due. */
export const dueText = (dueMs: number, here: Here): Text => {
  const days = dayOf(dueMs, here) - dayOf(here.nowMs, here);
  return days <= 0 ? progressWords.today : worded(progressWords.inDays, {days});
};

type Named = Pick<Page, 'misconceptions' | 'lessons' | 'openQuestions'>;

const asItIs = (id: string): Text => sameIn(id);

export const lessonName = (id: string, {lessons}: Named): Text =>
  lessons.find((each) => each.id === id)?.title ?? asItIs(id);

const isKind = (name: string): name is QuestionKind => Object.hasOwn(kindNames, name);

/**
 * Returns the name of a review card: its lesson, for a skill with the kind of question, or the question of an interview. It never names a
 * misconception, which is told only together with the fact.
 */
export const cardName = (
  {kind, name, lesson}: Pick<ReviewCard, 'kind' | 'name' | 'lesson'>,
  page: Named,
): Text => {
  if (kind === 'belief')
    return lessonName(page.misconceptions.find(({id}) => id === name)?.lesson ?? lesson, page);
  const ask = page.openQuestions?.get(openQuestionOf({kind, name}) ?? '');
  if (ask !== undefined) return worded(interviewWords.card, {ask});
  const asked = name.slice(name.indexOf('/') + 1);
  const title = lessonName(lesson, page);
  return isKind(asked) ? worded(progressWords.skill, {lesson: title, kind: kindNames[asked]}) : title;
};

/** Returns the lines of a text, each behind `indent` spaces. */
const told = (text: string, indent: number): readonly string[] =>
  wrap(text, columns - 2 - indent).map((line) => `${repeated(' ', indent)}${line}`);

const beliefLines = (page: Page): readonly string[] => {
  const {here, language, ascii} = page;
  const shown = shownBeliefs(page);
  const colon = punctuation.colon[language];
  const rows = shown.flatMap(({id, standing}) => {
    const belief = shownBelief(id, page);
    if (belief === undefined) return [];
    const standingLine =
      standing === undefined
        ? progressWords.notAsked[language]
        : `${padEnd(marksOf(standing, ascii), answerColumns)} ${padEnd(levelNames[standing.level][language], levelColumns)} ${progressWords.next[language]}${colon}${dueText(standing.dueMs, here)[language]}`;
    return ['', ...mythAndFact(belief, language).flatMap((text) => told(text, 2)), `    ${standingLine}`];
  });
  return rows.length === 0 ? [] : ['', `  ${progressWords.belief[language]}`, ...rows];
};

/** Returns texts on the day with most answers, and on how many days in a row had answers; empty if the learner has given none. */
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

/** Returns the text on how many challenges the learner has begun and solved; empty if he has begun none. */
export const challengeTold = ({
  standing: {challenges, dailyStreak: days},
  language,
}: Pick<Page, 'standing' | 'language'>): readonly string[] => {
  const solved = [...challenges.values()].filter(({solvedMs}) => solvedMs !== undefined).length;
  const begun = challenges.size;
  return begun === 0 ? [] : [worded(challengesDone, {solved, begun, days})[language]];
};

export const trackLines = (page: Page, width: number): readonly string[] =>
  inLines([progressWords.tracks[page.language], ...trackParts(page)], width);

/**
 * Returns the texts of the first row of the review or progress page: the title, and how many cards are due or how much the learner has done
 * since when.
 */
export const headWords = ({standing, here, language}: Page, kind: 'review' | 'progress') => {
  const {sinceMs, due} = standing;
  const title = progressWords[kind][language];
  if (kind === 'review') {
    const minutes = Math.ceil((due.length * secondsEach) / 60);
    const count =
      due.length === 0
        ? progressWords.nothingDue
        : worded(progressWords.dueToday, {count: due.length, minutes});
    return {title, conditions: count[language]};
  }
  if (sinceMs === undefined) return {title, conditions: progressWords.nothing[language]};
  const {month, day} = momentOf((sinceMs + here.offsetMs) * 1000);
  const finished = [...standing.lessons.values()].filter((lesson) => lesson.finished).length;
  const since = worded(progressWords.since, {
    day: dayText({month, day}),
    lessons: finished,
    answers: standing.answers,
  });
  return {title, conditions: since[language]};
};

const section = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', ...lines.map((line) => `  ${line}`)];

/** Returns the lines on what can be done next, each with the command that does it. */
const wayLines = (page: Page): readonly string[] => {
  const {language, standing} = page;
  const due =
    standing.due.length > 0 ? [{text: progressWords.ways.review, command: 'packet-tutor review'}] : [];
  const ways = [...due, ...waysOn(page)];
  const indent = 2 + Math.max(0, ...ways.map(({command}) => textWidth(command)));
  return section(
    ways.flatMap(({text, command}) =>
      wrap(text[language], Math.max(20, columns - 4 - indent)).map(
        (line, index) => padEnd(index === 0 ? command : '', indent) + line,
      ),
    ),
  );
};

export const progressPage = (page: Page): readonly string[] => {
  const {title, conditions} = headWords(page, 'progress');
  const {standing, language} = page;
  if (standing.sinceMs === undefined) return [head(title, conditions), ...wayLines(page)];
  return [
    head(title, conditions),
    ...beliefLines(page),
    ...section(dayLines(page, {form: 'blocks', width: columns - 4})),
    ...section(trackLines(page, columns - 4)),
    ...section(challengeTold(page)),
    ...wayLines(page),
    ...section([progressWords.where[language]]),
  ];
};

/**
 * The number of seconds that a review question is estimated to take, with reading and the reply; and the most later cards that the text
 * lists.
 */
const secondsEach = 40;
const mostLater = 5;

const cardLines = (card: ReviewCard, isDue: boolean, page: Page): readonly string[] => {
  const {here, language} = page;
  const when = (isDue ? progressWords.dueNow : dueText(card.dueMs, here))[language];
  const name = cut(cardName(card, page)[language], 36);
  const belief = card.kind === 'belief' ? beliefTold(card.name, page, language) : [];
  const lines = belief.flatMap((text) => told(text, 4));
  return [`  ${padEnd(name, 37)} ${padEnd(lastWords(card, here, language), 27)} ${when}`, ...lines];
};

/** Tells whether any due card is a question that is asked with new numbers; only interview questions are not. */
export const isAskedAfresh = ({due}: Pick<Standing, 'due'>): boolean =>
  due.some((card) => openQuestionOf(card) === undefined);

export const reviewPage = (page: Page): readonly string[] => {
  const {standing, language} = page;
  const {due, later} = standing;
  const {title, conditions} = headWords(page, 'review');
  return [
    head(title, conditions),
    ...(due.length + later.length === 0 ? [] : ['']),
    ...due.flatMap((card) => cardLines(card, true, page)),
    ...later.slice(0, mostLater).flatMap((card) => cardLines(card, false, page)),
    ...section(isAskedAfresh(standing) ? [progressWords.fresh[language]] : []),
    ...wayLines(page),
  ];
};

/** Returns a text on how the learner's last answers to a review card went, and how many days ago the last one was. */
export const lastWords = (card: ReviewCard, here: Here, language: Language): string => {
  const {answers, lastMs} = card;
  const days = dayOf(here.nowMs, here) - dayOf(lastMs, here);
  if (openQuestionOf(card) !== undefined) {
    const whole = answers.at(-1) === true;
    if (days < 0) return worded(interviewWords.dated, {whole})[language];
    return worded(whole ? interviewWords.lastWhole : interviewWords.lastPart, {days})[language];
  }
  // A card without answers was never asked in a quiz; a failed challenge made it due.
  if (answers.length === 0) return progressWords.notAsked[language];
  const missed = answers.length - 1 - answers.lastIndexOf(true);
  if (days < 0) return worded(progressWords.dated, {right: missed === 0})[language];
  const words =
    missed === 0
      ? worded(progressWords.rightLast, {days})
      : worded(progressWords.wrongLast, {days, times: missed});
  return words[language];
};
