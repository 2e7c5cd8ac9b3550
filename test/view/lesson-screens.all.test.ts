// Every beat of the shipped lessons on the screen: questions, hints, replies and narrations fit, at many sizes.

import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {readLesson} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {beatMs} from '../../source/view/time/waypoints.ts';
import {few} from '../helpers/seeds.ts';
import {act, canvasOf, type Opened, open, started, textOf} from './player.ts';

const belief = {
  id: 'any',
  name: everywhere({en: 'a name', zh: '名称'}),
  belief: everywhere({en: 'ack is the last byte received', zh: 'ack 是最后收到的字节'}),
  correct: everywhere({en: 'It is the next byte expected.', zh: '它是期望收到的下一个字节。'}),
  answerMeans: everywhere({
    en: 'You answered as if ack named the last number received. It names the next number expected: “everything before {right} is here”.',
    zh: '选 {given}，是把 ack 当成了「最后收到的序号」。ack 填的是期望收到的下一个序号：{right} 之前的都收到了。',
  }),
  rfc: '9293 §3.1',
  lesson: 'data-transfer',
};

const openLesson = (path: string): Opened => {
  const file = new URL(`../../lessons/${path}.yaml`, import.meta.url);
  const lesson = readLesson(fileURLToPath(file), path);
  if (!lesson.ok) throw new Error(lesson.error[0]?.message.en ?? 'unreadable');
  const [run] = lesson.value.runs;
  if (!run) throw new Error('no run');
  const trace = simulate(scenarioOf(run), {
    source: lesson.value.id,
    run: run.name,
  });
  const {beats} = bindBeats(lesson.value, run.name, trace);
  return open({
    trace,
    beats,
    source: lesson.value.id,
    title: lesson.value.title,
    misconception: () => belief,
  });
};

/** All questions in their order: asked, with its hint, answered wrongly, and told right. */
const questionStates = (opened: Opened, first: PlaybackState): PlaybackState[] => {
  const states: PlaybackState[] = [];
  let state = act(opened, first, {kind: 'toEnd'});
  for (let asked = 0; asked < 40; asked++) {
    const beat = opened.beats.find(({index}) => index === state.gate?.beat);
    if (!state.gate || !beat || beat.kind === 'narration') {
      const next = act(opened, state, {kind: 'togglePlay'});
      if (next.gate) state = next;
      else return states;
      continue;
    }
    const {gate} = state;
    const wrong =
      beat.choices.find(({correct, id}) => !correct && id !== state.firstTries[gate.beat]?.choice)?.id ?? 'a';
    const replied = act(opened, state, {kind: 'answer', choice: wrong});
    states.push(state, act(opened, state, {kind: 'hint'}), replied);
    if (!replied.gate?.replied) {
      state = replied;
      continue;
    }
    const on = act(opened, replied, {kind: 'continue'});
    state = on.gate ? on : act(opened, on, {kind: 'toEnd'});
  }
  return states;
};

const sizes = few(
  [40, 60, 70, 80, 100, 120, 160, 200].flatMap((columns) =>
    [10, 15, 20, 24, 40, 60].map((rows) => ({columns, rows})),
  ),
  16,
);

test.each(['foundations/handshake', 'tcp-close/teardown'])('%s: questions fit and do not overlap', (path) => {
  const opened = openLesson(path);
  const questions = opened.beats.filter(({kind}) => kind !== 'narration').length;
  for (const language of ['en', 'zh'] as const) {
    const states = questionStates(opened, started({language}));
    // Where more than two choices are there, a second try.
    expect(states.length).toBeGreaterThanOrEqual(questions * 3);
    expect(states.length).toBeLessThanOrEqual(questions * 6);
    for (const state of states)
      for (const size of sizes) {
        const canvas = canvasOf(opened, state, size);
        if (canvas.collisions > 0) expect.fail(textOf(canvas).join('\n'));
        const beat = opened.beats.find(({index}) => index === state.gate?.beat);
        if (size.rows < 24 || size.columns < 80 || beat?.kind === 'narration' || state.gate?.replied)
          continue;
        const text = textOf(canvas).join('\n');
        for (const {id} of (beat?.choices ?? []).filter(
          (each) => each.id !== state.firstTries[beat?.index ?? -1]?.choice,
        ))
          expect(text).toMatch(new RegExp(`\\n {4}${id} {3}\\S`));
      }
  }
});

/** A question that leaves rows free below gives them to a picture that lacks them, and a hint does not move it. */
const emptyMost = 13;

test.each(['tcp-close/teardown', 'tcp-open/accept-queue', 'dns/dns-transport'])(
  '%s: at 120×40 a question folds nothing away',
  (path) => {
    const opened = openLesson(path);
    let at: {beat: number; row: number} | undefined;
    for (const state of questionStates(opened, started({}))) {
      if (!state.gate || state.gate.replied) continue;
      const lines = textOf(canvasOf(opened, state, {columns: 120, rows: 40}));
      const empty = lines.filter((line) => line === '').length;
      if (lines.some((line) => /▴ \d+ earlier/.test(line)))
        expect(empty, lines.join('\n')).toBeLessThanOrEqual(emptyMost);
      const row = lines.findIndex((line) => line.startsWith('  ? '));
      if (at?.beat === state.gate.beat) expect(row, lines.join('\n')).toBe(at.row);
      at = {beat: state.gate.beat, row};
    }
    expect(at).toBeDefined();
  },
);

test.each(['foundations/handshake', 'tcp-close/teardown'])(
  '%s: at 60×15 a question leaves a picture',
  (path) => {
    const opened = openLesson(path);
    let short = 0;
    for (const state of questionStates(opened, started({}))) {
      const beat = opened.beats.find(({index}) => index === state.gate?.beat);
      // What a second try says may take all the room.
      if (!beat || beat.kind === 'narration' || state.gate?.replied || state.firstTries[beat.index]) continue;
      if (beat.choices.some(({text}) => text.en.length > 20)) continue;
      short += 1;
      const lines = textOf(canvasOf(opened, state, {columns: 60, rows: 15}));
      expect(
        lines.slice(2, 12).filter((line) => /[│├┤]/.test(line)).length,
        lines.join('\n'),
      ).toBeGreaterThan(0);
      for (const {id} of beat.choices.filter(
        (each) => each.id !== state.firstTries[beat?.index ?? -1]?.choice,
      ))
        expect(lines.join('\n')).toMatch(new RegExp(`(^| )${id} {3}\\S`, 'm'));
    }
    expect(short).toBeGreaterThan(0);
  },
);

test.each(['foundations/handshake', 'tcp-close/teardown'])('%s: narrations fit at 80', (path) => {
  const opened = openLesson(path);
  for (const beat of opened.beats)
    for (const language of ['en', 'zh'] as const) {
      if (beat.kind !== 'narration') continue;
      const answers = Object.fromEntries(opened.beats.map(({index}) => [index, 'skipped' as const]));
      const state = started({viewMs: beatMs(opened.pacing, beat), language, answers});
      const lines = textOf(canvasOf(opened, state, {columns: 80, rows: 24}));
      const told = lines.slice(14, 21);
      expect(told.filter((line) => line.startsWith('  ▎')).length).toBeLessThanOrEqual(3);
      if (!beat.say[language].includes('…')) expect(told.join('')).not.toContain('…');
    }
});
