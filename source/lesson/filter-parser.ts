// Parses the text of a display filter, such as `tcp.flags.syn == 1 && ip.src == client`.

import {filterParserSentences} from '../words/catalogue/lesson.ts';
import {comparisons, type Filter, type FilterValue} from './filter.ts';
import {isTextField, type PacketField, packetFields} from './packet-field.ts';
import {type Cursor, type Parsed, parseAll} from './parser.ts';
import {problem, unknownWord} from './problem.ts';
import {worded} from './text.ts';
import type {Names} from './vocabulary.ts';

/** Wireshark's words for the comparison signs of display filters, such as `eq`. */
const wordSigns: {readonly [word: string]: (typeof comparisons)[number]} = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

const addressFields: readonly string[] = ['ip.src', 'ip.dst', 'ip.addr', 'ipv6.src', 'ipv6.dst', 'ipv6.addr'];
const filterFields = packetFields.filter((field) => field !== 'flags' && field !== 'letters');

export const parseFilter = (source: string, names: Names): Parsed<Filter> =>
  parseAll(source, names, {parse: either, end: filterParserSentences.parseFilter.end});

const takeWord = (cursor: Cursor, word: string): boolean => {
  if (cursor.token.kind !== 'word' || cursor.token.text !== word) return false;
  cursor.advance();
  return true;
};

const either = (cursor: Cursor): Filter => {
  let left = both(cursor);
  while (cursor.take('||') || takeWord(cursor, 'or')) left = {kind: 'or', left, right: both(cursor)};
  return left;
};

const both = (cursor: Cursor): Filter => {
  let left = single(cursor);
  while (cursor.take('&&') || takeWord(cursor, 'and')) left = {kind: 'and', left, right: single(cursor)};
  return left;
};

const single = (cursor: Cursor): Filter =>
  cursor.nested(() => {
    if (cursor.take('!') || takeWord(cursor, 'not')) return {kind: 'not', of: single(cursor)};
    if (!cursor.take('(')) return comparison(cursor);
    const inner = either(cursor);
    cursor.expect(')');
    return inner;
  });

const comparison = (cursor: Cursor): Filter => {
  const {offset} = cursor.token;
  const field = fieldName(cursor, filterFields);
  const sign = cursor.take(...comparisons) ?? wordSign(cursor);
  if (sign) return {kind: 'compare', field, comparison: sign, value: filterValue(cursor, field)};
  if (field.startsWith('tcp.flags')) {
    // Wireshark reads a flag without a comparison as “the packet has the field”, which is true of every segment. So it is an error: the
    // author must have meant the flag's value.
    const {aloneIsTrue, write1} = filterParserSentences.comparison;
    cursor.fail(offset, problem(worded(aloneIsTrue, {field}), worded(write1, {field})));
  }
  return {kind: 'present', field};
};

const wordSign = (cursor: Cursor): (typeof comparisons)[number] | undefined => {
  const sign = cursor.token.kind === 'word' ? wordSigns[cursor.token.text] : undefined;
  if (sign) cursor.advance();
  return sign;
};

/** Parses the name of a packet field, such as `tcp.flags.syn`: words joined by dots, as long as they make a known name. */
export const fieldName = (cursor: Cursor, allowed: readonly PacketField[]): PacketField => {
  const {offset, kind} = cursor.token;
  if (kind !== 'word') cursor.expected(filterParserSentences.fieldName.aFieldSuch);
  let name = cursor.advance().text;
  while (cursor.take('.')) {
    if (cursor.token.kind !== 'word') cursor.expected(filterParserSentences.fieldName.theRestOf);
    name += `.${cursor.advance().text}`;
  }
  const field = allowed.find((each) => each === name);
  if (field) return field;
  return cursor.fail(offset, unknownWord(filterParserSentences.fieldName.field, name, allowed));
};

const filterValue = (cursor: Cursor, field: PacketField): FilterValue => {
  const {kind, text: given, offset} = cursor.token;
  if (!addressFields.includes(field)) {
    if (isTextField(field))
      return kind === 'text'
        ? {kind, value: cursor.advance().text}
        : cursor.expected(filterParserSentences.filterValue.textInQuotes);
    if (kind === 'number') return {kind: 'number', value: cursor.advance().value};
    if (kind === 'word' && (given === 'True' || given === 'False')) {
      cursor.advance();
      return {kind: 'number', value: given === 'True' ? 1 : 0};
    }
    return cursor.expected(filterParserSentences.filterValue.aNumber);
  }
  if (kind === 'address' || kind === 'text') return {kind: 'text', value: cursor.advance().text};
  if (kind !== 'word') return cursor.expected(filterParserSentences.filterValue.aHostOr);
  const {hosts} = cursor.names;
  if (!hosts.includes(given))
    cursor.fail(offset, unknownWord(filterParserSentences.filterValue.host, given, hosts));
  return {kind: 'host', name: cursor.advance().text};
};
