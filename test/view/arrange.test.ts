// Which panel stands where: one panel at 80×24, three regions at 120×40, five at 200×60; the reader before the lesson.
import {expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {everShown} from '../../source/lesson/shown.ts';
import {arrange, focusRing} from '../../source/view/arrange.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {beatMs} from '../../source/view/time/waypoints.ts';
import {viewOf} from '../../source/view/view.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {part} from '../helpers/seeds.ts';
import {act, canvasOf, type Opened, open, started, textOf} from './player.ts';

const small = {columns: 80, rows: 24};
const medium = {columns: 120, rows: 40};
const large = {columns: 200, rows: 60};

const opened = (id: string): Opened => {
  const wanted = allRuns().find(({lesson}) => lesson.id === id);
  if (!wanted) throw new Error(`no lesson ${id}`);
  const trace = traceOf(wanted);
  const {beats} = bindBeats(wanted.lesson, wanted.run.name, trace);
  return {...open({trace, beats}), track: wanted.lesson.track};
};

const look = (lesson: string, change: Partial<PlaybackState> = {}) => {
  const run = opened(lesson);
  const end = act(run, started(), {kind: 'standAt', viewMs: run.pacing.durationMs});
  return viewOf({...run, playback: {...end, ...change}, message: undefined});
};

const placed = (lesson: string, size: typeof small, change: Partial<PlaybackState> = {}) =>
  arrange(look(lesson, change), size).placed.map(({panel}) => panel.name);

test('80×24: nothing beside the ladder; what has the focus stands in its place', () => {
  expect(arrange(look('handshake'), small)).toMatchObject({placed: [], instead: undefined});
  expect(arrange(look('handshake', {focus: 'list'}), small).instead?.name).toBe('list');
  expect(arrange(look('handshake', {focus: 'timeline'}), small).instead).toBeUndefined();
});

test('120×40: the first of the lesson’s panels at the right, the list below', () => {
  expect(placed('handshake', medium)).toEqual(['endpoints', 'list']);
  expect(arrange(look('handshake'), medium).spread.wide).toBe(false);
});

test('track TCP close: a state calls for the diagram, which makes the right side wide', () => {
  expect(placed('teardown', medium)).toEqual(['diagram', 'list']);
  expect(arrange(look('teardown'), medium).spread.wide).toBe(true);
});

test('200×60: two panels at the right and two below', () => {
  expect(placed('teardown', large)).toEqual(['diagram', 'endpoints', 'bytes', 'list']);
});

test('200×60: one panel alone below the narration has the room of two', () => {
  const below = (lesson: string) =>
    arrange(look(lesson), large).placed.filter(({region}) => region.row === large.rows - 15);
  const [alone, ...none] = below('syn-flood');
  expect(none).toEqual([]);
  expect(alone?.panel.name).toBe('list');
  const [one, other] = below('teardown');
  if (!one || !other) throw new Error('two panels');
  expect(alone?.region).toEqual({
    ...one.region,
    columns: other.region.column + other.region.columns - one.region.column,
  });
});

test('what the reader opens goes before what the lesson names, and what has the focus before both', () => {
  expect(placed('handshake', medium, {opened: ['diagram']})).toEqual(['diagram', 'list']);
  expect(placed('handshake', medium, {opened: ['diagram'], focus: 'endpoints'})).toEqual([
    'endpoints',
    'list',
  ]);
});

test('the ring of the focus is the same at every size but the smallest', () => {
  const names = (size: typeof small) => focusRing(look('handshake'), size).map(({name}) => name);
  expect(names(small).slice(0, 3)).toEqual(['ladder', 'endpoints', 'list']);
  expect(names(small).slice(-2)).toEqual(['narration', 'timeline']);
  expect(names(small)).toEqual(expect.arrayContaining(['diagram', 'bytes']));
  expect(names(large)).toEqual(names(small));
  expect(names({columns: 59, rows: 24})).toEqual(['ladder']);
});

test('200×60: Why? stands alone in the second place at the right', () => {
  const run = opened('teardown');
  const end = act(run, started(), {kind: 'standAt', viewMs: run.pacing.durationMs});
  const canvas = canvasOf(run, {...end, why: {event: undefined}}, large);
  expect(canvas.collisions).toBe(0);
  const right = textOf(canvas).map((line) => line.slice(153));
  expect(right.join('\n')).not.toContain('snd.una');
});

const comingAndGoing = (wanted: LessonRun, size: typeof small): readonly string[] => {
  const trace = traceOf(wanted);
  const {lesson, run} = wanted;
  const {beats} = bindBeats(lesson, run.name, trace);
  const shows = run.name === lesson.runs[0]?.name ? lesson.shows : lesson.shows && everShown(lesson);
  const played = {...open({trace, beats}), track: lesson.track, shows};
  const places = [...new Set(beats.map((beat) => beatMs(played.pacing, beat)))].toSorted((a, b) => a - b);
  let before: readonly string[] = [];
  return places.flatMap((viewMs) => {
    const playback = act(played, started(), {kind: 'standAt', viewMs});
    const view = viewOf({...played, playback, message: undefined});
    const now = arrange(view, size).placed.map(({panel}) => panel.name);
    const gone = before.filter((name) => !now.includes(name));
    const isReplaced = now.length >= before.length;
    before = now;
    return isReplaced ? [] : [`${lesson.id} ${run.name}: ${gone} gone at ${viewMs}, where ${now} stand`];
  });
};

test.each([medium, large])(
  'a panel that has come stays, or another one takes its place: $columns',
  (size) => {
    expect(part(allRuns(), 40).flatMap((wanted) => comingAndGoing(wanted, size))).toEqual([]);
  },
);
