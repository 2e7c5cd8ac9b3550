// Computes the value of an expression over a Trace at one of its events.
import {entryAt} from '../account/entries.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {evaluateSentences} from '../words/catalogue/lesson-values.ts';
import type {Expression, Moment} from './expression.ts';
import {matchingPackets} from './filter-match.ts';
import {hostPropertyAt} from './host-property.ts';
import {eventAt, matchingEvents} from './match.ts';
import {remembered} from './memory.ts';
import {fieldValues} from './packet-field.ts';
import {firstEvent, referredPacket} from './packet-reference.ts';
import {type Problem, problemWith} from './problem.ts';
import {calculate, compare, noValue, type Value, ValueFailure, valueText} from './value.ts';

/** An event of a Trace; event 0 is the time before anything happened. */
export type Instant = {readonly trace: Trace; readonly event: number};

export const evaluate = (expression: Expression, instant: Instant): Result<Value, Problem> => {
  try {
    return ok(compute(expression, instant));
  } catch (failure) {
    if (failure instanceof ValueFailure) return err(failure.problem);
    throw failure;
  }
};

/** Tells whether a condition is true at an instant. A condition without a value, or with a value that is no truth value, is not true. */
export const isTrue = (expression: Expression, instant: Instant): boolean => {
  const value = evaluate(expression, instant);
  return value.ok && value.value.kind === 'truth' && value.value.value;
};

/**
 * Returns both computed sides of a comparison that does not hold, such as “1101 == 1102”; undefined if there is none or a side has no
 * value.
 */
export const comparedSides = (expression: Expression, instant: Instant): string | undefined => {
  if (expression.kind === 'logic') {
    const left = comparedSides(expression.left, instant);
    return left ?? comparedSides(expression.right, instant);
  }
  if (expression.kind !== 'compare') return undefined;
  const left = evaluate(expression.left, instant);
  const right = evaluate(expression.right, instant);
  if (!left.ok || !right.ok || compare(left.value, expression.op, right.value)) return undefined;
  return `${valueText(left.value)} ${expression.op} ${valueText(right.value)}`;
};

const compute = (expression: Expression, instant: Instant): Value => {
  switch (expression.kind) {
    case 'number':
    case 'time':
    case 'text':
      return expression;
    case 'field':
      return fieldOf(expression, instant);
    case 'host': {
      const {host, property, connection, at} = expression;
      return hostPropertyAt(host, property, whenOf(at, instant), connection);
    }
    case 'memory':
      return remembered(expression, whenOf(expression.at, instant));
    case 'count packets':
      return {kind: 'number', value: matchingPackets(expression.filter, instant.trace).length};
    case 'count events':
      return {kind: 'number', value: matchingEvents(expression.selector, instant.trace).length};
    case 'time of':
      return {kind: 'time', us: entryAt(instant.trace, firstEvent(expression.selector, instant.trace)).atUs};
    case 'least':
    case 'greatest':
      return extreme(expression, instant);
    case 'negate':
      return calculate(zeroLike(compute(expression.of, instant)), '-', compute(expression.of, instant));
    case 'arithmetic':
      return calculate(compute(expression.left, instant), expression.op, compute(expression.right, instant));
    case 'compare': {
      const [left, right] = [compute(expression.left, instant), compute(expression.right, instant)];
      return {kind: 'truth', value: compare(left, expression.op, right)};
    }
    case 'logic': {
      const left = truth(compute(expression.left, instant));
      if (left === (expression.op === '||')) return {kind: 'truth', value: left};
      return {kind: 'truth', value: truth(compute(expression.right, instant))};
    }
  }
};

const zeroLike = (value: Value): Value =>
  value.kind === 'time' ? {kind: 'time', us: 0} : {kind: 'number', value: 0};

const truth = (value: Value): boolean =>
  value.kind === 'truth' ? value.value : noValue(evaluateSentences.truth);

const extreme = ({kind, of}: Extract<Expression, {kind: 'least' | 'greatest'}>, instant: Instant): Value =>
  of
    .map((each) => compute(each, instant))
    .reduce((best, each) => (compare(each, kind === 'least' ? '<' : '>', best) ? each : best));

const fieldOf = ({packet, field}: Extract<Expression, {kind: 'field'}>, instant: Instant): Value => {
  const record = referredPacket(packet, instant);
  return (
    fieldValues(instant.trace, record, field)[0] ??
    noValue(problemWith(evaluateSentences.fieldOf, {id: record.id, field}))
  );
};

const eventOf = (at: Moment | undefined, {trace, event}: Instant): number => {
  if (!at) return event;
  return at.kind === 'time' ? eventAt(trace, at.us) : firstEvent(at.selector, trace);
};

/** Returns the time of a moment in an expression. A time that is written as such is that time, even if nothing happened then. */
const whenOf = (at: Moment | undefined, instant: Instant) => {
  const {trace} = instant;
  const event = eventOf(at, instant);
  const atUs = at?.kind === 'time' ? at.us : event > 0 ? entryAt(trace, event).atUs : 0;
  return {trace, event, atUs};
};
