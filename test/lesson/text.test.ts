// Texts in every language, and files beside a lesson.
import {describe, expect, test} from 'vitest';
import {Beside} from '../../source/lesson/beside.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {madeOf, sameIn, spaced, textOf, worded, wordedWithNames} from '../../source/lesson/text.ts';

test.each([
  ['服务器A和B', '服务器 A 和 B'],
  ['50%的包', '50% 的包'],
  ['第3个', '第 3 个'],
  ['已有 A 和', '已有 A 和'],
  ['a b', 'a b'],
  ['é和', 'é和'],
])('%s: %s', (written, told) => {
  expect(spaced(written)).toBe(told);
});

const message = everywhere({
  en: ({name}: {name: string}) => `the ${name}`,
  zh: ({name}: {name: string}) => `那个${name}`,
});

test('a sentence in every language, with what it takes', () => {
  expect(worded(message, {name: 'x'})).toEqual(everywhere({en: 'the x', zh: '那个x'}));
  const text = everywhere({en: 'a', zh: '甲'});
  expect(worded(text, {})).toEqual(text);
  expect(wordedWithNames(message, {name: 'x'})).toEqual(everywhere({en: 'the x', zh: '那个 x'}));
  expect(sameIn('x')).toEqual(everywhere({en: 'x', zh: 'x'}));
});

test('what is made of a text that falls back falls back, too, each language once', () => {
  const [one, other] = [
    {...sameIn('x'), fallback: ['zh']},
    {...sameIn('y'), fallback: ['zh']},
  ];
  expect(madeOf([one, other, 'z', undefined], () => 'w')).toEqual({...sameIn('w'), fallback: ['zh']});
  expect(madeOf(['z', sameIn('x')], () => 'w')).toEqual(sameIn('w'));
});

test('a text by its name, of those that are there', () => {
  const texts = {a: sameIn('x')};
  expect([textOf(texts, 'a'), textOf(texts, 'b'), textOf(texts, 'toString')]).toEqual([
    ...[sameIn('x'), undefined, undefined],
  ]);
});

describe('beside a lesson', () => {
  const beside = (lesson: string) =>
    new Beside(lesson, {zones: new Map([['a.zone', 'text']]), certificates: new Map([['b.pem', 'more']])});

  test('zones stand in a folder of their own', () => {
    expect(beside('lessons/dns/x.yaml').pathOf('a.zone')).toBe('lessons/dns/zones/a.zone');
    expect(beside('x.yaml').pathOf('a.zone')).toBe('zones/a.zone');
    expect(beside('c:\\l\\x.yaml').pathOf('a.zone')).toBe('c:\\l\\zones/a.zone');
  });

  test('by their names', () => {
    const files = beside('x.yaml');
    expect([files.zoneNames, files.zone('a.zone'), files.zone('b.pem')]).toEqual([
      ['a.zone'],
      'text',
      undefined,
    ]);
    expect([files.certificateNames, files.certificate('b.pem'), files.certificate('a.zone')]).toEqual([
      ...[['b.pem'], 'more', undefined],
    ]);
  });
});
