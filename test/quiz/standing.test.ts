// Where a learner stands. Oracle: docs/quiz.md and the words of the levels; days, streaks and rows of answers counted by hand.
import {describe, expect, test} from 'vitest';
import {dayNumber} from '../../source/lesson/daily.ts';
import {dailyStreak} from '../../source/quiz/challenge-standing.ts';
import type {Answer, ProgressRecord, Tried} from '../../source/quiz/progress-record.ts';
import type {Here} from '../../source/quiz/progress-summary.ts';
import {standingOf} from '../../source/quiz/standing.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Noon of day 20,000 since 1970, UTC. */
const noon = 20_000 * dayMs + dayMs / 2;
const here: Here = {nowMs: noon, offsetMs: 0};

const answer = (atMs: number, right: boolean, change: Partial<Answer> = {}): Answer => ({
  kind: 'answer',
  id: `${atMs} ${change.touches ?? ''}`,
  atMs,
  question: `${atMs}`,
  text: `${atMs}`,
  lesson: 'handshake',
  asks: 'next-ack',
  topic: 'tcp',
  skill: 'handshake/next-ack',
  touches: ['plus-one'],
  wrongWays: 3,
  given: 'a',
  right,
  means: right ? [] : (change.touches ?? ['plus-one']),
  hints: 0,
  askedIn: 'practice',
  ...change,
});

/** One a minute, the last one now. */
const row = (...rights: readonly boolean[]): readonly Answer[] =>
  rights.map((right, n) => answer(noon - 60_000 * (rights.length - 1 - n), right));

const levelAfter = (...rights: readonly boolean[]): string | undefined =>
  standingOf(row(...rights), here).beliefs[0]?.level;

const [yes, no] = [true, false];

test('answers, those that are right, and how many in a row', () => {
  const {answers, right, streak, sinceMs} = standingOf(row(yes, no, yes, yes), here);
  expect([answers, right, streak, sinceMs]).toEqual([4, 3, 2, noon - 180_000]);
  expect(standingOf(row(yes, no), here).streak).toBe(0);
  expect(standingOf(row(yes, yes), here).streak).toBe(2);
  // What was left unanswered is no answer, and breaks no row.
  const {given: _, ...left} = answer(noon, false);
  expect(standingOf([...row(yes, yes), left], here)).toMatchObject({answers: 2, right: 2, streak: 2});
  expect(standingOf([], here)).toMatchObject({answers: 0, streak: 0, streakDays: 0, sinceMs: undefined});
});

describe('levels of a belief', () => {
  test.each([
    ['one right', [yes], 'shaky'],
    ['two in a row', [yes, yes], 'good'],
    // The belief was never shown.
    ['four of four', [yes, yes, yes, yes], 'known'],
    // Three may be luck.
    ['three of three', [yes, yes, yes], 'good'],
    ['shown, then four right', [no, yes, yes, yes, yes], 'good'],
    ['shown, then five right', [no, yes, yes, yes, yes, yes], 'known'],
    ['the last one wrong', [yes, yes, yes, no], 'shaky'],
    ['wrong, then right', [no, yes], 'shaky'],
    ['wrong twice: told', [no, no], 'weak'],
    ['wrong twice, then right', [no, no, yes], 'shaky'],
  ] as const)('%s', (_, rights, level) => {
    expect(levelAfter(...rights)).toBe(level);
  });

  test('the weakest first, of equals what is due first', () => {
    const about = (name: string, ...rights: readonly boolean[]) =>
      row(...rights).map((each) => ({
        ...each,
        touches: [name],
        means: each.right ? [] : [name],
        skill: name,
      }));
    const records = [...about('good', yes, yes), ...about('weak', no, no), ...about('shaky', yes)];
    const {beliefs} = standingOf(records, here);
    expect(beliefs.map(({misconception, level}) => [misconception, level])).toEqual([
      ['weak', 'weak'],
      ['shaky', 'shaky'],
      ['good', 'good'],
    ]);
    expect(beliefs.map(({answers}) => answers)).toEqual([[no, no], [yes], [yes, yes]]);
  });
});

describe('days', () => {
  const daysAgo = (...days: readonly number[]) => days.map((ago) => answer(noon - ago * dayMs, true));

  test('how many answers each has, where the learner is', () => {
    const records = [answer(noon - 13 * hourMs, true), answer(noon, true), answer(noon + hourMs, true)];
    expect([...standingOf(records, here).days]).toEqual([
      [19_999, 1],
      [20_000, 2],
    ]);
    // Two hours further east yesterday's last answer was given today.
    expect([...standingOf(records, {...here, offsetMs: 2 * hourMs}).days]).toEqual([[20_000, 3]]);
    // Fourteen hours further west it is still the evening before.
    expect([...standingOf(records, {...here, offsetMs: -14 * hourMs}).days]).toEqual([[19_999, 3]]);
  });

  test('without a gap, up to today or yesterday', () => {
    const streak = (...days: readonly number[]): number => standingOf(daysAgo(...days), here).streakDays;
    expect([streak(0), streak(2, 1, 0), streak(2, 1), streak(3, 1, 0), streak(3, 2)]).toEqual([
      1, 3, 2, 2, 0,
    ]);
  });
});

describe('due', () => {
  const names = (records: readonly ProgressRecord[], at = here) => {
    const {due, later} = standingOf(records, at);
    return {due: due.map(({kind, name}) => `${kind} ${name}`), later: later.map(({kind}) => kind)};
  };
  const weekOld = row(no, no).map((each) => ({...each, atMs: each.atMs - 7 * dayMs}));

  test('what was known badly a week ago is, what was answered now is not', () => {
    expect(names(weekOld).due.toSorted()).toEqual(['belief plus-one', 'skill handshake/next-ack']);
    expect(names(row(yes, yes)).due).toEqual([]);
    expect(names(row(yes, yes)).later).toHaveLength(2);
  });

  test('what is put off is due the next day, wherever the clock stands; an answer since then counts more', () => {
    const off = {kind: 'later', id: 'x', card: 'belief', name: 'plus-one', lesson: 'handshake'} as const;
    const records = [...weekOld, {...off, atMs: noon}];
    expect(names(records).due).toEqual(['skill handshake/next-ack']);
    expect(names(records, {...here, nowMs: noon + 12 * hourMs}).due).toHaveLength(2);
    expect(names(records, {...here, nowMs: noon + 12 * hourMs - 1}).due).toHaveLength(1);
    // A record of before the last answer puts nothing off.
    expect(names([{...off, atMs: noon - 8 * dayMs}, ...weekOld]).due).toHaveLength(2);
  });
});

describe('challenges', () => {
  const tried = (atMs: number, solved: boolean, change: Partial<Tried> = {}): Tried => ({
    ...{kind: 'tried', id: `tried ${atMs}`, atMs, lesson: 'handshake', challenge: 'crossed-fins'},
    ...{solved, moves: 3, hints: 0, rests: ['handshake/next-ack'], ...change},
  });

  test('solved at, the fewest moves, tries in vain, and hints', () => {
    const records = [
      tried(1, false, {hints: 2}),
      tried(2, true, {moves: 4}),
      tried(3, true, {moves: 2}),
      tried(4, false),
      tried(5, false, {challenge: 'make-17'}),
    ];
    const {challenges} = standingOf(records, here);
    expect(challenges.get('crossed-fins')).toMatchObject({solvedMs: 2, best: 2, tries: 2, hints: 2});
    expect(challenges.get('make-17')).toMatchObject({solvedMs: undefined, best: undefined, tries: 1});
  });

  test('the hints of the best solution are those before it, and the fewest of those with as many moves', () => {
    const hintsOf = (...solutions: readonly (readonly [moves: number, hints: number])[]) => {
      const records = solutions.map(([moves, hints], at) => tried(at + 1, true, {moves, hints}));
      const {best, bestHints} = standingOf(records, here).challenges.get('crossed-fins') ?? {};
      return [best, bestHints];
    };
    expect(hintsOf([3, 0], [2, 3])).toEqual([2, 3]);
    expect(hintsOf([2, 3], [3, 0])).toEqual([2, 3]);
    expect(hintsOf([2, 3], [2, 1], [2, 2])).toEqual([2, 1]);
    const none = standingOf([tried(1, false, {hints: 3})], here).challenges.get('crossed-fins');
    expect(none).toMatchObject({best: undefined, bestHints: undefined, hints: 3});
  });

  test('what a failed challenge rests on is due, known or new, until it is answered or the challenge is solved', () => {
    const known = answer(noon - 10_000, true);
    const names = (...records: readonly ProgressRecord[]) =>
      standingOf(records, here).due.map(({name}) => name);
    const fresh = {rests: ['teardown/prediction']};
    expect(names(known)).toEqual([]);
    expect(names(known, tried(noon - 5000, false))).toEqual(['handshake/next-ack']);
    expect(names(known, tried(noon - 5000, false, fresh))).toEqual(['teardown/prediction']);
    expect(names(known, tried(noon - 5000, false), tried(noon - 4000, true))).toEqual([]);
    expect(names(known, tried(noon - 5000, false), answer(noon - 1000, true))).toEqual([]);
  });

  test('days in a row, by UTC, up to today or yesterday', () => {
    const on = (day: string) => tried(noon, true, {id: day, day});
    const streak = (...days: readonly string[]) => standingOf(days.map(on), here);
    // Day 20,000 since 1970.
    expect([dayNumber('1970-01-01'), dayNumber('2000-02-29'), dayNumber('2024-10-04')]).toEqual([
      0, 11_016, 20_000,
    ]);
    expect(streak('2024-10-02', '2024-10-03')).toMatchObject({dailyStreak: 2, dailySolved: false});
    expect(streak('2024-10-02', '2024-10-03', '2024-10-04')).toMatchObject({
      dailyStreak: 3,
      dailySolved: true,
    });
    expect(streak('2024-10-02')).toMatchObject({dailyStreak: 0});
    expect(dailyStreak(new Set([20_000, 19_998]), noon)).toBe(1);
  });

  test('every day of 130 years has the next number', () => {
    const days = Array.from({length: 130 * 365}, (_, day) => day);
    const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
    expect(days.filter((day) => dayNumber(dateOf(day)) !== day)).toEqual([]);
  });
});
