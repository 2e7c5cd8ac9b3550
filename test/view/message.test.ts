// A refusal can be read wherever it was provoked, in no cell that something else needs.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {scene} from '../../source/view/scene.ts';
import {compose} from '../../source/view/screen.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {forkErrorText, noForks} from '../../source/words/alter.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {textWidth} from '../../source/words/width.ts';
import {captured} from '../helpers/opened-capture.ts';
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

test('where nothing is told a long refusal has a second row, above the timeline', async () => {
  const silent = await captured('00a-handshake-only.pcap');
  const long = everywhere({
    en: `${'one word after another, '.repeat(4)}to the last`,
    zh: `${'一个字接一个字，'.repeat(6)}直到最后`,
  });
  for (const focus of ['ladder', 'list'])
    for (const language of languages) {
      const playback = {...playingAt(silent, 20_000, {playing: false, focus}), language};
      const shape = {columns: 80, rows: 24, glyphs: unicodeGlyphs, keyHints: []};
      const canvas = compose(scene({...silent, playback, message: long}), shape);
      const rows = textOf(canvas).map((row) => row.trim());
      expect(rows.slice(19, 21).join(language === 'zh' ? '' : ' ')).toBe(`✗ ${long[language]}`);
      expect(rows.slice(21)).toEqual(
        textOf(compose(scene({...silent, playback, message: undefined}), shape))
          .slice(21)
          .map((row) => row.trim()),
      );
      expect(canvas.collisions).toBe(0);
    }
});

const many = everywhere({
  en: `It begins here, ${'goes on with one word after another, '.repeat(3)}and ends.`,
  zh: `从这里开始，${'一个字接着一个字往下说，'.repeat(5)}到此结束。`,
});

test.each([
  ...places.filter(([name]) => !/ending|reply|question/.test(name)),
  ['the panel card', playingAt(opened, 100_000, {playing: false, focus: 'card'})] as const,
])('a long message over %s is shown whole', (_, playback) => {
  for (const [columns, rows] of sizes.slice(1, 5))
    for (const language of languages) {
      const input = {...opened, playback: {...playback, language}};
      const shape = {columns, rows, glyphs: unicodeGlyphs, keyHints: []};
      const silent = compose(scene({...input, message: undefined}), shape);
      const canvas = compose(scene({...input, message: {...many, isDone: true}}), shape);
      const text = textOf(canvas).join('').replaceAll(/\s/g, '');
      expect(text, `${columns}×${rows} ${language}`).toContain(many[language].replaceAll(/\s/g, ''));
      expect(canvas.collisions).toBe(silent.collisions);
    }
});

test('whoever may not alter a packet reads why in one row', () => {
  const refusals = [
    ...(['capture', 'script'] as const).map(noForks),
    forkErrorText({code: 'packet', packet: 12, packets: 11}),
    forkErrorText({code: 'lost', packet: 12}),
    forkErrorText({code: 'full', most: 200}),
    forkErrorText({code: 'long'}),
  ];
  const room = 80 - 'xxxx✗ x'.length;
  for (const refusal of refusals)
    for (const language of languages)
      expect(textWidth(refusal[language]), refusal[language]).toBeLessThanOrEqual(room);
});
