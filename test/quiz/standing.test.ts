// Where a learner stands. Oracle: docs/quiz.md and the words of the levels; days, streaks and rows of answers counted by hand.
import {describe, expect, test} from 'vitest';
import type {Answer, ProgressRecord} from '../../source/quiz/progress-record.ts';
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
