// The end of a run: what else could have happened is offered, once nothing is left to read or to answer.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Text} from '../../source/lesson/text.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {act, canvasOf, open, started, textOf} from './player.ts';

const trace = run(handshakeScenario());
const whatIfs: readonly Text[] = [
  everywhere({en: 'The SYN is lost', zh: 'SYN 丢失'}),
  everywhere({en: 'Nobody listens', zh: '没有人监听'}),
];
const told = open({trace, beats: handshakeBeats(trace, false), whatIfs});
const alone = open({trace, beats: handshakeBeats(trace, false)});
const asked = open({trace, beats: handshakeBeats(trace), whatIfs});

const atEnd = act(told, started(), {kind: 'standAt', viewMs: told.pacing.durationMs});

test.each([{kind: 'togglePlay'}, {kind: 'beatNext'}, {kind: 'stepForward', atMs: 9e9}] as const)(
  '$kind at the end, ← back',
  (action) => {
    expect(atEnd.ending).toBeUndefined();
    const ending = act(told, atEnd, action);
    expect(ending).toMatchObject({ending: {marked: 0}, playing: false, viewMs: atEnd.viewMs});
    for (const kind of ['beatNext', 'toEnd', 'continue', 'skip', 'hint'] as const)
      expect(act(told, ending, {kind})).toEqual(ending);
    expect(act(told, ending, {kind: 'stepForward', atMs: 9e10})).toEqual(ending);
    expect(act(told, ending, {kind: 'stepBack'})).toMatchObject({ending: undefined, viewMs: atEnd.viewMs});
    expect(act(told, ending, {kind: 'togglePlay'})).toMatchObject({
      ending: undefined,
      playing: true,
      viewMs: 0,
    });
  },
);

test('without motion, where space goes one instant on, it opens the end, too, and leads to the start again', () => {
  const still = {...atEnd, motion: 'none' as const};
  const ending = act(told, still, {kind: 'togglePlay'});
  expect(ending).toMatchObject({ending: {marked: 0}, playing: false, viewMs: atEnd.viewMs});
  expect(act(told, ending, {kind: 'togglePlay'})).toMatchObject({
    ending: undefined,
    playing: false,
    viewMs: 0,
  });
});

test('nothing to offer: space plays from the start again', () => {
  const end = act(alone, started(), {kind: 'standAt', viewMs: alone.pacing.durationMs});
  expect(act(alone, end, {kind: 'togglePlay'})).toMatchObject({ending: undefined, playing: true, viewMs: 0});
  expect(act(alone, end, {kind: 'markNext'})).toEqual(end);
});

test('the mark goes round', () => {
  const ending = act(told, atEnd, {kind: 'togglePlay'});
  const marks = [1, 2, 3].map(
    (times) => act(told, ending, ...Array<{kind: 'markNext'}>(times).fill({kind: 'markNext'})).ending?.marked,
  );
  expect(marks).toEqual([1, 0, 1]);
  expect(act(told, ending, {kind: 'markPrevious'}).ending?.marked).toBe(1);
});

test('to stand somewhere asks no question of the way there, only those that follow', () => {
  const place = asked.pacing.viewMs.at(3) ?? 0;
  const there = act(asked, started(), {kind: 'standAt', viewMs: place});
  expect(there).toMatchObject({viewMs: place, gate: undefined, answers: {1: 'skipped'}});
  const end = act(asked, started(), {kind: 'standAt', viewMs: asked.pacing.durationMs});
  expect(end).toMatchObject({gate: undefined, answers: {1: 'skipped'}});
  const before = act(asked, started(), {kind: 'standAt', viewMs: 0});
  expect(act(asked, before, {kind: 'toEnd'}).gate).toMatchObject({beat: 1});
});

test.each([
  {columns: 80, rows: 24},
  {columns: 60, rows: 15},
  {columns: 120, rows: 40},
  {columns: 40, rows: 10},
])('$columns×$rows: titles, one marked', (size) => {
  for (const language of ['en', 'zh'] as const) {
    const state = act(told, {...atEnd, language}, {kind: 'togglePlay'}, {kind: 'markNext'});
    const canvas = canvasOf(told, state, size);
    const text = textOf(canvas).join('\n');
    expect(canvas.collisions).toBe(0);
    for (const [index, title] of whatIfs.entries())
      expect(text).toMatch(new RegExp(`${index === 1 ? '▸' : ' '} ${index + 1} +${title[language]}`));
    expect(text).not.toContain('paused');
  }
});

test('numbers end in one column, titles begin in one', () => {
  const many = open({
    trace,
    beats: handshakeBeats(trace, false),
    whatIfs: Array.from({length: 11}, (_, n) => everywhere({en: `Case ${n + 1}`, zh: `情形 ${n + 1}`})),
  });
  const lines = textOf(canvasOf(many, act(many, atEnd, {kind: 'togglePlay'}), {columns: 80, rows: 24}));
  const titles = lines.filter((line) => line.includes('Case'));
  expect(titles).toHaveLength(11);
  expect(new Set(titles.map((line) => line.indexOf('Case'))).size).toBe(1);
  expect(new Set(titles.map((line) => line.search(/\d {2}/))).size).toBe(1);
});
