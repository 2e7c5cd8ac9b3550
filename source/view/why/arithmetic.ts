// Finds the formula by which a TCP variable got its value: that of the rule that was followed, or one of those that hold for every segment.
// A formula is shown only if it is true with the numbers of this instant.

import {entryAt, instantOf} from '../../account/entries.ts';
import {segmentAt} from '../../account/operands.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {endsAround} from './beginning.ts';
import {alignedLines, type FormulaScope, quantityOf, tokensOf} from './formula.ts';

/**
 * The formulas by which each TCP variable may change, the simplest first (RFC 9293 §3.4, §3.10.7; RFC 7323 §2.2; RFC 5681 §3.1, §3.2; RFC
 * 6298 §2).
 */
const laws: {readonly [name: string]: readonly string[]} = {
  'snd.una': ["snd.una' = seg.ack", "snd.una' = iss'"],
  'snd.nxt': ["snd.nxt' = seg.seq + SYN", "snd.nxt' = seg.seq + FIN", "snd.nxt' = seg.seq + seg.len"],
  'rcv.nxt': ["rcv.nxt' = seg.seq + SYN", "rcv.nxt' = seg.seq + FIN", "rcv.nxt' = seg.seq + seg.len"],
  'snd.wnd': ["snd.wnd' = seg.wnd", "snd.wnd' = seg.wnd × scale"],
  // The first formula for RCV.WND subtracts `seg.len`, which also counts a FIN, because that takes room in the window; a SYN does not, so
  // that the second formula subtracts only the data.
  'rcv.wnd': ["rcv.wnd' = rcv.wnd − seg.len", "rcv.wnd' = rcv.wnd − data"],
  irs: ["irs' = seg.seq"],
  cwnd: ["cwnd' = cwnd + mss", "cwnd' = cwnd + seg.ack − snd.una", "cwnd' = ssthresh'", "cwnd' = mss"],
  ssthresh: ["ssthresh' = flight / 2", "ssthresh' = 2 × mss"],
  flightSize: ["flightSize' = snd.nxt' − snd.una'"],
  rto: ["rto' = 2 × rto", "rto' = srtt' + 4 × rttvar'"],
  rttvar: ["rttvar' = srtt' / 2"],
};

/** The formulas for the TCP variables of an end in a capture, which shows some of them by what the end sends, not by what it receives. */
const observedLaws: typeof laws = {
  ...laws,
  'rcv.nxt': ["rcv.nxt' = seg.ack"],
  'rcv.wnd': ["rcv.wnd' = seg.wnd", "rcv.wnd' = seg.wnd × rcv.scale"],
};

const numberOf = (token: string, scope: FormulaScope): number =>
  /^\d+(\.\d+)?$/.test(token) ? Number(token) : (quantityOf(token, scope)?.value ?? Number.NaN);

/** Returns the result of an expression such as `a + b × c`; NaN if a symbol has no value. */
const resultOf = (tokens: readonly string[], scope: FormulaScope): number => {
  let sum = 0;
  let product = numberOf(tokens[0] ?? '', scope);
  let sign = 1;
  for (let index = 1; index < tokens.length; index += 2) {
    const operand = numberOf(tokens[index + 1] ?? '', scope);
    const operator = tokens[index];
    if (operator === '×') product *= operand;
    else if (operator === '/') product = Math.floor(product / operand);
    else if (operator === '+' || operator === '−') {
      sum += sign * product;
      sign = operator === '+' ? 1 : -1;
      product = operand;
    } else return Number.NaN;
  }
  return sum + sign * product;
};

const nothingKnown: FormulaScope = {before: undefined, after: undefined, segment: undefined, hidden: []};

const wrap = 0x1_0000_0000;

/** The difference up to which results count as equal, because a share such as 0.7 has no exact binary representation. */
const rounding = 1e-6;

/** Tells whether a chain of comparisons such as `x' ≤ … < …` holds with these numbers. */
const areRising = (tokens: readonly string[], scope: FormulaScope): boolean => {
  const signs = tokens.filter((token) => token === '≤' || token === '<');
  const sides = tokens
    .join(' ')
    .split(/ [≤<] /)
    .map((side) => resultOf(side.split(' '), scope));
  return signs.every((sign, at) => {
    const gap = (sides[at + 1] ?? Number.NaN) - (sides[at] ?? Number.NaN);
    return sign === '<' ? gap > 0 : gap > -rounding;
  });
};

/** Tells whether a formula such as `x' = …` holds with the numbers of this instant; sequence numbers are compared modulo 2^32. */
const holds = (tokens: readonly string[], scope: FormulaScope): boolean => {
  const [left = '', equals, ...right] = tokens;
  const quantity = quantityOf(left, scope);
  if (quantity === undefined) return false;
  if (equals !== '=') return areRising(tokens, scope);
  const value = resultOf(right, scope);
  return quantity.base === undefined
    ? Math.abs(value - quantity.value) < rounding
    : (value - quantity.value) % wrap === 0;
};

const isTrue: {readonly [sign: string]: (left: number, right: number) => boolean} = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '≤': (left, right) => left <= right,
};

/** The signs =, < and ≤ modulo 2^32: a sequence number is below another if it lies less than half of the circle before it. */
const isTrueOnCircle: typeof isTrue = {
  '=': (left, right) => (left - right) % wrap === 0,
  '<': (left, right) => ((right - left) | 0) > 0,
  '≤': (left, right) => ((right - left) | 0) >= 0,
};

/** Tells whether a formula, given as its two lines, is true with its numbers only because sequence numbers count modulo 2^32. */
export const wraps = ([, numbers = '']: readonly string[]): boolean => {
  const tokens = tokensOf(numbers);
  if (!tokens.every((token) => /^(?:\d+|[+−×=<≤])$/.test(token))) return false;
  const signs = tokens.filter((token) => isTrue[token]);
  const sides = numbers.split(/[=<≤]/).map((side) => resultOf(tokensOf(side), nothingKnown));
  const all = (truth: typeof isTrue): boolean =>
    signs.every((sign, index) => truth[sign]?.(sides[index] ?? 0, sides[index + 1] ?? 0));
  return all(isTrueOnCircle) && !all(isTrue);
};

export type Changed = {
  readonly host: string;
  readonly name: string;
  /** The number of an event of the instant in which the TCP variable changed. */
  readonly event: number;
  /** True if the formula is shown with its left side, the variable itself. */
  readonly whole?: true;
  /** The formula by which the TCP variable changed, if it is known already; otherwise all formulas of the variable are tried. */
  readonly begins?: string | undefined;
  /** The number of the arrival that changed the TCP variable, if `event` is a later one that only shows the change. */
  readonly by?: number | undefined;
};

/**
 * Returns the event by which a TCP variable changed in an instant: the arrival at the host, or else the last segment that it sent. SND.NXT
 * only changes by sending, and a captured end shows its receive variables by sending.
 */
const wayOf = (
  trace: Trace,
  instant: readonly TraceEvent[],
  {host, name}: Changed,
): EventOf<'arrive' | 'send'> | undefined => {
  const own = instant.filter((event) => event.host === host);
  const arrived = own.find((event) => event.kind === 'arrive');
  const sent = own.findLast((event) => event.kind === 'send');
  if (name === 'snd.nxt') return sent;
  return trace.connectionPackets && name.startsWith('rcv.') ? (sent ?? arrived) : (arrived ?? sent);
};

/**
 * Returns two lines that explain a TCP variable's value, such as `= seg.seq + SYN` with the numbers beneath; empty if no formula holds, or
 * if a question asks for one of the numbers.
 */
export const arithmeticOf = (view: View, changed: Changed): readonly string[] => {
  const {host, name, event, whole, begins, by} = changed;
  const {trace, rule, playback} = view.input;
  const instant = instantOf(trace, event);
  const way = wayOf(trace, by === undefined ? instant : [entryAt(trace, by)], changed);
  const scope: FormulaScope = {
    ...endsAround(view, host, event),
    segment: segmentAt(trace, way),
    received: way?.kind === 'arrive',
    hidden: answersTo(view.hidden),
    relative: playback.relative,
  };
  const formulas = instant
    .filter((each) => each.host === host && each.because !== undefined)
    .flatMap(({because = ''}) => rule(because)?.formula ?? [])
    .filter((formula) => formula.startsWith(`${name}' = `));
  const moves = [
    ...formulas,
    ...((by === undefined && trace.connectionPackets ? observedLaws : laws)[name] ?? []),
  ];
  const known = (begins === undefined ? moves : [begins])
    .map(tokensOf)
    // A formula that uses the variable's earlier value cannot apply at the instant that creates the connection.
    .filter((tokens) => scope.before !== undefined || !tokens.includes(name));
  const found = known.find((tokens) => holds(tokens, scope));
  if (!found) return [];
  return unasked(whole ? alignedLines(found, scope, '  ') : alignedLines(found.slice(1), scope, ' '));
};

/** Returns the lines of a formula; none if they contain `?`, which stands for a number that a question asks for. */
const unasked = (lines: readonly string[]): readonly string[] =>
  lines.some((line) => line.includes('?')) ? [] : lines;

/**
 * Returns the lines of the first formula in `laws` that holds for a header field of a segment, with the sender's TCP variables; empty if
 * none holds.
 */
export const fieldArithmetic = (laws: readonly string[], scope: FormulaScope): readonly string[] => {
  const found = laws.map(tokensOf).find((tokens) => holds(tokens, scope));
  return found ? unasked(alignedLines(found, scope, '  ')) : [];
};
