// The file of places: each lesson’s own, others stay, the oldest go; what is damaged is set aside.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {placesKeeper} from '../../source/app/places-keeper.ts';
import {changePlace, readPlaces} from '../../source/io/places-file.ts';
import type {LeftOff} from '../../source/quiz/left-off.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const file = (): string => join(folder, 'places.json');

const left = (atMs: number): LeftOff => ({
  atMs,
  code: 'pt1-x',
  forks: [{parent: 0, fault: 'drop@2'}],
  fork: 1,
  viewMs: 1200.5,
  us: 50_000,
  beat: 3,
  beats: 10,
  answers: {1: {choice: 'a', first: {choice: 'b', hinted: true}}, 4: 'skipped'},
  firstTries: {5: {choice: 'c', hinted: false}},
  gate: {beat: 5, hint: false, replied: false},
  bookmarks: [10],
});

test('what is kept is read again, each lesson by itself', () => {
  expect(changePlace(file(), 'one', left(1))).toBeUndefined();
  expect(changePlace(file(), 'two', left(2))).toBeUndefined();
  expect(changePlace(file(), 'one', left(3))).toBeUndefined();
  expect([...readPlaces(file()).places]).toEqual([
    ['one', left(3)],
    ['two', left(2)],
  ]);
  changePlace(file(), 'one', undefined);
  expect([...readPlaces(file()).places]).toEqual([['two', left(2)]]);
});

test('of more than two hundred the oldest go', () => {
  const many = Object.fromEntries(Array.from({length: 250}, (_, n) => [`lesson-${n}`, left(n)]));
  writeFileSync(file(), JSON.stringify({format: 1, places: many}));
  changePlace(file(), 'new', left(1000));
  const {places} = readPlaces(file());
  expect(places.size).toBe(200);
  expect(places.has('new')).toBe(true);
  expect(places.has('lesson-249')).toBe(true);
  expect(places.has('lesson-50')).toBe(false);
});

test('damaged, or of a newer version: aside, and told', () => {
  writeFileSync(file(), '{"format": 1, "places"');
  expect(placesKeeper(file(), () => 1).notice?.en).toContain('places.json.bad');
  writeFileSync(file(), '{"format": 2}');
  expect(placesKeeper(file(), () => 1).notice?.en).toContain('places.json.v2');
  expect(readFileSync(`${file()}.v2`, 'utf8')).toBe('{"format": 2}');
});

test('what comes in a row is written once, a little later; leaving writes at once', () => {
  const timers: (() => void)[] = [];
  const keeper = placesKeeper(
    file(),
    () => 7,
    (action) => void timers.push(action),
  );
  const {atMs: _, ...place} = left(0);
  for (const viewMs of [1, 2, 3]) keeper.at(() => ({lesson: 'one', left: {...place, viewMs}}));
  expect(readPlaces(file()).places.size).toBe(0);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(readPlaces(file()).places.get('one')).toEqual({...left(7), viewMs: 3});
  keeper.at(() => ({lesson: 'one', left: {...place, viewMs: 4}}));
  keeper.keep();
  expect(readPlaces(file()).places.get('one')?.viewMs).toBe(4);
  expect(keeper.last(['one', 'two'].map((id) => ({id})))).toEqual({lesson: 'one', beat: 3, beats: 10});
  expect(keeper.last(['two'].map((id) => ({id})))).toBeUndefined();
});

test('where nothing can be written the lesson goes on; the end says so', () => {
  writeFileSync(join(folder, 'not-a-folder'), '');
  const keeper = placesKeeper(
    join(folder, 'not-a-folder', 'places.json'),
    () => 7,
    () => {},
  );
  const {atMs: _, ...place} = left(0);
  keeper.at(() => ({lesson: 'one', left: place}));
  expect(keeper.lost()?.what.en).toMatch(/^your place in the lesson cannot be saved: places\.json/);
});
