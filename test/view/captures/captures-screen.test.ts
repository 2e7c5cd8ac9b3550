// The page that opens captures: nothing is wider than the screen, the mark is in sight, hostile names are harmless.
import {expect, test} from 'vitest';
import {capturesScreen} from '../../../source/view/captures/captures-screen.ts';
import {capturesNews, capturesSentences} from '../../../source/view/captures/captures-sentences.ts';
import {
  type CapturesState,
  completed,
  startCaptures,
  typing,
} from '../../../source/view/captures/captures-state.ts';
import type {Offer} from '../../../source/view/captures/offer.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {erased, inserted, lineOf, shownLine} from '../../../source/view/typed-line.ts';
import {formatBytes} from '../../../source/words/format.ts';
import {textWidth} from '../../../source/words/width.ts';

const file = (name: string, bytes = 1234) => ({
  path: `/tmp/${name}`,
  name,
  bytes,
  changed: '2026-11-21 05:19',
});
const hostile = 'evil\u001b[31m\u202egnp\u0007.pcap';
const many: Offer = {
  files: [
    ...Array.from({length: 60}, (_, n) => file(`capture-${n}.pcap`, 10 ** (n % 13))),
    file(hostile),
    file('抓包文件，名字很长很长很长很长很长很长很长很长很长很长很长很长.pcapng'),
  ],
  more: 7,
  folders: ['~/captures', '/a/very/long/path/to/another/folder/with/captures'],
  last: undefined,
};
const empty: Offer = {files: [], more: 0, folders: ['~/captures'], last: undefined};
const long = lineOf(
  '/a/path/that/is/much/longer/than/any/screen/could/ever/show/in/one/line/and/so/on/a.pcap',
);

const states: readonly (readonly [string, CapturesState])[] = [
  ['the list', startCaptures(many)],
  ['its end', {...startCaptures(many), marked: many.files.length - 1}],
  ['nothing', startCaptures(empty)],
  ['typing', typing(startCaptures(many), long)],
  ['typing in front', typing(startCaptures(many), {...long, at: 3})],
  [
    'names',
    completed(startCaptures(many), {text: '/tmp/c', names: many.files.map(({name}) => name), more: 3}),
  ],
  ['reading', {...startCaptures(many), reading: {name: hostile, packets: 61_774, share: 0.07}}],
];

const note = {text: `no file ${hostile}; check the name and the folder, as long as it takes`, isDone: false};
const sizes = [
  [40, 10],
  [60, 15],
  [80, 24],
  [120, 40],
] as const;

test.each(states)('%s: within the screen, in both languages, with no control character', (_, state) => {
  for (const [columns, rows] of sizes)
    for (const language of ['en', 'zh'] as const)
      for (const glyphs of [unicodeGlyphs, asciiGlyphs])
        for (const told of [undefined, note]) {
          const look = {columns, rows, glyphs, language, keyHints: [], note: told, isOpening: true};
          const lines = capturesScreen(state, look).map((line) => line.map(({text}) => text).join(''));
          expect(lines).toHaveLength(rows);
          expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
          expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
          if (glyphs === asciiGlyphs && language === 'en')
            expect(lines.join('').replace(/[\u2400-\u2421·]|[^\u0000-\u2fff]/g, '')).toMatch(/^[ -~]*$/);
        }
});

test('the mark is in sight wherever it is, and its row is marked alone', () => {
  for (const [columns, rows] of sizes)
    for (let index = 0; index < 60; index += 7) {
      const state = {...startCaptures(many), marked: index};
      const look = {
        columns,
        rows,
        glyphs: unicodeGlyphs,
        language: 'en' as const,
        keyHints: [],
        isOpening: false,
      };
      const marked = capturesScreen(state, look).filter((line) => line.some(({selected}) => selected));
      expect(marked.map((line) => line.map(({text}) => text).join('')).join()).toContain(
        `▸ capture-${index}.pcap`,
      );
      expect(marked).toHaveLength(1);
    }
});

test('the mark begins at what was opened last', () => {
  const last = {path: '/tmp/capture-5.pcap', name: 'capture-5.pcap', isGone: false};
  expect(startCaptures({...many, last}).marked).toBe(5);
});

test.each(states)('%s: sentences without control characters', (_, state) => {
  for (const language of ['en', 'zh'] as const)
    expect(capturesSentences(state, language).join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('what is typed is heard letter by letter, as it is written; what is done to it, whole', () => {
  const at = (line: string) => typing(startCaptures(many), lineOf(line));
  expect(capturesNews(startCaptures(many), at('/'), 'en')).toEqual(['path: /.']);
  expect(capturesNews(at('/'), at('/T'), 'en')).toEqual(['T']);
  expect(capturesNews(at('/t'), at('/t '), 'zh')).toEqual(['空格']);
  expect(capturesNews(at('/tm'), at('/t'), 'en')).toEqual(['path: /t.']);
  const found = completed(at('/t'), {text: '/tmp/', names: ['a.pcap', 'b/'], more: 0});
  expect(capturesNews(at('/t'), found, 'en')).toEqual([
    'path: /tmp/.',
    '2 names begin with this: a.pcap, b/.',
  ]);
});

test('a line is written and erased at its cursor, by whole characters, and shown around it', () => {
  const line = {text: 'a抓b', at: 2};
  expect(inserted(line, '🔒x')).toEqual({text: 'a抓🔒xb', at: 4});
  expect(erased(inserted(line, '🔒'))).toEqual(line);
  expect(erased({text: 'a', at: 0})).toEqual({text: 'a', at: 0});
  expect([...inserted(line, 'x'.repeat(10_000)).text]).toHaveLength(4096);
  for (let at = 0; at < long.text.length; at += 1) {
    const shown = shownLine({...long, at}, 30, unicodeGlyphs);
    expect(shown).toContain('▏');
    expect(textWidth(shown)).toBeLessThanOrEqual(30);
    expect(shown).toContain(`${long.text[at - 1] ?? ''}▏`);
  }
});

test('sizes of files', () => {
  const sizesOf = [0, 9999, 10_000, 48_200, 999_949, 999_950, 1_234_567, 62_334_024, 5e12].map(formatBytes);
  expect(sizesOf).toEqual([
    '0 B',
    '9999 B',
    '10.0 kB',
    '48.2 kB',
    '999.9 kB',
    '1.0 MB',
    '1.2 MB',
    '62.3 MB',
    '5.0 TB',
  ]);
});
