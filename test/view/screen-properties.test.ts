// What holds for every screen: its size, no cell wanted twice, straight lifelines, the same rows in both languages.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Language} from '../../source/lesson/text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {layoutOf} from '../../source/view/layout.ts';
import {compose} from '../../source/view/screen.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {textWidth} from '../../source/words/width.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {canvasOf, type Opened, open, sceneOf, started, textOf} from './player.ts';
import {sizesTried} from './sizes.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);

const traces: readonly (readonly [string, Trace])[] = [
  ['handshake', run(handshakeScenario())],
  ['teardown', run(teardownScenario())],
  ['handshake, SYN and SYN,ACK lost', run(handshakeScenario({faults: loses(1, 3)}))],
  ['teardown, both FINs lost', run(teardownScenario({faults: loses(8, 12)}))],
];

const opened = (trace: Trace): Opened =>
  open({
    trace,
    beats: handshakeBeats(trace),
    title: everywhere({en: 'A title that is longer than most of them are', zh: '一个比大多数标题都长的标题'}),
    rule: () => undefined,
  });

/** Every moment, and a place half-way to the next one. */
const places = ({pacing}: Opened): readonly number[] =>
  some(
    [...pacing.viewMs].flatMap((viewMs, index) => [
      viewMs,
      (viewMs + (pacing.viewMs.at(index + 1) ?? viewMs)) / 2,
    ]),
    6,
  );

const states = (viewMs: number, language: Language): PlaybackState[] => {
  const plain = started({viewMs, language, playing: true, answers: {1: 'skipped'}});
  return [plain, {...plain, playing: false, why: {event: undefined}, relative: true}];
};

const cellsOf = (text: string): string[] =>
  [...text].flatMap((character) => [
    character,
    ...Array<string>(Math.max(0, textWidth(character) - 1)).fill(''),
  ]);

test.each(some(traces, 1))('%s: rows exact, no line too wide, no overlap', (_name, trace) => {
  const run = opened(trace);
  for (const [index, viewMs] of places(run).entries())
    for (const language of ['en', 'zh'] as const) {
      const scenes = states(viewMs, language).map((state) => sceneOf(run, state));
      for (const [turn, size] of sizesTried().entries()) {
        // Playing and paused in *Why?* by turns, so that each size sees both.
        const shown = scenes[(index + turn) % scenes.length];
        if (!shown) continue;
        const canvas = compose(shown, {...size, glyphs: unicodeGlyphs, keyHints: []});
        const lines = textOf(canvas);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap at ${viewMs} ms\n${lines.join('\n')}`);
      }
    }
});

test.each(traces)('%s: lifelines are straight beside Chinese text', (_name, trace) => {
  const run = opened(trace);
  const on = new Set('│├┤ ');
  for (const viewMs of places(run))
    for (const size of [
      {columns: 80, rows: 24},
      {columns: 120, rows: 40},
    ]) {
      const {ladder, ladderTop} = layoutOf(size, 'zh');
      const [state] = states(viewMs, 'zh');
      const lines = state ? textOf(canvasOf(run, state, size)) : [];
      for (let row = ladderTop + 1; row <= ladder.bottom; row++) {
        const cells = cellsOf(lines[row - 1] ?? '');
        if (cells.every((cell) => cell === ' ')) continue;
        for (const column of [ladder.left, ladder.right])
          if (!on.has(cells[column - 1] ?? ' ')) expect.fail(`${column} of ${lines.join('\n')}`);
      }
    }
});

/** The signs between the lifelines and beside them, at 80 columns. */
const frameOf = (line: string): string =>
  cellsOf(line)
    .slice(21, 60)
    .map((cell) => (/[│├┤▸◂─┈━╼╸╾╺◆●✗↺╭╰┊]/.test(cell) ? cell : ' '))
    .join('')
    .trimEnd();

test.each(traces)('%s: the picture stands in the same cells in both languages', (_name, trace) => {
  const run = opened(trace);
  for (const viewMs of places(run)) {
    const [english, chinese] = (['en', 'zh'] as const).map((language) => {
      const state = states(viewMs, language)[0] ?? started();
      return textOf(canvasOf(run, state, {columns: 80, rows: 24}))
        .slice(2, 13)
        .map(frameOf);
    });
    expect(chinese).toEqual(english);
  }
});

test.each(traces)('%s: ASCII stands in the same rows, and is ASCII', (_name, trace) => {
  const run = opened(trace);
  for (const viewMs of places(run)) {
    const [state] = states(viewMs, 'en');
    if (!state) continue;
    const size = {columns: 80, rows: 24};
    const ascii = textOf(canvasOf(run, state, {...size, glyphs: asciiGlyphs}));
    const unicode = textOf(canvasOf(run, state, {...size, glyphs: unicodeGlyphs}));
    expect(ascii.map((line) => line === '')).toEqual(unicode.map((line) => line === ''));
    expect(ascii.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
  }
});
