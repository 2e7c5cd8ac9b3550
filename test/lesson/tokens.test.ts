// Words, numbers, strings and signs of expressions. Oracle: docs/lessons.md, “Expressions”.
import {describe, expect, test} from 'vitest';
import {tokens} from '../../source/lesson/tokens.ts';
import {toldAt} from './told-problem.ts';

/** `kind text @offset`, with the value of what has one. */
const read = (source: string): readonly unknown[] => {
  const found = tokens(source);
  if (!found.ok) return [toldAt(found.error)];
  expect(found.value.at(-1)).toEqual({kind: 'end', text: '', value: 0, offset: source.length});
  return found.value
    .slice(0, -1)
    .map(({kind, text, value, offset}) => `${kind} ${text} @${offset}${value === 0 ? '' : ` = ${value}`}`);
};

describe('tokens', () => {
  test.each([
    ['', []],
    [' \t\r\n', []],
    ['ab_1', ['word ab_1 @0']],
    ['_x', ['word _x @0']],
    ['  Ab c', ['word Ab @2', 'word c @5']],
    ['1', ['number 1 @0 = 1']],
    ['0', ['number 0 @0']],
    ['1.25', ['number 1.25 @0 = 1.25']],
    ['0xfF', ['number 0xfF @0 = 255']],
    ['0xffffffff', ['number 0xffffffff @0 = 4294967295']],
    ['999999999999999', ['number 999999999999999 @0 = 999999999999999']],
    ['1us', ['time 1us @0 = 1']],
    ['1µs', ['time 1µs @0 = 1']],
    ['1ms', ['time 1ms @0 = 1000']],
    ['1s', ['time 1s @0 = 1000000']],
    ['1m', ['time 1m @0 = 60000000']],
    ['1h', ['time 1h @0 = 3600000000']],
    ['2.5ms', ['time 2.5ms @0 = 2500']],
    // A microsecond is the least; half of one is one.
    ['1.5us', ['time 1.5us @0 = 2']],
    ['1.4us', ['time 1.4us @0 = 1']],
    ['192.0.2.10', ['address 192.0.2.10 @0']],
    ['2001:db8::1', ['address 2001:db8::1 @0']],
    ['::1', ['address ::1 @0']],
    ['"a b"', ['text a b @0']],
    ["'a\"b' c", ['text a"b @0', 'word c @6']],
    ['""', ['text  @0']],
    ['{a: {b: 1}} c', ['map {a: {b: 1}} @0', 'word c @12']],
    // Braces in quotes are text.
    ['{a: "}"} c', ['map {a: "}"} @0', 'word c @9']],
    ["{a: '{'} c", ["map {a: '{'} @0", 'word c @9']],
    [`{a: "'}"} c`, [`map {a: "'}"} @0`, 'word c @10']],
    ['==!=<=>=&&||', ['sign == @0', 'sign != @2', 'sign <= @4', 'sign >= @6', 'sign && @8', 'sign || @10']],
    ['()<>!+-*/.,', [...'()<>!+-*/.,'].map((sign, index) => `sign ${sign} @${index}`)],
    ['1+2', ['number 1 @0 = 1', 'sign + @1', 'number 2 @2 = 2']],
    ['p.tcp.len', ['word p @0', 'sign . @1', 'word tcp @2', 'sign . @5', 'word len @6']],
  ])('%j', (source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  const noMeaning = (at: number, c: string) => ({at, says: 'tokens.tokenAt.hasNoMeaningHere', c});

  test.each([
    ['a = b', noMeaning(2, '=')],
    ['a & b', noMeaning(2, '&')],
    ['序', noMeaning(0, '序')],
    ['1ab', noMeaning(0, '1')],
    ['1sx', noMeaning(0, '1')],
    ['0xfffffffff', noMeaning(0, '0')],
    ['1000000000000000', noMeaning(0, '1')],
    ['a "b', {at: 2, says: 'tokens.quoted'}],
    [`"b'`, {at: 0, says: 'tokens.quoted'}],
    ['a {b: {c}', {at: 2, says: 'tokens.tokenAt.a'}],
    ['{"}', {at: 0, says: 'tokens.tokenAt.a'}],
  ])('%j is refused', (source, error) => {
    expect(read(source)).toMatchObject([error]);
  });

  test('two thousand characters are the most', () => {
    expect(read('a'.repeat(2000))).toEqual([`word ${'a'.repeat(2000)} @0`]);
    expect(read('a'.repeat(2001))).toEqual([{at: 2000, says: 'tokens.tokens', longest: 2000}]);
  });
});
