// The page that asks how a conversation is to be written: names that follow the form, the screen, sentences.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {pressInExport} from '../../../source/ui/export-form.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {
  type ExportForm,
  fileOf,
  formatMarked,
  nameBegun,
  nameTaken,
  startExport,
} from '../../../source/view/picker/export-form.ts';
import {exportScreen} from '../../../source/view/picker/export-screen.ts';
import {exportNews, exportSentences} from '../../../source/view/picker/export-sentences.ts';
import {lineOf} from '../../../source/view/typed-line.ts';
import {textWidth} from '../../../source/words/width.ts';

const form = startExport({
  title: everywhere({en: '#4', zh: '#4'}),
  folder: '/tmp/evil\u001b[31m/with/a/long/name/that/does/not/fit/into/any/title/of/any/screen/at/all',
  offered: [
    {format: 'pcapng', file: 'slow-4.pcapng'},
    {format: 'svg', file: 'slow-4-2.svg'},
    {format: 'anki', file: 'slow-4.txt'},
  ],
});

const named = (state: ExportForm, text: string): ExportForm =>
  nameTaken({...nameBegun(state), line: lineOf(text)});

test('the offered name is that of the form; one that was typed keeps its beginning', () => {
  expect(fileOf(form)).toBe('slow-4.pcapng');
  expect(fileOf(formatMarked(form, 1))).toBe('slow-4-2.svg');
  const own = named(form, ' ~/mine.pcapng ');
  expect(fileOf(own)).toBe('~/mine.pcapng');
  expect(fileOf(formatMarked(own, 1))).toBe('~/mine.svg');
  expect(fileOf(formatMarked(formatMarked(own, 2), 0))).toBe('~/mine.pcapng');
  // Some want no extension, or another one.
  expect(fileOf(formatMarked(named(form, 'mine'), 1))).toBe('mine');
  expect(fileOf(formatMarked(named(form, 'mine.dump'), 1))).toBe('mine.dump');
  expect(fileOf(named(own, ''))).toBe('slow-4.pcapng');
});

test('a file that is there is replaced by y alone', () => {
  const asked = {...form, asks: true};
  const wish = (state: ExportForm, key: string, action?: Parameters<typeof pressInExport>[2]) =>
    pressInExport(state, key, action)?.wish;
  expect(wish(form, 'enter', 'exportWrite')).toEqual({
    format: 'pcapng',
    file: 'slow-4.pcapng',
    replaces: false,
  });
  expect(wish(asked, 'y', 'exportReplace')).toEqual({
    format: 'pcapng',
    file: 'slow-4.pcapng',
    replaces: true,
  });
  expect(pressInExport(asked, 'escape', 'back')?.form?.asks).toBe(false);
  expect(pressInExport(form, 'escape', 'back')).toEqual({});
  // Another form has another name: nothing is asked any more.
  expect(formatMarked(asked, 1).asks).toBe(false);
  expect(nameBegun(asked).asks).toBe(false);
});

const states: readonly (readonly [string, ExportForm])[] = [
  ['begun', form],
  ['the last form', formatMarked(form, form.offered.length - 1)],
  ['typing', {...nameBegun(form), line: lineOf(`/${'抓包'.repeat(60)}\u0007.pcapng`)}],
  ['asking', {...named(form, `evil\u001b[2J${'x'.repeat(90)}.pcapng`), asks: true}],
];

test.each(states)('%s: within the screen, in both languages, with no control character', (_, state) => {
  for (const [columns, rows] of [
    [40, 8],
    [60, 15],
    [80, 24],
    [120, 40],
  ] as const)
    for (const language of ['en', 'zh'] as const)
      for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
        const look = {columns, rows, glyphs, language, keyHints: []};
        const lines = exportScreen(state, look).map((line) => line.map(({text}) => text).join(''));
        expect(lines).toHaveLength(rows);
        expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
        expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        expect(lines.join('')).toContain(`${glyphs.selected} ${state.offered[state.marked]?.format}`);
        expect(exportSentences(state, language).join('')).not.toMatch(/[\u0000-\u001f]/);
      }
});

test('what a key has changed is heard: the form with its name, the question, letters as they are written', () => {
  expect(exportNews(form, formatMarked(form, 1), 'en')).toEqual([
    '2 of 3: svg, the ladder as a picture.',
    'File: slow-4-2.svg.',
  ]);
  expect(exportNews(form, {...form, asks: true}, 'zh')).toEqual(['slow-4.pcapng 已存在，要覆盖吗？']);
  const typing = nameBegun(form);
  expect(exportNews(form, typing, 'en')).toEqual(['File: slow-4.pcapng.']);
  expect(exportNews(typing, {...typing, line: lineOf('slow-4.pcapngX')}, 'en')).toEqual(['X']);
  expect(exportNews(typing, {...typing, line: lineOf('')}, 'en')).toEqual(['File: .']);
});
