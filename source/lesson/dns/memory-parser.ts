// Parses the part of an expression after the host's name in `local.cache("y.abc.com", A).ttl` and `local.hosts("y.abc.com").address`.
import {type DnsName, parseName} from '../../wire/dns/name.ts';
import {RecordType, typeNumber} from '../../wire/dns/registry.ts';
import {dnsMemoryParserSentences} from '../../words/catalogue/lesson.ts';
import type {Cursor} from '../parser.ts';
import {oneOf, word} from '../word-parser.ts';
import {cacheParts, type DnsMemory} from './memory.ts';
import {zoneProblem} from './zone-problem.ts';

const name = (cursor: Cursor): DnsName => {
  const {kind, offset, text: given} = cursor.token;
  if (kind !== 'text') return cursor.expected(dnsMemoryParserSentences.name);
  const parsed = parseName(given);
  if (!parsed.ok)
    return cursor.fail(offset, zoneProblem({line: 1, column: 1, code: 'name', given, why: parsed.error}));
  cursor.advance();
  return parsed.value;
};

/** Parses the part of an expression after `cache(` or `hosts(`: the arguments, and the part that is asked for. */
export const dnsMemoryOf = (cursor: Cursor, table: DnsMemory['table']): DnsMemory => {
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
