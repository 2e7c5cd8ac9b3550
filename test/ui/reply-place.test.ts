// A question is answered: the packets above it stay where they were, in every lesson.
import {expect, test} from 'vitest';
import {lessonSummaries} from '../../source/io/lessons.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {walkThrough} from '../helpers/lesson-walk.ts';
import {few, some} from '../helpers/seeds.ts';

type Size = {readonly columns: number; readonly rows: number};

const rowsOf = (state: AppState, size: Size): readonly string[] =>
  screenLines(state, size, () => []).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

/** Rows above the question, each by its time: a packet that is asked about gets its words, and keeps its row. */
const timesAt = (rows: readonly string[], end: number): readonly string[] =>
  rows.slice(2, end).map((row) => row.slice(0, 10).trim());

const walks = lessonSummaries().flatMap(({id}) =>
  (['en', 'zh'] as const).map((language) => [id, language] as const),
);

test.each(some(few(walks, 24), 1))('%s, %s', async (id, language) => {
  const screens = await walkThrough(id, language);
  for (const size of [
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
  ])
    for (const [index, state] of screens.entries()) {
      const after = screens[index + 1];
      if (after === undefined || keyContext(state) !== 'question' || keyContext(after) !== 'reply') continue;
      const [asked, replied] = [rowsOf(state, size), rowsOf(after, size)];
      const end = asked.findIndex((row) => row.startsWith('  ? '));
      const seen = `${id} ${size.columns}\n${asked.join('\n')}\n${replied.join('\n')}`;
      expect(timesAt(replied, end), seen).toEqual(timesAt(asked, end));
    }
});
