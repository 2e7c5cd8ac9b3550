// What the app's desk knows of challenges: today's, those of packs, generated ones that were played, and the result to share.
import {mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chdir, cwd} from 'node:process';
import {beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {
  challengeListOf,
  challengeToday,
  sharedResult,
  sharedToday,
  triedLast,
  unplayed,
} from '../../source/app/challenge-desk.ts';
import type {PackChallenge} from '../../source/app/read-packs.ts';
import {challengeSummaries} from '../../source/io/lessons.ts';
import {openProgress} from '../../source/io/progress.ts';
import {sameIn} from '../../source/lesson/text.ts';
import type {Tried} from '../../source/quiz/progress-record.ts';
import {type Standing, standingOf} from '../../source/quiz/standing.ts';
import {runProgram} from '../helpers/run-program.ts';

const [own] = challengeSummaries();
const theirs: readonly PackChallenge[] = own
  ? [{...own, id: 'their-own', pack: 'theirs', file: 'theirs/lessons/their-own.yaml'}]
  : [];

/** A Wednesday, whose challenge is a generated one, and the day before. */
const wednesday = Date.UTC(2026, 11, 2, 12);
const tuesday = wednesday - 86_400_000;
const at = (nowMs: number) => vi.stubEnv('PACKET_TUTOR_TEST_NOW', `${nowMs}`);

beforeEach(() => {
  at(wednesday);
});

const tried = (challenge: string, atMs: number, change: Partial<Tried> = {}): Tried => ({
  ...{kind: 'tried', id: `${challenge} ${atMs}`, atMs, challenge, lesson: 'handshake', rests: []},
  ...{solved: true, moves: 1, hints: 0, ...change},
});
const standing = (...records: readonly Tried[]): Standing =>
  standingOf(records, {nowMs: wednesday, offsetMs: 0});

test('today is a generated one on a Wednesday, whose title is not made yet, and a written one on a Tuesday', () => {
  const today = () => challengeListOf(standing())?.today;
  expect(challengeToday()).toEqual({day: '2026-12-02', id: 'cost-5939'});
  expect(today()).toMatchObject({day: '2026-12-02', id: 'cost-5939', sort: 'cost', solved: false});
  at(tuesday);
  const {id} = challengeToday();
  const written = challengeSummaries().find((each) => each.id === id);
  expect(written?.track).toBe('challenges');
  expect(today()).toMatchObject({day: '2026-12-01', id, title: written?.title, task: written?.task});
});

test('the row of the day tells that it is solved, and on how many days in a row', () => {
  at(tuesday);
  const {id = '', day} = challengeToday();
  const row = (...records: readonly Tried[]) =>
    challengeListOf(standingOf(records, {nowMs: tuesday, offsetMs: 0}))?.today;
  expect(row()).toMatchObject({id, solved: false, streak: 0});
  const earlier = tried('cost-1', tuesday - 86_400_000, {day: '2026-11-30'});
  expect(row(earlier)).toMatchObject({solved: false, streak: 1});
  expect(row(earlier, tried(id, tuesday, {day}))).toMatchObject({solved: true, streak: 2});
  expect(row(tried(id, tuesday, {day, solved: false}))).toMatchObject({solved: false, streak: 0});
});

test('a row of the list tells the best result, its hints and the tries; of generated ones there are a dozen', () => {
  const played = standing(
    ...[
      tried('crossed-fins', 1, {solved: false}),
      tried('crossed-fins', 2, {moves: 3, hints: 1}),
      tried('crossed-fins', 3, {moves: 2, hints: 2}),
      ...Array.from({length: 14}, (_, index) => tried(`make-${index + 1}`, 10 + index)),
    ],
  );
  const list = challengeListOf(played, theirs);
  const rowOf = (wanted: string) => list?.entries.find(({id}) => id === wanted);
  expect(rowOf('crossed-fins')).toMatchObject({solved: true, best: 2, bestHints: 2, tries: 1});
  expect(rowOf('turned-away')).toMatchObject({solved: false, best: undefined, tries: 0});
  expect(list?.made.map(({id}) => id)).toEqual(Array.from({length: 12}, (_, index) => `make-${14 - index}`));
});

test('a result is shared as a picture beside the others, and a folder that cannot be written to is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-result-'));
  const was = cwd();
  onTestFinished(() => {
    chdir(was);
    rmSync(folder, {recursive: true, force: true});
  });
  chdir(folder);
  const solved = {id: 'crossed-fins', title: sameIn('Two FINs'), moves: 1, par: 1, hints: 0};
  const {text, message} = sharedResult(solved, standing(tried('crossed-fins', 1)), 'en');
  expect(readdirSync(folder)).toEqual(['packet-tutor-crossed-fins.svg']);
  expect(text).toContain('Two FINs');
  expect(message).toMatchObject({isDone: true});
  // The first picture stays.
  sharedResult({...solved, moves: 2}, standing(), 'en');
  expect(readdirSync(folder)).toHaveLength(2);
  rmSync(folder, {recursive: true, force: true});
  const failed = sharedResult(solved, standing(), 'en');
  expect(failed.text).toContain('Two FINs');
  expect(failed.message).not.toHaveProperty('isDone');
});

test('the list has the challenges of packs, and the generated ones that were played, last ones first', () => {
  const played = standing(
    ...[
      tried('their-own', 1),
      tried('make-17', 2, {moves: 3, hints: 1}),
      tried('mend-4', 3, {solved: false}),
    ],
  );
  const list = challengeListOf(played, theirs);
  expect(list?.entries.filter(({pack}) => pack !== undefined)).toMatchObject([
    {id: 'their-own', pack: 'theirs', solved: true},
  ]);
  expect(list?.made).toEqual([
    {id: 'mend-4', sort: 'mend', solved: false, best: undefined, bestHints: undefined, tries: 1},
    {id: 'make-17', sort: 'make', solved: true, best: 3, bestHints: 1, tries: 0},
  ]);
});

test.each(['mend-4', 'their-own', 'crossed-fins'])('%s, tried last and not solved, is gone on with', (id) => {
  expect(triedLast(standing(tried(id, 5, {solved: false})), 5, theirs)).toMatchObject({id});
  expect(triedLast(standing(tried(id, 5, {solved: false})), 6, theirs)).toBeUndefined();
});

test('a new one has a number that the learner has not played, greater than those of the days', () => {
  const first = unplayed('make', standing());
  expect(first).toMatch(/^make-[1-9]\d{4}$/);
  const second = unplayed('make', standing(tried(first, 1)));
  const third = unplayed('make', standing(tried(first, 1), tried(second, 2)));
  expect(new Set([first, second, third]).size).toBe(3);
  expect(unplayed('mend', standing(tried(first, 1)))).toBe(first.replace('make', 'mend'));
});

test('the result of a generated challenge of the day is shared as of a written one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-shared-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  for (const nowMs of [tuesday, wednesday]) {
    at(nowMs);
    const {day, id = ''} = challengeToday();
    const progress = openProgress(() => nowMs, join(folder, `${nowMs}.json`));
    expect(await sharedToday(progress)).toBeUndefined();
    const {id: _, atMs: __, ...record} = tried(id, nowMs, {moves: 2, hints: 1, day});
    progress.record(record);
    expect(await sharedToday(progress)).toMatchObject({id, day, moves: 2, hints: 1, streak: 1});
    // The program prints it as it is pasted: line by line.
    const env = {PACKET_TUTOR_DATA: folder, PACKET_TUTOR_TEST_NOW: `${nowMs}`};
    renameSync(join(folder, `${nowMs}.json`), join(folder, 'progress.json'));
    const {stdout} = runProgram(['challenge', 'today', '--share', 'text'], {env});
    expect(stdout.trim().split('\n').length).toBeGreaterThan(3);
    expect(stdout).toContain(day);
  }
});
