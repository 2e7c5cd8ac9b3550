// What holds for every panel with the focus at 40 sizes in both languages: rows exact, no line too wide, no cell wanted twice.
import {expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {arrange, focusRing} from '../../source/view/arrange.ts';
import {placesOf} from '../../source/view/endpoints/scene-endpoints.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {layoutOf, type Region} from '../../source/view/layout.ts';
import {listPanel} from '../../source/view/panels/list.ts';
import {panels} from '../../source/view/panels/registry.ts';
import {compose} from '../../source/view/screen.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {type View, viewOf} from '../../source/view/view.ts';
import {textWidth} from '../../source/words/width.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';
import {type Opened, open, sceneOf, started, textOf} from './player.ts';
import {sizesTried} from './sizes.ts';

const opened = (id: string): Opened => {
  const wanted = allRuns().find(({lesson}) => lesson.id === id);
  if (!wanted) throw new Error(`no lesson ${id}`);
  const trace = traceOf(wanted);
  const {beats} = bindBeats(wanted.lesson, wanted.run.name, trace);
  return {...open({trace, beats, title: wanted.lesson.title}), track: wanted.lesson.track};
};

/** Every moment of a short run; of a long one as many, spread over it. */
const momentsOf = ({pacing}: Opened, most: number): number[] => {
  const every = Math.max(1, Math.ceil(pacing.moments / most));
  return [...pacing.viewMs].filter((_, index) => index % every === 0 || index === pacing.moments - 1);
};

const look = (run: Opened, playback: PlaybackState): View => viewOf({...run, playback, message: undefined});

/** Nothing chosen; a packet and a row; a search. By turns, so that each panel sees them all. */
const chosen = (run: Opened, state: PlaybackState, turn: number): PlaybackState => {
  if (turn % 3 === 0) return state;
  if (turn % 3 === 2) {
    const move = listPanel.typing?.accept(
      look(run, state),
      listPanel.start,
      turn % 2 ? 'ack' : 'tcp.len >= 0',
    );
    return {...state, own: {...state.own, list: move?.own}};
  }
  const places = placesOf(look(run, state));
  const variable = places[turn % Math.max(1, places.length)];
  return {...state, selection: {packet: 1 + (turn % 5), field: 'tcp.flags', byte: undefined, variable}};
};

const large = {columns: 120, rows: 40};

const check = (run: Opened, moments: readonly number[]): void => {
  const answers = Object.fromEntries(run.beats.map(({index}) => [index, 'skipped' as const]));
  const focuses = focusRing(look(run, started()), large).map(({name}) => name);
  let turn = 0;
  for (const viewMs of moments)
    for (const focus of focuses) {
      const language = turn % 2 === 0 ? 'en' : 'zh';
      const state = chosen(run, started({viewMs, language, focus, answers, relative: turn % 4 === 1}), turn);
      const scene = sceneOf(run, state);
      for (const [index, size] of sizesTried().entries()) {
        // Every size in eight turns.
        if (index % 8 !== turn % 8) continue;
        const glyphs = (index + turn) % 7 === 0 ? asciiGlyphs : unicodeGlyphs;
        const canvas = compose(scene, {...size, glyphs, keyHints: []});
        const lines = textOf(canvas);
        const where = `${focus} at ${viewMs} ms, ${size.columns}×${size.rows}, ${language}`;
        expect(lines, where).toHaveLength(size.rows);
        for (const line of lines)
          if (textWidth(line) > size.columns) expect.fail(`too wide: ${where}\n${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap: ${where}\n${lines.join('\n')}`);
      }
      turn += 1;
    }
};

test.each(['handshake', 'teardown'])('%s: every panel, every moment', {timeout: 120_000}, (id) => {
  const run = opened(id);
  check(run, some(momentsOf(run, Number.POSITIVE_INFINITY), 4));
});

test.each(some(['handshake-loss', 'data-transfer', 'tcp-header', 'sliding-window', 'congestion'], 2))(
  '%s: every panel, some moments',
  {timeout: 120_000},
  (id) => {
    const run = opened(id);
    check(run, some(momentsOf(run, 8), 3));
  },
);

type Rows = Pick<Region, 'row' | 'rows' | 'column' | 'columns'>;

const meet = (one: Rows, other: Rows): boolean =>
  one.row < other.row + other.rows &&
  other.row < one.row + one.rows &&
  one.column < other.column + other.columns &&
  other.column < one.column + one.columns;

test.each(['teardown', 'congestion', 'syn-flood'])(
  '%s at 200×60: panels stand apart',
  {timeout: 120_000},
  (id) => {
    const run = opened(id);
    const size = {columns: 200, rows: 60};
    const answers = Object.fromEntries(run.beats.map(({index}) => [index, 'skipped' as const]));
    const focuses = focusRing(look(run, started()), size).map(({name}) => name);
    const [, middle = 0, end = 0] = momentsOf(run, 2);
    let turn = 0;
    for (const focus of focuses)
      for (const {name} of some(panels, 3))
        for (const why of turn % 3 === 0 ? [undefined, {event: undefined}] : [{event: undefined}]) {
          const language = turn % 2 === 0 ? 'en' : 'zh';
          const viewMs = turn % 3 === 0 ? middle : end;
          const state = started({viewMs, language, focus, opened: [name], answers, why});
          const where = `${name} open, ${focus} with the focus, ${why ? 'Why?' : 'no Why?'}, ${language}`;
          const scene = sceneOf(run, state);
          const canvas = compose(scene, {...size, glyphs: unicodeGlyphs, keyHints: []});
          if (canvas.collisions > 0) expect.fail(`overlap: ${where}\n${textOf(canvas).join('\n')}`);
          const {placed} = arrange(scene.view, size);
          const {narration, why: whyRegion} = layoutOf(size, language);
          for (const [index, {panel, region}] of placed.entries()) {
            expect(meet(region, narration), `${panel.name} and the narration: ${where}`).toBe(false);
            for (const other of placed.slice(index + 1))
              expect(meet(region, other.region), `${panel.name} and ${other.panel.name}: ${where}`).toBe(
                false,
              );
            // What stands in the place of *Why?* gives way as a whole.
            if (meet(region, whyRegion))
              expect(region, `${panel.name} and Why?: ${where}`).toEqual(whyRegion);
          }
          turn += 1;
        }
  },
);
