// The help: every key is on one of its pages, whole, at sizes from a corner of a terminal to a wall.
import {expect, test} from 'vitest';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {type HelpOptions, helpPages, helpScreen} from '../../source/view/help.ts';
import {textWidth} from '../../source/words/width.ts';

const keysOf = (name: string, count: number) =>
  Array.from({length: count}, (_, index) => ({key: `${name}${index}`, label: `does ${name} ${index}`}));

const optionsFor = (
  size: {columns: number; rows: number},
  change: Partial<HelpOptions> = {},
): HelpOptions => ({
  ...size,
  glyphs: unicodeGlyphs,
  language: 'en',
  context: 'player',
  keys: keysOf('k', 37),
  sections: ['endpoints', 'packets', 'bytes'].map((heading, index) => ({
    heading,
    keys: keysOf(heading[0] ?? '', 3 + index),
  })),
  page: 0,
  keyHints: [],
  findsWords: true,
  ...change,
});

const linesOf = (options: HelpOptions): string[] =>
  helpScreen(options).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

test.each([
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
])('%i×%i: nothing is cut, and every key stands once', (columns, rows) => {
  for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
    const options = optionsFor({columns, rows}, {glyphs});
    const pages = helpPages(options);
    const all = Array.from({length: pages}, (_, page) => linesOf({...options, page}));
    for (const lines of all) {
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    }
    const text = all.flat().join('\n');
    const entries = [...options.keys, ...options.sections.flatMap(({keys}) => keys)];
    for (const {key, label} of entries)
      expect(text.split(`${label}\n`).length + text.split(`${label} `).length - 2, key).toBe(1);
    for (const {heading} of options.sections) expect(text).toContain(`\n   ${heading}\n`);
    expect(linesOf({...options, page: pages})).toEqual(all[0]);
    expect(linesOf({...options, page: -1})).toEqual(all.at(-1));
    if (pages > 1) expect(all[1]?.[0]).toMatch(new RegExp(`2/${pages}$`));
  }
});
