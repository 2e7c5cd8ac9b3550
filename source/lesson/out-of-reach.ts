// Finds the event of a run from which a challenge's condition can no longer become true: a count has been exceeded, the first packet of its
// kind was another one, or the time is over.
import type {Trace} from '../sim/trace.ts';
import {isTrue} from './evaluate.ts';
import type {Expression} from './expression.ts';
import {matchingPackets} from './filter-match.ts';
import {eventAt, matchingEvents} from './match.ts';

type Compared = Extract<Expression, {kind: 'compare'}>;

/** Returns the events that a counting expression counts, in order; undefined for any other expression. */
const countedIn = (expression: Expression, trace: Trace): readonly number[] | undefined => {
  if (expression.kind === 'count events') return matchingEvents(expression.selector, trace);
  if (expression.kind !== 'count packets') return undefined;
  return matchingPackets(expression.filter, trace).map(({sendEvent}) => sendEvent);
};

/**
 * Returns the event with which a count exceeds what the comparison allows, as a count never decreases; undefined if it cannot exceed it.
 */
const passed = ({op, right}: Compared, counted: readonly number[]): number | undefined => {
  if (right.kind !== 'number') return undefined;
  if (op === '==' || op === '<=') return counted[right.value];
  return op === '<' ? counted[right.value - 1] : undefined;
};

/** Returns the event from which the value of an expression no longer changes: 0 for a constant, undefined if that is not known. */
const settledIn = (expression: Expression, trace: Trace): number | undefined => {
  switch (expression.kind) {
    case 'number':
    case 'time':
    case 'text':
      return 0;
    case 'time of':
      return matchingEvents(expression.selector, trace)[0];
    case 'field': {
      const {packet} = expression;
      if (packet.kind === 'first') return matchingPackets(packet.filter, trace)[0]?.sendEvent;
      return packet.kind === 'selected' && packet.which === 'first'
        ? matchingEvents(packet.selector, trace)[0]
        : undefined;
    }
    case 'arithmetic': {
      const left = settledIn(expression.left, trace);
      const right = settledIn(expression.right, trace);
      return left === undefined || right === undefined ? undefined : Math.max(left, right);
    }
    default:
      return undefined;
  }
};

/**
 * Returns the first event after the latest time with which an event's time is compared; undefined if the run ends before, or for other
 * comparisons.
 */
const timeOver = ({op, left, right}: Compared, trace: Trace): number | undefined => {
  if (left.kind !== 'time of' || right.kind !== 'time' || (op !== '<' && op !== '<=')) return undefined;
  const next = eventAt(trace, right.us) + 1;
  return next > trace.length ? undefined : next;
};

const ofComparison = (compared: Compared, trace: Trace): number | undefined => {
  if (isTrue(compared, {trace, event: trace.length})) return undefined;
  const counted = countedIn(compared.left, trace);
  if (counted) return passed(compared, counted);
  const settled = settledIn({...compared, kind: 'arithmetic', op: '-'}, trace);
  return timeOver(compared, trace) ?? settled;
};

/** Returns the event of a run from which a condition can no longer become true; undefined if it is true or may become true later. */
export const outOfReachFrom = (condition: Expression, trace: Trace): number | undefined => {
  if (condition.kind === 'compare') return ofComparison(condition, trace);
  if (condition.kind !== 'logic') return undefined;
  const {op, left, right} = condition;
  const both = [outOfReachFrom(left, trace), outOfReachFrom(right, trace)];
  const lost = both.flatMap((event) => event ?? []);
  if (op === '&&') return lost.length === 0 ? undefined : Math.min(...lost);
  return lost.length < both.length ? undefined : Math.max(...lost);
};
