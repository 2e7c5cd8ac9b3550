// What wide screens are for: nothing is folded away while a third of a lesson's screen is empty. Every screen of every lesson.
import {writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {allLessons, signed} from '../helpers/all-runs.ts';
import {walkThrough} from '../helpers/lesson-walk.ts';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];

/** `▾ 3 more`, `▴ 7 earlier packets`, `═ 8 more segments`: by the signs that say so, and by what stands behind them. */
const folds = /[▾▴═] ?\d+ /;

const rooms = allLessons().flatMap((lesson) =>
  languages.map((language) => ({lesson, language, id: lesson.id})),
);

test.each(rooms)('$id, $language', async ({lesson, language, id}) => {
  const told = (_: unknown, error: unknown): never => {
    throw error;
  };
  const wasted: string[] = [];
  const dump: string[] = [];
  for (const state of await walkThrough(signed(lesson), language))
    for (const size of sizes) {
      const lines = screenLines(state, size, told).map((line) =>
        line
          .map(({text}) => text)
          .join('')
          .trimEnd(),
      );
      dump.push(`##### ${size.columns}`, ...lines);
      const empty = lines.filter((line) => line === '').length;
      if (empty * 3 > size.rows && folds.test(lines.join('\n'))) wasted.push(lines.join('\n'));
    }
  writeFileSync(`/tmp/shows-data/${id}-${language}.txt`, dump.join('\n'));
  expect(wasted.length, wasted[0]).toBe(0);
});
