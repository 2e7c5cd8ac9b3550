// `cache("y.abc.com", A).ttl`, `hosts("y.abc.com").address`: what stands behind a host's name and the opening bracket.
import {type DnsName, parseName} from '../../wire/dns/name.ts';
import {RecordType, typeNumber} from '../../wire/dns/registry.ts';
import type {Cursor} from '../parser.ts';
import {text, unknownWord} from '../problem.ts';
import {cacheParts, type Memory, memoryWords} from './memory.ts';
import {zoneProblem} from './zone-problem.ts';

export const isMemory = (word: string): word is Memory['table'] => memoryWords.some((each) => each === word);

const name = (cursor: Cursor): DnsName => {
  const {kind, offset, text: given} = cursor.token;
  if (kind !== 'text') return cursor.expected(text('a domain name in quotes', '引号里的域名'));
  const parsed = parseName(given);
  if (!parsed.ok) {
    const {message, remedy} = zoneProblem({line: 1, column: 1, code: 'name', given, why: parsed.error});
    return cursor.fail(offset, message, remedy);
  }
  cursor.advance();
  return parsed.value;
};

const oneOf = <W>(cursor: Cursor, find: (word: string) => W | undefined, known: readonly string[]): W => {
  const {kind, offset, text: given} = cursor.token;
  const what = text('value', '值');
  if (kind !== 'word') return cursor.expected(text(known.join(', '), known.join('、')));
  const found = find(given);
  if (found === undefined) {
    const {message, remedy} = unknownWord(what, given, known);
    return cursor.fail(offset, message, remedy);
  }
  cursor.advance();
  return found;
};

const word =
  <W extends string>(known: readonly W[]) =>
  (given: string): W | undefined =>
    known.find((each) => each === given);

/** The rest of it; the first bracket has been taken. */
export const memoryOf = (cursor: Cursor, table: Memory['table']): Memory => {
  const asked = name(cursor);
  if (table === 'hosts') {
    const parts = ['address'] as const;
    cursor.expect(')');
    cursor.expect('.');
    return {table, name: asked, part: oneOf(cursor, word(parts), parts)};
  }
  cursor.expect(',');
  const type = oneOf(cursor, typeNumber, Object.keys(RecordType));
  cursor.expect(')');
  cursor.expect('.');
  return {table, name: asked, type, part: oneOf(cursor, word(cacheParts), cacheParts)};
};
