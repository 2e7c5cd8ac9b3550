// Reads what hosts remember in tables (DNS cache, hosts file, cookie jar), for expressions like `local.cache("y.abc.com", A).ttl`.
import {type DnsMemory, dnsMemoryText} from './dns/memory.ts';
import {remembered as inDns} from './dns/memory-at.ts';
import {dnsMemoryOf} from './dns/memory-parser.ts';
import {hostAt, type When} from './host-at.ts';
import {memoryWords} from './host-property.ts';
import {inJar, type Jar, jarText} from './http/memory.ts';
import {jarOf} from './http/memory-parser.ts';
import type {Cursor} from './parser.ts';
import type {Value} from './value.ts';

export type Memory = DnsMemory | Jar;

export const isMemory = (word: string): word is Memory['table'] => memoryWords.some((each) => each === word);

/** Parses the rest of an expression about a host's memory, after the opening bracket of `cache(`, `hosts(` or `jar(`. */
export const memoryOf = (cursor: Cursor, table: Memory['table']): Memory =>
  table === 'jar' ? jarOf(cursor) : dnsMemoryOf(cursor, table);

type OfHost = {readonly host: string; readonly of: Memory};

/** Returns the text of an expression that reads a part of a host's memory. */
export const memoryText = ({host, of}: OfHost): string =>
  of.table === 'jar' ? jarText(host, of) : dnsMemoryText({host, of});

export const remembered = ({host, of}: OfHost, when: When): Value =>
  of.table === 'jar' ? inJar(host, of, {host: hostAt(host, when), atUs: when.atUs}) : inDns({host, of}, when);
