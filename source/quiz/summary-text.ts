// Writes a summary of the learner's progress as text, and reads it back. Damaged text or text of another version gives no summary, since it
// can be made from the records again at any time.

import {type Grade, Grades as grades} from 'ts-fsrs';
import {isRecord, parseJson} from '../sim/canonical-json.ts';
import {isWords} from './grade.ts';
import {isCount} from './left-off.ts';
import {confidences} from './progress-record.ts';
import {Marks, type Summary} from './progress-summary.ts';
import {cardsIn, type KeptCard, type Schedule} from './schedule.ts';

/**
 * The version of the stored progress summary. It is raised with each change, of ours or of FSRS, that makes a different summary of the same
 * records.
 */
export const summaryVersion = 3;

/** Writes whether each answer was right as a text of 1 and 0, which is short, because there are as many answers as records. */
const marksOf = (answers: readonly boolean[]): string => answers.map((right) => (right ? '1' : '0')).join('');
const answersOf = (marks: string): boolean[] => {
  const answers: boolean[] = [];
  for (let n = 0; n < marks.length; n += 1) answers.push(marks[n] === '1');
  return answers;
};

const scheduleValue = (schedule: Schedule) => {
  // Computes each review card's due day before it is written, so that the next start of the program need not do it.
  cardsIn(schedule);
  const {cards, recalled} = schedule;
  return {
    cards: [...cards].map(([key, card]) => [key, {...card, answers: marksOf(card.answers)}]),
    recalled: marksOf(recalled),
  };
};

/** Returns the progress summary as a value that JSON can hold, with arrays for maps and sets. */
export const summaryValue = (summary: Summary) => {
  const {marks, days, lessons, files, signs, quiz, interview, laters, challenges, daily, ...counts} = summary;
  return {
    ...counts,
    marks: marks.toString(),
    days: [...days],
    lessons: [...lessons],
    files: [...files].map(([lesson, file]) => (file === undefined ? [lesson] : [lesson, file])),
    signs: [...signs],
    quiz: scheduleValue(quiz),
    interview: scheduleValue(interview),
    laters: [...laters],
    challenges: [...challenges],
    daily: [...daily],
  };
};

type Is<T> = (value: unknown) => value is T;

const isText: Is<string> = (value) => typeof value === 'string';
const isFlag: Is<boolean> = (value) => typeof value === 'boolean';
const isNumber: Is<number> = (value) => typeof value === 'number';

const oneOf =
  <T>(...all: readonly T[]): Is<T> =>
  (value): value is T =>
    all.some((each) => each === value);

const or =
  <T, Other>(is: Is<T>, other: Other): Is<T | Other> =>
  (value): value is T | Other =>
    value === other || is(value);

const list =
  <T>(is: Is<T>): Is<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(is);

const pairs =
  <Key, Value>(isKey: Is<Key>, isValue: Is<Value>): Is<[Key, Value][]> =>
  (value): value is [Key, Value][] =>
    Array.isArray(value) &&
    value.every((each: unknown) => Array.isArray(each) && isKey(each[0]) && isValue(each[1]));

const shape =
  <T>(parts: {readonly [Name in keyof T]: Is<T[Name]>}): Is<T> =>
  (value): value is T => {
    if (!isRecord(value)) return false;
    for (const name in parts) if (!parts[name](value[name])) return false;
    return true;
  };

const isMemory = shape({stability: isNumber, difficulty: isNumber, lastMs: isNumber});

const isSchedule = shape({
  recalled: isText,
  cards: pairs(
    isText,
    shape({
      kind: oneOf<KeptCard['kind']>('belief', 'skill'),
      name: isText,
      topic: isText,
      lesson: isText,
      answers: isText,
      memory: isMemory,
      last: shape({before: or(isMemory, null), grade: oneOf<Grade>(...grades), requested: isNumber}),
      dueMs: isNumber,
    }),
  ),
});

const isCheck = shape({atMs: isNumber, right: isFlag});
const isSum = shape({finished: isFlag, answers: isCount, right: isCount, checks: list(isCheck)});
const isSign = shape({
  wrongWays: isCount,
  right: isFlag,
  means: (value): value is readonly string[] => isWords(value),
  hints: isCount,
  confidence: oneOf(...confidences, undefined),
});

const isChallenge = shape({
  solvedMs: or(isCount, undefined),
  best: or(isCount, undefined),
  bestHints: or(isCount, undefined),
  tries: isCount,
  hints: isCount,
  lastMs: isCount,
  failedMs: or(isCount, undefined),
  rests: (value): value is readonly string[] => isWords(value),
});

const isValue = shape({
  offsetMs: isNumber,
  count: isCount,
  sinceMs: or(isCount, undefined),
  newest: or(shape({id: isText, atMs: isCount}), undefined),
  marks: isText,
  answers: isCount,
  right: isCount,
  streak: isCount,
  days: pairs(isNumber, isCount),
  lessons: pairs(isText, isSum),
  files: pairs(isText, or(isText, undefined)),
  signs: pairs(isText, list(isSign)),
  quiz: isSchedule,
  interview: isSchedule,
  laters: pairs(isText, isCount),
  challenges: pairs(isText, isChallenge),
  daily: list(isNumber),
});

const scheduleOf = ({
  cards,
  recalled,
}: {
  readonly cards: [string, Omit<KeptCard, 'answers'> & {readonly answers: string}][];
  readonly recalled: string;
}): Schedule => ({
  cards: new Map(cards.map(([key, card]) => [key, {...card, answers: answersOf(card.answers)}])),
  recalled: answersOf(recalled),
});

export const summaryFrom = (text: string): Summary | undefined => {
  const value = parseJson(text);
  if (!isValue(value)) return undefined;
  const {marks, days, lessons, files, signs, quiz, interview, laters, challenges, daily, ...counts} = value;
  return {
    ...counts,
    marks: new Marks(marks),
    days: new Map(days),
    lessons: new Map(lessons),
    files: new Map(files),
    signs: new Map(signs),
    quiz: scheduleOf(quiz),
    interview: scheduleOf(interview),
    laters: new Map(laters),
    challenges: new Map(challenges),
    daily: new Set(daily),
  };
};
