// The memories of hosts that expressions can ask for by a name in brackets, of all protocols.
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

/** Parses what follows a host's name, the word and the opening bracket. */
export const memoryOf = (cursor: Cursor, table: Memory['table']): Memory =>
  table === 'jar' ? jarOf(cursor) : dnsMemoryOf(cursor, table);

type OfHost = {readonly host: string; readonly of: Memory};

/** Returns the memory as an expression writes it. */
export const memoryText = ({host, of}: OfHost): string =>
  of.table === 'jar' ? jarText(host, of) : dnsMemoryText({host, of});

export const remembered = ({host, of}: OfHost, when: When): Value =>
  of.table === 'jar' ? inJar(host, of, {host: hostAt(host, when), atUs: when.atUs}) : inDns({host, of}, when);
