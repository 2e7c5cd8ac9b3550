// Parses the expressions in the code of packetdrill scripts: Python's, as far as numbers, names and comparisons go (The Python Language
// Reference, ch. 6).
import type {CodeExpression, Comparison} from './script.ts';

const token =
  /\s*(?:(\d+\.\d*|\.\d+|0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\/\/|<<|>>|\*\*|==|!=|<=|>=|[-+*/%&|^~<>(),]))/y;

type Token = {readonly kind: 'number' | 'name' | 'text' | 'sign'; readonly text: string};

const tokensOf = (source: string): readonly Token[] | undefined => {
  const text = source.trim();
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return undefined;
    const [, number, name, quoted, sign = ''] = match;
    if (number !== undefined) found.push({kind: 'number', text: number});
    else if (name !== undefined) found.push({kind: 'name', text: name});
    else if (quoted !== undefined) found.push({kind: 'text', text: quoted.slice(1, -1)});
    else found.push({kind: 'sign', text: sign});
  }
  return found;
};

/** Python's binary operators that a script's code may use, one list per precedence, lowest first. */
const levels: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '//', '/', '%'],
];
const comparisons: readonly string[] = ['==', '!=', '<=', '>=', '<', '>'] satisfies Comparison[];
const isComparison = (text: string): text is Comparison => comparisons.includes(text);

/** Thrown by the parser of code expressions at something unsupported, and caught in `parseExpression`. */
class NotRead extends Error {}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #text(): string | undefined {
    const next = this.#tokens[this.#at];
    return next?.kind === 'sign' || next?.kind === 'name' ? next.text : undefined;
  }

  #take(...texts: readonly string[]): string | undefined {
    const text = this.#text;
    if (text === undefined || !texts.includes(text)) return undefined;
    this.#at += 1;
    return text;
  }

  whole(): CodeExpression {
    const read = this.#choice();
    if (this.#at < this.#tokens.length) throw new NotRead();
    return read;
  }

  /** Parses Python's conditional expression `a if b else c`. */
  #choice(): CodeExpression {
    const value = this.#or();
    if (this.#take('if') === undefined) return value;
    const when = this.#or();
    if (this.#take('else') === undefined) throw new NotRead();
    return {kind: 'choice', when, value, otherwise: this.#choice()};
  }

  #or(): CodeExpression {
    const parts = [this.#and()];
    while (this.#take('or') !== undefined) parts.push(this.#and());
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : {kind: 'any', parts};
  }

  #and(): CodeExpression {
    const parts = [this.#not()];
    while (this.#take('and') !== undefined) parts.push(this.#not());
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : {kind: 'all', parts};
  }

  #not(): CodeExpression {
    return this.#take('not') === undefined ? this.#compared() : {kind: 'not', of: this.#not()};
  }

  /** Parses Python comparisons; `a <= b <= c` means `a <= b and b <= c`. */
  #compared(): CodeExpression {
    let left = this.#sum(0);
    const parts: CodeExpression[] = [];
    for (let sign = this.#text; sign !== undefined && isComparison(sign); sign = this.#text) {
      this.#at += 1;
      const right = this.#sum(0);
      parts.push({kind: 'comparison', left, sign, right});
      left = right;
    }
    const [first] = parts;
    return parts.length > 1 ? {kind: 'all', parts} : (first ?? left);
  }

  #sum(level: number): CodeExpression {
    const signs = levels[level];
    if (signs === undefined) return this.#signed();
    let left = this.#sum(level + 1);
    for (let sign = this.#take(...signs); sign !== undefined; sign = this.#take(...signs))
      left = {kind: 'operation', sign, left, right: this.#sum(level + 1)};
    return left;
  }

  #signed(): CodeExpression {
    const sign = this.#take('-', '+', '~');
    if (sign !== undefined) return {kind: 'sign', sign, of: this.#signed()};
    const base = this.#atom();
    return this.#take('**') === undefined
      ? base
      : {kind: 'operation', sign: '**', left: base, right: this.#signed()};
  }

  #atom(): CodeExpression {
    if (this.#take('(') !== undefined) {
      const inner = this.#choice();
      if (this.#take(')') === undefined) throw new NotRead();
      return inner;
    }
    const next = this.#tokens[this.#at++];
    if (next?.kind === 'number') return {kind: 'value', value: Number(next.text)};
    if (next?.kind === 'text') return {kind: 'value', value: next.text};
    if (next?.kind !== 'name') throw new NotRead();
    return this.#take('(') === undefined ? {kind: 'name', name: next.text} : this.#call(next.text);
  }

  #call(name: string): CodeExpression {
    const items: CodeExpression[] = [];
    if (this.#take(')') !== undefined) return {kind: 'call', name, items};
    do items.push(this.#choice());
    while (this.#take(',') !== undefined);
    if (this.#take(')') === undefined) throw new NotRead();
    return {kind: 'call', name, items};
  }
}

/** Parses a Python expression in a script's code; undefined if it contains something that is not supported. */
export const parseExpression = (source: string): CodeExpression | undefined => {
  const tokens = tokensOf(source);
  if (tokens === undefined) return undefined;
  try {
    return new Reader(tokens).whole();
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    return undefined;
  }
};
