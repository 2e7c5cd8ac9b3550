// Arithmetic of the expression language. Oracle: arithmetic; sequence numbers modulo 2^32 (RFC 9293 §3.4); times as the screen says them,
// never later than they are.
import {describe, expect, test} from 'vitest';
import type {Comparison} from '../../source/lesson/filter.ts';
import {
  type Arithmetic,
  calculate,
  compare,
  plainValue,
  printedUs,
  timeText,
  type Value,
  ValueFailure,
  valueText,
} from '../../source/lesson/value.ts';
import {toldProblem} from './told-problem.ts';

const number = (value: number): Value => ({kind: 'number', value});
const seq = (value: number): Value => ({kind: 'seq', value});
const time = (us: number): Value => ({kind: 'time', us});
const word = (value: string): Value => ({kind: 'text', value});
const truth = (value: boolean): Value => ({kind: 'truth', value});

test.each([
  [0, '0 ms'],
  [1, '1 µs'],
  [999, '999 µs'],
  [1000, '1 ms'],
  [1005, '1.00 ms'],
  [9999, '9.99 ms'],
  [10_000, '10 ms'],
  [15_860, '15.8 ms'],
  [99_999, '99.9 ms'],
  [100_001, '100 ms'],
  [999_999, '999 ms'],
  [1_000_000, '1 s'],
  [1_050_999, '1.050 s'],
  [9_999_999, '9.999 s'],
  [10_019_999, '10.01 s'],
  [99_999_999, '99.99 s'],
  [100_099_999, '100.0 s'],
  [999_999_999, '999.9 s'],
  [1_000_999_999, '1000 s'],
  [60_000_000, '60 s'],
  [-15_860, '-15.8 ms'],
])('%i µs are said as %s', (us, said) => expect(valueText(time(us))).toBe(said));

test.each([
  [number(3), '3', 3],
  [number(1 / 3), '0.333', 1 / 3],
  [number(2.5), '2.5', 2.5],
  [seq(7), '7', 7],
  [word('SYN-SENT'), 'SYN-SENT', 'SYN-SENT'],
  [truth(false), 'false', 'false'],
  [time(50), '50 µs', 50],
])('%j', (value, said, plain) => {
  expect(valueText(value)).toBe(said);
  expect(plainValue(value)).toBe(plain);
});

describe('arithmetic', () => {
  test.each<[Value, Arithmetic, Value, Value]>([
    [number(7), '+', number(2), number(9)],
    [number(7), '-', number(2), number(5)],
    [number(7), '*', number(2), number(14)],
    [number(7), '/', number(2), number(3.5)],
    [seq(2), '-', seq(2 ** 32 - 3), number(5)],
    [seq(2 ** 32 - 3), '-', seq(2), number(-5)],
    [seq(2 ** 32 - 3), '+', number(5), seq(2)],
    [seq(2), '-', number(5), seq(2 ** 32 - 3)],
    [number(5), '+', seq(2 ** 32 - 3), seq(2)],
    [time(300), '+', time(20), time(320)],
    [time(300), '-', time(20), time(280)],
    [time(300), '/', time(20), number(15)],
    [time(301), '*', number(1.5), time(452)],
    [time(301), '/', number(2), time(151)],
    [number(1.5), '*', time(301), time(452)],
  ])('%j %s %j', (a, op, b, is) => expect(calculate(a, op, b)).toEqual(is));

  const unit = {says: 'value.mixed', remedy: 'giveTheNumber'};
  const kinds = {says: 'value.mixed', remedy: 'compareAndAdd'};

  test.each<[Value, Arithmetic, Value, object]>([
    [number(1), '/', number(0), {says: 'value.numeric./'}],
    [time(1), '/', time(0), {says: 'value.numeric./'}],
    [time(1), '+', number(1), {...unit, op: '+', left: 'time', right: 'number'}],
    [number(1), '-', time(1), {...unit, op: '-', left: 'number', right: 'time'}],
    [number(1), '/', time(1), {...unit, op: '/', left: 'number', right: 'time'}],
    [time(2), '*', time(2), {...unit, op: '*', left: 'time', right: 'time'}],
    [seq(1), '+', seq(1), {...kinds, op: '+', left: 'seq', right: 'seq'}],
    [seq(1), '*', number(2), {...kinds, op: '*', left: 'seq', right: 'number'}],
    [number(2), '-', seq(1), {...kinds, op: '-', left: 'number', right: 'seq'}],
    [word('a'), '+', word('b'), {...kinds, op: '+', left: 'text', right: 'text'}],
    [truth(true), '+', number(1), {...kinds, op: '+', left: 'switch', right: 'number'}],
  ])('%j %s %j has no value', (a, op, b, told) => {
    let failure: unknown;
    try {
      calculate(a, op, b);
    } catch (thrown) {
      failure = thrown;
    }
    if (!(failure instanceof ValueFailure)) expect.fail('it has a value');
    expect(failure.message).toBe(failure.problem.message.en);
    expect(toldProblem(failure.problem)).toMatchObject(told);
  });
});

describe('comparison', () => {
  const comparisons: readonly Comparison[] = ['<', '<=', '==', '!=', '>=', '>'];
  const holding = (a: Value, b: Value): string => comparisons.filter((op) => compare(a, op, b)).join(' ');
  const pairs: {readonly [holds: string]: readonly (readonly [Value, Value])[]} = {
    '< <= !=': [
      [number(1), number(2)],
      [time(1), time(2)],
      [seq(2 ** 32 - 1), seq(3)],
      [seq(2 ** 32 - 1), number(3)],
      [number(2 ** 32 - 1), seq(3)],
    ],
    '<= == >=': [
      [number(2), number(2)],
      [time(2), time(2)],
      [seq(5), seq(5)],
    ],
    '!= >= >': [
      [number(2), number(1)],
      [time(2), time(1)],
      [seq(3), seq(2 ** 32 - 1)],
    ],
  };
  test.each(Object.entries(pairs))('%s', (holds, all) => {
    for (const [a, b] of all) expect(holding(a, b)).toBe(holds);
  });
  test('what has no order is alike or not', () => {
    expect([compare(word('a'), '==', word('a')), compare(word('a'), '==', word('b'))]).toEqual([true, false]);
    expect([compare(word('a'), '!=', word('a')), compare(word('a'), '!=', word('b'))]).toEqual([false, true]);
    expect([compare(truth(true), '==', truth(true)), compare(truth(true), '!=', truth(false))]).toEqual([
      true,
      true,
    ]);
  });
  test.each<[Value, Comparison, Value]>([
    [word('a'), '<', word('b')],
    [truth(true), '>=', truth(false)],
    [word('1'), '==', number(1)],
    [time(1), '==', number(1)],
    [time(1), '!=', seq(1)],
    [seq(1), '<', word('2')],
  ])('%j %s %j is refused', (a, op, b) => expect(() => compare(a, op, b)).toThrow(ValueFailure));
});

test('what a reader can count with is what is printed', () => {
  const units = {µs: 1, ms: 1000, s: 1_000_000};
  const read = (text: string): number => {
    const [, value = '', unit = ''] = /^([\d.]+) (µs|ms|s)$/.exec(text) ?? expect.fail(text);
    const [, size = 0] = Object.entries(units).find(([name]) => name === unit) ?? [];
    return Math.round(Number(value) * size);
  };
  const near = [1, 7, 999, 1000, 9999, 10_000, 99_999, 100_000, 500_000, 999_999, 1_000_000, 2_000_000]
    .concat([1_234_567, 9_999_999, 10_000_000, 99_999_999, 100_000_000, 999_999_999, 3_600_000_000])
    .flatMap((us) => [us - 1, us, us + 1, us + 5, us + 250, us + 1000, us + 123_456]);
  for (const us of near.filter((each) => each > 0)) {
    expect([us, printedUs(us)]).toEqual([us, read(timeText(us))]);
    expect(printedUs(us)).toBeLessThanOrEqual(us);
  }
});
