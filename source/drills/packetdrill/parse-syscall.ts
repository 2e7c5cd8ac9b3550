// Parses a system call of a packetdrill script: `name(args) = result [ERRNO] [(a note for people)]`.
import {worded} from '../../lesson/text.ts';
import {packetdrillParseSyscallSentences} from '../../words/catalogue/drills-packetdrill.ts';
import type {Cursor} from './cursor.ts';
import type {Expression, Syscall} from './script.ts';

const word = /[a-zA-Z_]\w*/y;
const hexadecimal = /0x[0-9a-fA-F]+/y;
const decimal = /-?\d+/y;
const quoted = /"(?:\\.|[^"\\])*"/y;
const errnoName = /E[A-Z0-9]+\b/y;
const deepest = 20;

const parseItems = (cursor: Cursor, close: string, depth: number): readonly Expression[] => {
  const items: Expression[] = [];
  if (cursor.takeSign(close)) return items;
  do items.push(parseExpression(cursor, depth + 1));
  while (cursor.takeSign(','));
  cursor.expectSign(close);
  return items;
};

const fieldEnd = (cursor: Cursor, fields: Record<string, Expression>): Expression => {
  cursor.expectSign('}');
  return {kind: 'struct', fields};
};

const parseStruct = (cursor: Cursor, depth: number): Expression => {
  const fields: Record<string, Expression> = {};
  if (cursor.looksAt('}')) return fieldEnd(cursor, fields);
  do {
    if (cursor.takeSign('...')) continue;
    const place = cursor.take(decimal);
    if (place !== undefined) {
      fields[`${Object.keys(fields).length}`] = {kind: 'number', value: Number(place)};
      continue;
    }
    const name = cursor.expect(word, packetdrillParseSyscallSentences.parseStruct.name);
    // The number in `msg_iov(2)` is skipped, because the list after it shows its own length.
    if (cursor.takeSign('(')) parseItems(cursor, ')', depth);
    cursor.expectSign('=');
    fields[name] = parseExpression(cursor, depth + 1);
  } while (cursor.takeSign(','));
  return fieldEnd(cursor, fields);
};

const parseWord = (cursor: Cursor, first: string, depth: number): Expression => {
  if (cursor.takeSign('(')) return {kind: 'call', name: first, items: parseItems(cursor, ')', depth)};
  const words = [first];
  while (cursor.takeSign('|')) words.push(cursor.expect(word, packetdrillParseSyscallSentences.parseWord));
  return words.length === 1 ? {kind: 'word', value: first} : {kind: 'or', words};
};

const parseExpression = (cursor: Cursor, depth = 0): Expression => {
  if (depth > deepest) {
    cursor.fail(
      packetdrillParseSyscallSentences.parseExpression.nestedTooDeeply,
      worded(packetdrillParseSyscallSentences.parseExpression.atMostLevels, {deepest}),
    );
  }
  if (cursor.takeSign('...')) return {kind: 'wildcard'};
  if (cursor.takeSign('[')) return {kind: 'list', items: parseItems(cursor, ']', depth)};
  if (cursor.takeSign('{')) return parseStruct(cursor, depth);
  const string = cursor.take(quoted);
  if (string !== undefined) return {kind: 'string', value: string.slice(1, -1)};
  const number = cursor.take(hexadecimal) ?? cursor.take(decimal);
  if (number !== undefined) return {kind: 'number', value: Number(number)};
  const first = cursor.expect(word, packetdrillParseSyscallSentences.parseExpression.first);
  return parseWord(cursor, first, depth);
};

/** Skips the note for people after a system call's result in a script, such as `(Operation now in progress)`. */
const skipNote = (cursor: Cursor): void => {
  if (!cursor.takeSign('(')) return;
  let open = 1;
  while (open > 0) {
    const sign = cursor.take(/[()]|[^()]+/y);
    if (sign === undefined) cursor.expected(packetdrillParseSyscallSentences.skipNote);
    if (sign === '(') open++;
    if (sign === ')') open--;
  }
};

export const parseSyscall = (cursor: Cursor, blocksUs: number | undefined): Syscall => {
  const name = cursor.expect(word, packetdrillParseSyscallSentences.parseSyscall.name);
  cursor.expectSign('(');
  const args = parseItems(cursor, ')', 0);
  cursor.expectSign('=');
  const result = parseExpression(cursor);
  const errno = cursor.take(errnoName);
  skipNote(cursor);
  return {name, args, result, errno, blocksUs};
};
