// Splits expressions and display filters into words, numbers, strings and signs, each with its place.
import {err, ok, type Result} from '../wire/result.ts';
import {tokensSentences} from '../words/catalogue/lesson-values.ts';
import {type Problem, problemWith, type TextProblem} from './problem.ts';

export type Token = {
  readonly kind: 'word' | 'number' | 'time' | 'text' | 'address' | 'map' | 'sign' | 'end';
  /** The text of the token: a string without its quotes, a map with its braces. */
  readonly text: string;
  readonly value: number;
  readonly offset: number;
};

/** The most characters that an expression may have. */
const longest = 2000;

const unitUs: {readonly [unit: string]: number} = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
};

const blank = /[ \t\r\n]+/y;
const address4 = /\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/y;
const address6 = /[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?!\w)/y;
const time = /(\d+(?:\.\d+)?)(us|µs|ms|s|m|h)(?!\w)/y;
const number = /(?:0x[0-9a-fA-F]{1,8}|\d{1,15}(?:\.\d{1,9})?)(?![\w])/y;
const word = /[A-Za-z_]\w*/y;
const sign = /==|!=|<=|>=|&&|\|\||[()<>!+\-*/.,]/y;

const matchAt = (pattern: RegExp, source: string, offset: number): RegExpExecArray | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(source) ?? undefined;
};

const fail = (offset: number, found: Problem) => err<TextProblem>({...found, offset});

/** Returns the index after the brace that closes the map at `start` of an expression, respecting quotes; undefined if none closes it. */
const endOfMap = (source: string, start: number): number | undefined => {
  let depth = 0;
  let quote = '';
  for (let i = start; i < source.length; i += 1) {
    const c = source.charAt(i);
    if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '{') depth += 1;
    else if (c === '}') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return undefined;
};

type Step = Result<{readonly token: Token; readonly next: number}, TextProblem>;

const step = (kind: Token['kind'], tokenText: string, offset: number, next: number, value = 0): Step =>
  ok({token: {kind, text: tokenText, value, offset}, next});

const quoted = (source: string, offset: number): Step => {
  const close = source.indexOf(source.charAt(offset), offset + 1);
  if (close < 0) return fail(offset, tokensSentences.quoted);
  return step('text', source.slice(offset + 1, close), offset, close + 1);
};

const numeric = (source: string, offset: number): Step | undefined => {
  for (const pattern of [address4, address6]) {
    const address = matchAt(pattern, source, offset);
    if (address) return step('address', address[0], offset, offset + address[0].length);
  }
  const duration = matchAt(time, source, offset);
  if (duration) {
    const us = Math.round(Number(duration[1]) * (unitUs[duration[2] ?? ''] ?? 1));
    return step('time', duration[0], offset, offset + duration[0].length, us);
  }
  const plain = matchAt(number, source, offset);
  if (!plain) return undefined;
  return step('number', plain[0], offset, offset + plain[0].length, Number(plain[0]));
};

const tokenAt = (source: string, offset: number): Step => {
  const c = source.charAt(offset);
  if (c === '"' || c === "'") return quoted(source, offset);
  if (c === '{') {
    const end = endOfMap(source, offset);
    if (end === undefined) {
      return fail(offset, tokensSentences.tokenAt.a);
    }
    return step('map', source.slice(offset, end), offset, end);
  }
  const digits = numeric(source, offset);
  if (digits) return digits;
  for (const [kind, pattern] of [
    ['word', word],
    ['sign', sign],
  ] as const) {
    const found = matchAt(pattern, source, offset);
    if (found) return step(kind, found[0], offset, offset + found[0].length);
  }
  return fail(offset, problemWith(tokensSentences.tokenAt.hasNoMeaningHere, {c}));
};

/**
 * Returns the tokens of an expression, of which the last is always `end`; fails at a character that begins no token, or if the expression
 * is too long.
 */
export const tokens = (source: string): Result<readonly Token[], TextProblem> => {
  if (source.length > longest) {
    return fail(longest, problemWith(tokensSentences.tokens, {longest}));
  }
  const found: Token[] = [];
  let offset = matchAt(blank, source, 0)?.[0].length ?? 0;
  while (offset < source.length) {
    const next = tokenAt(source, offset);
    if (!next.ok) return next;
    found.push(next.value.token);
    offset = next.value.next;
    offset += matchAt(blank, source, offset)?.[0].length ?? 0;
  }
  found.push({kind: 'end', text: '', value: 0, offset: source.length});
  return ok(found);
};
