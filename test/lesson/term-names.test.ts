// Where words of the glossary stand in a text, and by which of their names.
import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {termFinder, termNames, termsIn} from '../../source/lesson/term-names.ts';
import {sameIn} from '../../source/lesson/text.ts';

const term = (id: string, en: string, zh: string, more: object = {}) => ({
  ...{id, term: everywhere({en, zh}), text: sameIn('')},
  ...more,
});

test('names: the whole, and what stands in brackets or behind a comma', () => {
  expect(termNames(term('isn', 'initial sequence number (ISN)', '初始序列号（ISN）'))).toEqual([
    ...['initial sequence number (ISN)', 'initial sequence number', 'ISN', '初始序列号（ISN）', '初始序列号'],
  ]);
  expect(termNames(term('x', 'a, b', '甲、乙，丙'))).toEqual([
    'a, b',
    'a',
    'b',
    '甲、乙，丙',
    '甲',
    '乙',
    '丙',
  ]);
});

test('names that are given stand for the parts', () => {
  expect(termNames(term('x', 'a (b)', '甲（乙）', {names: {en: ['c'], zh: []}}))).toEqual([
    'a (b)',
    'c',
    '甲（乙）',
  ]);
  expect(termNames(term('x', 'a (b)', '甲', {names: {en: []}}))).toEqual(['a (b)', '甲']);
});

test('those that a track means', () => {
  const [own, other, all] = [
    term('1', 'a', 'a', {tracks: ['dns']}),
    term('2', 'b', 'b', {tracks: ['tls']}),
    term('3', 'c', 'c'),
  ] as const;
  const terms = [own, other, all];
  expect(termsIn(terms, 'dns').map(({id}) => id)).toEqual(['1', '3']);
  expect(termsIn(terms, undefined)).toEqual(terms);
  expect(termsIn(terms, 'no track')).toEqual(terms);
});

describe('in a text', () => {
  const find = termFinder([
    term('ack', 'acknowledgment (ACK)', '确认'),
    term('window', 'window', '窗口'),
    term('sendwindow', 'send window', '发送窗口'),
    term('dup', 'duplicate ACK', '重复确认'),
    term('again', 'window', '窗口'),
    term('c++', 'C++', 'C++'),
    term('number', 'ACK number', '确认号'),
  ]);
  const found = (text: string) =>
    find(text).map(({at, length, id}) => `${id} ${text.slice(at, at + length)}`);

  test.each([
    ['The window is shut', ['window window']],
    ['Windows are shut', ['window Windows']],
    ['a send window and a window', ['sendwindow send window', 'window window']],
    ['An ACK, three ACKs', ['ack ACK', 'ack ACKs']],
    // Capitals are another word; what is part of one is none.
    ['ack', []],
    ['windowed, windows2, my_window, x-window, a.window', []],
    ['window-sized, window.size', []],
    ['window-, window.', ['window window', 'window window']],
    ['duplicate ACKs', ['dup duplicate ACKs']],
    ['发送窗口和窗口', ['sendwindow 发送窗口', 'window 窗口']],
    // The longest name, whichever comes first.
    ['ACK numbers are no ACKs', ['number ACK numbers', 'ack ACKs']],
    ['确认号与确认', ['number 确认号', 'ack 确认']],
    ['重复确认号', ['dup 重复确认']],
    ['in C++ it', ['c++ C++']],
    ['nothing', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('without any terms nothing is found', () => {
    expect(termFinder([])('window')).toEqual([]);
    expect(termFinder([term('a', 'b', 'b')])('b')).toEqual([{at: 0, length: 1, id: 'a'}]);
  });
});
