// The common part of the parsers of expressions and filters: a cursor over tokens, and the way to report an error.
import {err, ok, type Result} from '../wire/result.ts';
import {parserSentences} from '../words/catalogue/lesson.ts';
import {type Problem, problem, type TextProblem} from './problem.ts';
import {type Text, worded} from './text.ts';
import {type Token, tokens} from './tokens.ts';
import type {Names} from './vocabulary.ts';

/**
 * Thrown inside the parser of expressions and filters, and caught where parsing began. Returning a result from every rule would hide the
 * grammar.
 */
class ParseFailure extends Error {
  readonly found: TextProblem;
  constructor(found: TextProblem) {
    super(found.message.en);
    this.found = found;
  }
}

const deepest = 40;

const describe = (token: Token): Text =>
  token.kind === 'end'
    ? parserSentences.describe.theEnd
    : worded(parserSentences.describe.text, {text: token.text});

export class Cursor {
  readonly names: Names;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(list: readonly Token[], names: Names) {
    this.#tokens = list;
    this.names = names;
  }

  get token(): Token {
    const token = this.#tokens[this.#index] ?? this.#tokens.at(-1);
    if (!token) throw new Error('a token list ends with `end`');
    return token;
  }

  advance(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  /** If the current token is one of these signs, moves past it and returns it; otherwise undefined. */
  take<S extends string>(...signs: readonly S[]): S | undefined {
    const {kind, text: given} = this.token;
    const sign = kind === 'sign' ? signs.find((each) => each === given) : undefined;
    if (sign !== undefined) this.advance();
    return sign;
  }

  expect(sign: string): void {
    if (this.take(sign) === undefined) this.expected(worded(parserSentences.expect, {sign}));
  }

  expected(what: Text): never {
    const given = describe(this.token);
    const {wasExpectedNot, writeHere} = parserSentences.expected;
    return this.fail(
      this.token.offset,
      problem(worded(wasExpectedNot, {what, given}), worded(writeHere, {what})),
    );
  }

  fail(offset: number, found: Problem): never {
    throw new ParseFailure({...found, offset});
  }

  /** Returns the result of parsing a text inside the source, or fails with its first error, whose place is moved by `offset` characters. */
  inner<T>(parsed: Parsed<T>, offset: number): T {
    if (parsed.ok) return parsed.value;
    const [first] = parsed.error;
    throw new ParseFailure({...first, offset: first.offset + offset});
  }

  /** Limits how deeply expressions may be nested, so that no text can exhaust the call stack. */
  nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) {
      const {nestedTooDeeply, atMostLevels} = parserSentences.nested;
      this.fail(this.token.offset, problem(nestedTooDeeply, worded(atMostLevels, {deepest})));
    }
    const value = parse();
    this.#depth -= 1;
    return value;
  }
}

export type Parsed<T> = Result<T, readonly [TextProblem, ...TextProblem[]]>;

/** Parses the whole of an expression or filter, or returns its errors. `end` says what else could follow where the parser stops. */
export const parseAll = <T>(
  source: string,
  names: Names,
  grammar: {readonly parse: (cursor: Cursor) => T; readonly end: Text},
): Parsed<T> => {
  const list = tokens(source);
  if (!list.ok) return err([list.error]);
  const cursor = new Cursor(list.value, names);
  try {
    const value = grammar.parse(cursor);
    if (cursor.token.kind !== 'end') cursor.expected(grammar.end);
    return ok(value);
  } catch (failure) {
    if (failure instanceof ParseFailure) return err([failure.found]);
    throw failure;
  }
};
