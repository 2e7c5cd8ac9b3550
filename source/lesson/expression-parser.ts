// Parses the text of an expression (docs/lessons.md, “Expressions”) by recursive descent; it is never evaluated as code.

import {expressionParserSentences} from '../words/catalogue/lesson.ts';
import type {Expression, Moment, PacketReference} from './expression.ts';
import {comparisons, type Filter} from './filter.ts';
import {fieldName, parseFilter} from './filter-parser.ts';
import {hostProperties} from './host-property.ts';
import {isMemory, memoryOf} from './memory.ts';
import {packetFields} from './packet-field.ts';
import {type Cursor, type Parsed, parseAll} from './parser.ts';
import {problem, unknownWord} from './problem.ts';
import type {Selector} from './selector.ts';
import {selectorIn} from './selector-parser.ts';
import {worded} from './text.ts';
import type {Token} from './tokens.ts';
import type {Names} from './vocabulary.ts';

const functions = ['packet', 'first', 'last', 'count', 'time', 'at', 'min', 'max'];

/** The words that the expression language reserves; no host may have one as its name. */
export const reservedWords: readonly string[] = [...functions, 'p', 'any'];

export const parseExpression = (source: string, names: Names): Parsed<Expression> =>
  parseAll(source, names, {parse: disjunction, end: expressionParserSentences.parseExpression.end});

const disjunction = (cursor: Cursor): Expression => {
  let left = conjunction(cursor);
  while (cursor.take('||')) left = {kind: 'logic', op: '||', left, right: conjunction(cursor)};
  return left;
};

const conjunction = (cursor: Cursor): Expression => {
  let left = comparison(cursor);
  while (cursor.take('&&')) left = {kind: 'logic', op: '&&', left, right: comparison(cursor)};
  return left;
};

const comparison = (cursor: Cursor): Expression => {
  const left = sum(cursor);
  const op = cursor.take(...comparisons);
  return op ? {kind: 'compare', op, left, right: sum(cursor)} : left;
};

const sum = (cursor: Cursor): Expression => {
  let left = product(cursor);
  for (let op = cursor.take('+', '-'); op; op = cursor.take('+', '-')) {
    left = {kind: 'arithmetic', op, left, right: product(cursor)};
  }
  return left;
};

const product = (cursor: Cursor): Expression => {
  let left = unary(cursor);
  for (let op = cursor.take('*', '/'); op; op = cursor.take('*', '/')) {
    left = {kind: 'arithmetic', op, left, right: unary(cursor)};
  }
  return left;
};

const unary = (cursor: Cursor): Expression =>
  cursor.nested(() => (cursor.take('-') ? {kind: 'negate', of: unary(cursor)} : primary(cursor)));

const primary = (cursor: Cursor): Expression => {
  if (cursor.take('(')) {
    const inner = disjunction(cursor);
    cursor.expect(')');
    return inner;
  }
  const {kind} = cursor.token;
  if (kind === 'number') return {kind, value: cursor.advance().value};
  if (kind === 'time') return {kind, us: cursor.advance().value};
  if (kind === 'text') {
    const quoted = cursor.advance();
    const isHost = cursor.names.hosts.includes(quoted.text) && cursor.token.text === '.';
    return isHost ? hostPath(cursor, quoted) : {kind, value: quoted.text};
  }
  if (kind === 'word') return named(cursor, cursor.advance());
  return cursor.expected(expressionParserSentences.primary);
};

const named = (cursor: Cursor, word: Token): Expression => {
  switch (word.text) {
    case 'p':
      return field(cursor, {kind: 'here'});
    case 'packet':
      return field(cursor, packetCalled(cursor));
    case 'first':
    case 'last':
      return field(cursor, found(cursor, word.text));
    case 'count':
      return count(cursor);
    case 'time':
      return {kind: 'time of', selector: inParentheses(cursor, selector)};
    case 'at':
      return momentPath(cursor);
    case 'min':
    case 'max':
      return {kind: word.text === 'min' ? 'least' : 'greatest', of: inParentheses(cursor, several)};
    default:
      return hostPath(cursor, word);
  }
};

const inParentheses = <T>(cursor: Cursor, parse: (cursor: Cursor) => T): T => {
  cursor.expect('(');
  const value = parse(cursor);
  cursor.expect(')');
  return value;
};

const several = (cursor: Cursor): readonly Expression[] => {
  const list = [disjunction(cursor)];
  while (cursor.take(',')) list.push(disjunction(cursor));
  return list;
};

const field = (cursor: Cursor, packet: PacketReference): Expression => {
  cursor.expect('.');
  return {kind: 'field', packet, field: fieldName(cursor, packetFields)};
};

/** Parses a reference to a packet in parentheses: a packet's name in the lesson, or its number. */
const packetCalled = (cursor: Cursor): PacketReference =>
  inParentheses(cursor, (inner) => (inner.token.kind === 'word' ? packetName(inner) : packetNumber(inner)));

const packetName = (cursor: Cursor): PacketReference => {
  const {offset, text: first} = cursor.advance();
  let name = first;
  while (cursor.take('-')) name += `-${cursor.advance().text}`;
  const {packets = new Map()} = cursor.names;
  const selector = packets.get(name);
  if (selector) return {kind: 'selected', which: 'first', selector, name};
  return cursor.fail(offset, unknownWord(expressionParserSentences.packetName, name, [...packets.keys()]));
};

const packetNumber = (inner: Cursor): PacketReference => {
  const {kind, value, offset, text: given} = inner.token;
  if (kind !== 'number') inner.expected(expressionParserSentences.packetNumber.aPacketsNumber);
  inner.advance();
  const hop = /^[1-9]\d*\.([1-9]\d*)$/.exec(given)?.[1];
  if (hop !== undefined) return {kind: 'number', packet: Math.floor(value), hop: Number(hop)};
  if (given.includes('.') || !Number.isSafeInteger(value) || value < 1) {
    const {noPacketHas, packetsCountFrom1} = expressionParserSentences.packetNumber;
    inner.fail(offset, problem(worded(noPacketHas, {given}), packetsCountFrom1));
  }
  return {kind: 'number', packet: value};
};

const found = (cursor: Cursor, which: 'first' | 'last'): PacketReference =>
  inParentheses(cursor, (inner) =>
    inner.token.kind === 'map'
      ? {kind: 'selected', which, selector: selector(inner)}
      : {kind: which, filter: filter(inner)},
  );

const count = (cursor: Cursor): Expression =>
  inParentheses(cursor, (inner) =>
    inner.token.kind === 'map'
      ? {kind: 'count events', selector: selector(inner)}
      : {kind: 'count packets', filter: filter(inner)},
  );

const filter = (cursor: Cursor): Filter => {
  const token = cursor.token;
  if (token.kind !== 'text') cursor.expected(expressionParserSentences.filter);
  cursor.advance();
  return cursor.inner(parseFilter(token.text, cursor.names), token.offset + 1);
};

const selector = (cursor: Cursor): Selector => {
  const token = cursor.token;
  if (token.kind !== 'map') cursor.expected(expressionParserSentences.selector);
  cursor.advance();
  return cursor.inner(selectorIn(token.text, cursor.names), token.offset);
};

const momentPath = (cursor: Cursor): Expression => {
  const at: Moment = inParentheses(cursor, (inner) =>
    inner.token.kind === 'time'
      ? {kind: 'time', us: inner.advance().value}
      : {kind: 'selector', selector: selector(inner)},
  );
  cursor.expect('.');
  // After `at(…).` the host is a word (its name) or quoted text (its address).
  if (cursor.token.kind !== 'word' && cursor.token.kind !== 'text')
    cursor.expected(expressionParserSentences.momentPath);
  const host = hostPath(cursor, cursor.advance());
  return host.kind === 'host' || host.kind === 'memory' ? {...host, at} : host;
};

const hostPath = (cursor: Cursor, word: Token): Expression => {
  const {hosts, connections} = cursor.names;
  if (!hosts.includes(word.text)) {
    const known = [...hosts, 'p', ...functions];
    cursor.fail(word.offset, unknownWord(expressionParserSentences.hostPath, word.text, known));
  }
  cursor.expect('.');
  const {offset} = cursor.token;
  let path = pathWord(cursor);
  if (isMemory(path) && cursor.take('('))
    return {kind: 'memory', host: word.text, of: memoryOf(cursor, path)};
  const connection = connections.includes(path) ? path : undefined;
  if (connection !== undefined) {
    cursor.expect('.');
    path = pathWord(cursor);
  }
  path += rest(cursor);
  const property = hostProperties.find((each) => each === path) ?? unknownProperty(cursor, offset, path);
  return {kind: 'host', host: word.text, ...(connection === undefined ? {} : {connection}), property};
};

const rest = (cursor: Cursor): string => {
  let path = '';
  while (cursor.take('.')) path += `.${pathWord(cursor)}`;
  return path;
};

const pathWord = (cursor: Cursor): string => {
  if (cursor.token.kind !== 'word') cursor.expected(expressionParserSentences.pathWord);
  return cursor.advance().text;
};

const unknownProperty = (cursor: Cursor, offset: number, path: string): never => {
  const known = [...cursor.names.connections, ...hostProperties];
  return cursor.fail(offset, unknownWord(expressionParserSentences.unknownProperty, path, known));
};
