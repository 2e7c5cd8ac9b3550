// Writes the formula of a TCP rule for *Why?*, with the numbers of this instant beneath its symbols.
import type {Seq} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {formatTerm} from '../../words/format.ts';
import {padEnd, textWidth} from '../../words/width.ts';
import type {EndVariables} from '../endpoints/end-variables.ts';
import {type Quantity, quantityText} from '../endpoints/variables.ts';

export type FormulaScope = {
  /** The variables of the TCP end before and after the step that the formula describes. */
  readonly before: EndVariables | undefined;
  readonly after: EndVariables | undefined;
  readonly segment: TcpSegment | undefined;
  /** The sequence number in the segment that an ICMP error quotes; undefined if there is no such error. */
  readonly quoted?: Seq | undefined;
  /** The right answers to open questions, as texts; numbers equal to one of them are shown as `?`. */
  readonly hidden: readonly string[];
  /** True if the segment was received from the peer, so that its sequence number counts from IRS and its ACK number from ISS. */
  readonly received?: boolean;
  /** True if sequence numbers are shown relative to the initial one. */
  readonly relative?: boolean;
};

const ofSegment = (symbol: string, segment: TcpSegment, scope: FormulaScope): Quantity | undefined => {
  const tcb = scope.after ?? scope.before;
  const [own, peer] = scope.received ? [tcb?.irs, tcb?.iss] : [tcb?.iss, tcb?.irs];
  switch (symbol) {
    case 'seg.seq':
      return {value: segment.seq, base: own};
    case 'seg.ack':
      return {value: segment.ack, base: peer};
    case 'seg.len':
      return {value: segLen(segment)};
    case 'seg.wnd':
      return {value: segment.window};
    case 'seg.up':
      return {value: segment.urgent};
    case 'data':
      return {value: segment.payload.length};
    case 'SYN':
      return {value: hasFlag(segment, 'SYN') ? 1 : 0};
    case 'FIN':
      return {value: hasFlag(segment, 'FIN') ? 1 : 0};
    default:
      return undefined;
  }
};

/** Matches a symbol of a formula: x, or x' for the value of x afterwards. */
const symbol = /^([A-Za-z][A-Za-z.]*)('?)$/;

/**
 * Returns the value of a formula's symbol, such as `snd.nxt`, `seg.len` or `SYN`; undefined for operators, numbers, and symbols without a
 * value.
 */
export const quantityOf = (token: string, scope: FormulaScope): Quantity | undefined => {
  const {before, after, segment, quoted} = scope;
  const [, name, prime] = symbol.exec(token) ?? [];
  if (name === undefined) return undefined;
  const tcb = prime === "'" ? after : (before ?? after);
  if (quoted !== undefined && name === 'seg.seq') return {value: quoted, base: tcb?.iss};
  return tcb?.quantity(name) ?? (segment && ofSegment(name, segment, scope));
};

const numberFor = (token: string, scope: FormulaScope): string => {
  const quantity = quantityOf(token, scope);
  if (quantity === undefined) return token;
  const {hidden, relative = false} = scope;
  const value = quantity.isTime ? formatTerm(quantity.value) : quantityText(quantity, relative);
  return hidden.includes(value) || hidden.includes(String(quantity.value)) ? '?' : value;
};

export const tokensOf = (formula: string): readonly string[] => formula.trim().split(/\s+/);

/** Writes a formula as two lines, its symbols above their values, in columns with `gap` between them. */
export const inColumns = (
  names: readonly string[],
  values: readonly string[],
  gap: string,
): readonly string[] => {
  const widths = names.map((name, index) => Math.max(textWidth(name), textWidth(values[index] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padEnd(cell, widths[index] ?? 0))
      .join(gap)
      .trimEnd();
  return [line(names), line(values)];
};

/**
 * Returns a formula as two lines, symbols above numbers, in columns with `gap` between them; only the symbols if none has a number, or if
 * the numbers would give away one that a question asks for. `beside`: the tokens of all formulas that are shown together.
 */
export const alignedLines = (
  tokens: readonly string[],
  scope: FormulaScope,
  gap: string,
  beside: readonly string[] = tokens,
): readonly string[] => {
  const values = tokens.map((token) => numberFor(token, scope));
  // The sign ' for the later value of a variable is left out if none of the formulas shown together has the earlier value.
  const names = tokens.map((token) =>
    token.endsWith("'") && !beside.includes(token.slice(0, -1)) ? token.slice(0, -1) : token,
  );
  const isTold = values.some((value, index) => value !== tokens[index]);
  const tellsHidden = values.includes('?') && tokens.includes('=');
  return isTold && !tellsHidden ? inColumns(names, values, gap) : [names.join(gap)];
};

/** Returns the lines of several formulas that are shown together. */
export const formulaLines = (
  formulas: readonly string[],
  scope: FormulaScope,
): readonly (readonly string[])[] => {
  const beside = formulas.flatMap(tokensOf);
  return formulas.map((formula) => alignedLines(tokensOf(formula), scope, '  ', beside));
};
