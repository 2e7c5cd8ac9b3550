// “Watch it” at 80×24: what the run shows and what the belief says are read whole.
import {expect, test} from 'vitest';
import {openCounter} from '../../source/app/counter-run.ts';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import {watchedOver} from '../../source/ui/opened.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';

const {misconceptions} = lessonData();
const homes = new Map(misconceptions.map(({id, lesson}) => [id, lesson]));
const find = async (ids: readonly string[]) => ids.flatMap((id) => compiledLesson(id) ?? []);

const told = (_: unknown, error: unknown): never => {
  throw error;
};

const ids = some(
  misconceptions.map(({id}) => id),
  4,
);

test.each(ids)('%s', async (id) => {
  const result = await openCounter(id, find, homes);
  if ('message' in result) return;
  const initial = {screen: 'player', run: await openedLesson('handshake')} as const;
  for (const language of ['en', 'zh'] as const) {
    const preferences = {...appOptions.preferences, language};
    const app = setUp({preferences, initial});
    const state = watchedOver(app.controller.get(), result);
    const lines = screenLines(state, {columns: 80, rows: 24}, told).map((line) =>
      line.map(({text}) => text).join(''),
    );
    const narrated = lines.slice(lines.findIndex((line) => line.includes('▎')));
    expect(narrated.filter((line) => line.trimEnd().endsWith('…'))).toEqual([]);
  }
});
