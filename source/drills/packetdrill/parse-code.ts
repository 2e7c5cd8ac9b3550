// Parses the Python code between `%{` and `}%` in packetdrill scripts: assertions about TCP_INFO, variables, `if`, `while` and `for … in
// range(…)`.
import {parseExpression} from './code-expression.ts';
import type {Statement} from './script.ts';

type Line = {readonly indent: number; readonly text: string};

const quoted = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/;

/** Splits a line of a script's code at a sign that is outside quotes and brackets. */
const cutAt = (source: string, sign: string): readonly string[] => {
  const pieces = new RegExp(`${quoted.source}|[^"']`, 'g');
  const found: string[] = [''];
  let open = 0;
  for (const [piece] of source.matchAll(pieces)) {
    if ('([{'.includes(piece)) open++;
    if (')]}'.includes(piece)) open--;
    if (piece === sign && open === 0) found.push('');
    else found[found.length - 1] += piece;
  }
  return found;
};

/**
 * Returns the lines of a script's code with their indentation, without comments and blank lines; a line that ends with a backslash is
 * joined with the next.
 */
const linesOf = (code: string): readonly Line[] =>
  code
    .split('\n')
    .map((line) => cutAt(line, '#')[0] ?? '')
    .join('\n')
    .replaceAll(/\\[ \t]*\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({indent: line.length - line.trimStart().length, text: line.trim()}));

const unknown = (text: string): Statement => ({kind: 'unknown', text});

const assignment = /^([A-Za-z_]\w*)\s*(\+|-|\*|\/\/|\/|%|&|\||\^|<<|>>)?=(?!=)\s*(.+)$/;

/**
 * Parses a simple statement of a script's code: `pass`, `print`, an assertion or an assignment. The text after an assertion's comma is
 * ignored.
 */
const simple = (text: string): Statement => {
  if (text === 'pass' || /^print\b/.test(text)) return {kind: 'nothing'};
  const asserted = /^assert\b(.*)$/s.exec(text)?.[1];
  if (asserted !== undefined) {
    const what = parseExpression(cutAt(asserted, ',')[0] ?? '');
    return what === undefined ? unknown(text) : {kind: 'assert', what};
  }
  const [, name, sign, right] = assignment.exec(text) ?? [];
  const value = right === undefined ? undefined : parseExpression(right);
  if (name === undefined || value === undefined) return unknown(text);
  const combined = sign === undefined ? value : operation(sign, name, value);
  return {kind: 'assign', name, value: combined};
};

type Value = Extract<Statement, {kind: 'assign'}>['value'];

const operation = (sign: string, name: string, right: Value): Value => ({
  kind: 'operation',
  sign,
  left: {kind: 'name', name},
  right,
});

const statementsIn = (text: string): readonly Statement[] =>
  cutAt(text, ';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(simple);

const header = /^(if|elif|else|while|for)\b(.*)$/;

/** Parses the lines of a script's code into statements; lines that are indented deeper belong to the `if`, `while` or `for` before them. */
class Blocks {
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  block(indent: number): readonly Statement[] {
    const found: Statement[] = [];
    for (let line = this.#lines[this.#at]; line !== undefined; line = this.#lines[this.#at]) {
      if (line.indent < indent) break;
      this.#at += 1;
      const opened = header.exec(line.text);
      if (opened === null) found.push(...statementsIn(line.text));
      else found.push(this.#compound(line, opened[1] ?? '', opened[2] ?? ''));
    }
    return found;
  }

  #compound(line: Line, word: string, rest: string): Statement {
    const [head = '', ...inline] = cutAt(rest, ':');
    if (inline.length === 0) return unknown(line.text);
    const body = this.#body(line, inline.join(':'));
    if (word === 'if') return this.#choice(line, head, body);
    if (word === 'while') {
      const when = parseExpression(head);
      return when === undefined ? unknown(line.text) : {kind: 'while', when, body};
    }
    const [, name, bounds] = /^\s*([A-Za-z_]\w*)\s+in\s+(range\s*\(.*\))\s*$/.exec(head) ?? [];
    const range = bounds === undefined ? undefined : parseExpression(bounds);
    if (word !== 'for' || name === undefined || range?.kind !== 'call') return unknown(line.text);
    return {kind: 'for', name, range: range.items, body};
  }

  #body({indent}: Line, inline: string): readonly Statement[] {
    return inline.trim() === '' ? this.block(indent + 1) : statementsIn(inline);
  }

  #choice(line: Line, head: string, body: readonly Statement[]): Statement {
    const when = parseExpression(head);
    if (when === undefined) return unknown(line.text);
    const next = this.#lines[this.#at];
    const [, word, rest = ''] =
      next?.indent === line.indent ? (/^(elif|else)\b(.*)$/.exec(next.text) ?? []) : [];
    if (next === undefined || word === undefined) return {kind: 'if', when, body, otherwise: []};
    this.#at += 1;
    const [second = '', ...inline] = cutAt(rest, ':');
    const after = this.#body(next, inline.join(':'));
    const otherwise = word === 'elif' ? [this.#choice(next, second, after)] : after;
    return {kind: 'if', when, body, otherwise};
  }
}

export const parseCode = (code: string): readonly Statement[] => new Blocks(linesOf(code)).block(0);
