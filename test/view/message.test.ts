// A refusal can be read wherever it was provoked, in no cell that something else needs.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {scene} from '../../source/view/scene.ts';
import {compose} from '../../source/view/screen.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {act, open, playingAt, started, textOf} from './player.ts';

const message = everywhere({en: 'packet 3 has arrived', zh: '第 3 个分组已经到达'});
const trace = run(handshakeScenario());
const whatIfs = [everywhere({en: 'the SYN is lost', zh: 'SYN 丢失'})];
const opened = open({trace, beats: handshakeBeats(trace), whatIfs});

const asked = act(opened, started(), {kind: 'toEnd'});

const places: readonly (readonly [string, PlaybackState])[] = [
  ['narration', playingAt(opened, 100_000)],
  [
    'the ending',
    {...playingAt(opened, 150_000), viewMs: opened.pacing.durationMs, playing: false, ending: {marked: 0}},
  ],
  ['the reply', act(opened, asked, {kind: 'answer', choice: 'a'})],
  ['a question', asked],
  ['why', act(opened, playingAt(opened, 100_000, {playing: false}), {kind: 'toggleWhy'})],
  ...['bytes', 'graph', 'diagram', 'glossary', 'list'].map(
    (focus) => [`the panel ${focus}`, playingAt(opened, 100_000, {playing: false, focus})] as const,
  ),
];

test('the run asks', () => expect(asked.gate).toBeDefined());

const sizes = [
  [59, 14],
  [60, 15],
  [80, 24],
  [100, 30],
  [120, 40],
  [200, 60],
] as const;

test.each(places)('%s', (_, playback) => {
  for (const [columns, rows] of some(sizes, 2))
    for (const language of ['en', 'zh'] as const) {
      const input = {...opened, playback: {...playback, language}};
      const shape = {columns, rows, glyphs: unicodeGlyphs, keyHints: []};
      const canvas = compose(scene({...input, message}), shape);
      expect(textOf(canvas).join('\n')).toContain(message[language]);
      const silent = compose(scene({...input, message: undefined}), shape);
      expect(canvas.collisions).toBe(silent.collisions);
      // ✗ before a refusal, ✓ before what was done.
      const done = compose(scene({...input, message: {...message, isDone: true}}), shape);
      expect(textOf(canvas).join('\n')).toMatch(new RegExp(`✗ ${message[language]}`));
      expect(textOf(done).join('\n')).toMatch(new RegExp(`✓ ${message[language]}`));
    }
});
