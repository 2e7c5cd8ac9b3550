// Columns of a table: as wide as what is in them; optional ones leave first, and the one that takes the rest keeps its least.
import {expect, test} from 'vitest';
import {type Column, fitted, rowText, titledTable} from '../../source/view/table.ts';

type Line = {readonly name: string; readonly data: string; readonly from: string};

const lines: readonly Line[] = [
  {name: 'a', data: '192.0.2.1', from: 'packet 3'},
  {name: '解析器', data: '2001:db8::1', from: 'packet 12'},
];
const columns: readonly Column<Line>[] = [
  {head: 'name', read: ({name}) => name},
  {head: 'data', read: ({data}) => data, takesRest: true, most: 20},
  {head: 'from', read: ({from}) => from, optional: true},
];
const widthsIn = (room: number): number[] => fitted(columns, lines, {room, least: 8}).map(({width}) => width);

test('what is wide takes two columns, and the rest goes to one column, up to its most where another follows', () => {
  // 6 for the name, 9 for the packet, 2 between each two.
  expect(widthsIn(40)).toEqual([6, 20, 9]);
  expect(widthsIn(30)).toEqual([6, 11, 9]);
});

test('the optional column leaves once the other one would have less than its least', () => {
  expect(widthsIn(27)).toEqual([6, 8, 9]);
  expect(widthsIn(26)).toEqual([6, 18]);
  expect(widthsIn(5)).toEqual([6, 0]);
});

test('the last column takes all that is left, whatever its most', () => {
  expect(fitted(columns.slice(0, 2), lines, {room: 60}).map(({at, width}) => [at, width])).toEqual([
    [0, 6],
    [8, 52],
  ]);
});

test('texts are cut with an ellipsis, numbers end in one column', () => {
  const counts: readonly Column<number>[] = [
    {head: 'count', read: String, atEnd: true},
    {head: '', read: () => 'abcdef', most: 4},
  ];
  const shown = fitted(counts, [7, 1234]);
  expect(rowText(shown, ({read}) => read(7), '…')).toBe('    7  abc…');
});

test('a title stands in the place of the first head, and is never cut', () => {
  const named: readonly Column<Line>[] = [
    {head: '', read: ({name}) => name},
    {head: 'from', read: ({from}) => from},
  ];
  expect(titledTable('who knows what', named, {lines, ellipsis: '…'})).toEqual([
    'who knows what  from',
    '  a             packet 3',
    '  解析器        packet 12',
  ]);
  expect(titledTable('it', named, {lines, ellipsis: '…'})[0]).toBe('it        from');
});
