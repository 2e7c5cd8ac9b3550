// The keys of lists: where they lead the mark, and that the menu shows it in any window.
import {expect, test} from 'vitest';
import {movedMark} from '../../source/ui/list-moves.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';

test('up and down go round and round', () => {
  expect(movedMark('listUp', {marked: 0, length: 3})).toBe(2);
  expect(movedMark('listDown', {marked: 2, length: 3})).toBe(0);
  expect(movedMark('listDown', {marked: 0, length: 3})).toBe(1);
});

test('pages and ends stay within the list, and an empty list has its mark at 0', () => {
  const list = {marked: 4, length: 10, page: 7};
  expect(movedMark('listPageDown', list)).toBe(9);
  expect(movedMark('listPageUp', list)).toBe(0);
  expect(movedMark('listFirst', list)).toBe(0);
  expect(movedMark('listLast', list)).toBe(9);
  for (const action of ['listUp', 'listDown', 'listLast', 'listPageDown'] as const)
    expect(movedMark(action, {marked: 0, length: 0})).toBe(0);
  expect(movedMark('help', list)).toBeUndefined();
});

const throwing = (_part: unknown, error: unknown): never => {
  throw error;
};

test.each([12, 9, 6, 4])('%i rows: marked row seen, keys last', (rows) => {
  const {press, controller} = setUp();
  const shown = () =>
    screenLines(controller.get(), {columns: 80, rows}, throwing).map((line) =>
      line.map(({text}) => text).join(''),
    );
  press('down', 'enter');
  for (const key of ['down', 'down', 'down', 'right', 'down', 'up', 'left', 'left', 'down', 'down']) {
    press(key);
    const lines = shown();
    expect(lines).toHaveLength(rows);
    expect(lines.at(-1)).toContain('keys');
    expect(lines.filter((line) => line.includes('▸')).length, lines.join('\n')).toBeGreaterThan(0);
    const marked = screenLines(controller.get(), {columns: 80, rows}, throwing).some((line) =>
      line.some(({selected}) => selected),
    );
    expect(marked).toBe(true);
  }
});
