// The values of expressions in lessons: arithmetic and comparison by kind, so that times, sequence numbers and sizes are not mixed up.
import {seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {valueSentences} from '../words/catalogue/lesson.ts';
import type {Comparison} from './filter.ts';
import {type Problem, problem} from './problem.ts';
import {worded} from './text.ts';

export type Arithmetic = '+' | '-' | '*' | '/';

/** A value of an expression in a lesson; `seq` is a position in sequence space, which is added modulo 2^32. */
export type Value =
  | {readonly kind: 'number' | 'seq'; readonly value: number}
  | {readonly kind: 'time'; readonly us: number}
  | {readonly kind: 'text'; readonly value: string}
  | {readonly kind: 'truth'; readonly value: boolean};

/** The error that is thrown while an expression is computed, and caught where the computation began. */
export class ValueFailure extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.message.en);
    this.problem = found;
  }
}

/** Ends the computation of an expression because it has no value; throws the problem that says why. */
export const noValue = (found: Problem): never => {
  throw new ValueFailure(found);
};

const second = 1_000_000;

type Digits = 0 | 1 | 2 | 3;
const scales = [1, 10, 100, 1000] as const;

/**
 * Returns `value` in multiples of `unit` with so many decimals. It is cut, not rounded, so that no text names a later time than the screen.
 */
const cutText = (value: number, unit: number, digits: Digits): string => {
  const scale = scales[digits];
  return (Math.floor((value * scale) / unit) / scale).toFixed(digits);
};

const digitsOf = (us: number): Digits => {
  if (us < second) return us % 1000 === 0 || us >= 100_000 ? 0 : us >= 10_000 ? 1 : 2;
  return us < 10 * second ? 3 : us < 100 * second ? 2 : us < 1000 * second ? 1 : 0;
};

/** Returns the time in µs that `timeText` prints, without the digits that it cuts, so that a reader can calculate with it. */
export const printedUs = (us: number): number => {
  if (us % second === 0 || us < 1000) return us;
  return us - (us % ((us < second ? 1000 : second) / scales[digitsOf(us)]));
};

/** Returns a time for prose: whole seconds without decimals, others as on the screen: `50 ms`, `15.8 ms`, `1.050 s`, `60 s`. */
export const timeText = (us: number): string => {
  if (us <= -1) return `-${timeText(-us)}`;
  const whole = Math.max(0, Math.floor(us));
  if (whole % second === 0 && whole > 0) return `${whole / second} s`;
  if (whole < 1000 && whole > 0) return `${whole} µs`;
  const digits = digitsOf(whole);
  return whole < second ? `${cutText(whole, 1000, digits)} ms` : `${cutText(whole, second, digits)} s`;
};

export const valueText = (value: Value): string => {
  if (value.kind === 'time') return timeText(value.us);
  if (value.kind === 'number' && !Number.isInteger(value.value))
    return String(Number(value.value.toFixed(3)));
  return String(value.value);
};

/** Returns a value as plain data: a time in microseconds, a truth value as text, anything else as it is. */
export const plainValue = (value: Value): string | number => {
  if (value.kind === 'time') return value.us;
  return value.kind === 'truth' ? String(value.value) : value.value;
};

const mixed = (a: Value, op: string, b: Value): never => {
  const [left, right] = [valueSentences.kind[a.kind], valueSentences.kind[b.kind]];
  const unit = a.kind === 'time' || b.kind === 'time';
  throw new ValueFailure(
    problem(
      worded(valueSentences.mixed.message, {op, left, right}),
      unit ? valueSentences.mixed.giveTheNumber.remedy : valueSentences.mixed.compareAndAdd.remedy,
    ),
  );
};

const numeric = (a: number, op: Arithmetic, b: number): number => {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) {
        throw new ValueFailure(valueSentences.numeric['/']);
      }
      return a / b;
  }
};

export const calculate = (a: Value, op: Arithmetic, b: Value): Value => {
  if (a.kind === 'number' && b.kind === 'number')
    return {kind: 'number', value: numeric(a.value, op, b.value)};
  if (a.kind === 'seq' && b.kind === 'seq' && op === '-') {
    return {kind: 'number', value: seqDiff(seq(a.value), seq(b.value))};
  }
  if (a.kind === 'seq' && b.kind === 'number' && (op === '+' || op === '-')) {
    return {kind: 'seq', value: seqAdd(seq(a.value), op === '+' ? b.value : -b.value)};
  }
  if (a.kind === 'number' && b.kind === 'seq' && op === '+') {
    return {kind: 'seq', value: seqAdd(seq(b.value), a.value)};
  }
  if (a.kind === 'time' && b.kind === 'time') {
    if (op === '/') return {kind: 'number', value: numeric(a.us, op, b.us)};
    if (op !== '*') return {kind: 'time', us: numeric(a.us, op, b.us)};
  }
  if (a.kind === 'time' && b.kind === 'number' && (op === '*' || op === '/')) {
    return {kind: 'time', us: Math.round(numeric(a.us, op, b.value))};
  }
  if (a.kind === 'number' && b.kind === 'time' && op === '*')
    return {kind: 'time', us: Math.round(a.value * b.us)};
  return mixed(a, op, b);
};

/** Compares two values: returns a negative number, 0 or a positive one; undefined if they have no order. */
const order = (a: Value, b: Value): number | undefined => {
  const positions = [a, b].every((each) => each.kind === 'seq' || each.kind === 'number');
  if (positions && (a.kind === 'seq' || b.kind === 'seq')) {
    return a.kind !== 'time' && b.kind !== 'time'
      ? seqDiff(seq(Number(a.value)), seq(Number(b.value)))
      : undefined;
  }
  if (a.kind === 'number' && b.kind === 'number') return a.value - b.value;
  return a.kind === 'time' && b.kind === 'time' ? a.us - b.us : undefined;
};

/** Tells whether `compare` with `==` has a result for two values; it throws otherwise. */
export const comparable = (a: Value, b: Value): boolean => a.kind === b.kind || order(a, b) !== undefined;

export const compare = (a: Value, op: Comparison, b: Value): boolean => {
  const difference = order(a, b);
  if (difference === undefined) {
    const alike = a.kind === b.kind && (op === '==' || op === '!=') && a.kind !== 'time' && b.kind !== 'time';
    return alike ? (a.value === b.value) === (op === '==') : mixed(a, op, b);
  }
  switch (op) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
};
