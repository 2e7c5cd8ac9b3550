// The parts of a resolver's memory that expressions can ask for: an entry of its cache, a line of its hosts file.
import type {CacheRow} from '../../stack/dns/cache-rows.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {typeName} from '../../wire/dns/registry.ts';
import type {Value} from '../value.ts';

/** The parts of a DNS cache entry that expressions can ask for. */
export const cacheParts = ['ttl', 'address', 'data', 'count', 'negative'] as const;

export type DnsMemory =
  | {
      readonly table: 'cache';
      readonly name: DnsName;
      readonly type: number;
      readonly part: (typeof cacheParts)[number];
    }
  | {readonly table: 'hosts'; readonly name: DnsName; readonly part: 'address'};

const number = (value: number): Value => ({kind: 'number', value});
const text = (value: string | undefined): Value | undefined =>
  value === undefined ? undefined : {kind: 'text', value};

/** Returns a part of a DNS cache entry as the value of an expression; undefined if the entry has no such part. */
export const partOf = (
  {records, ttl, negative}: CacheRow,
  part: (typeof cacheParts)[number],
): Value | undefined => {
  const [first] = negative ? [] : records;
  switch (part) {
    case 'ttl':
      return number(ttl);
    case 'count':
      return number(negative ? 0 : records.length);
    case 'address':
      return text(first && 'address' in first.data ? first.data.address : undefined);
    case 'data':
      return text(first && rdataText(first.data));
    case 'negative':
      return text(negative);
  }
};

export const hostPropertiesOfDns = {
  /** The number of entries in the host's DNS cache that have not expired. */
  'cache.size': (rows) => number(rows.length),
} satisfies {readonly [property: string]: (rows: readonly CacheRow[]) => Value};

/** Returns the text of an expression that reads a host's DNS memory, such as `local.cache("y.abc.com", A).ttl`. */
export const dnsMemoryText = ({host, of}: {readonly host: string; readonly of: DnsMemory}): string =>
  of.table === 'hosts'
    ? `${host}.hosts("${of.name}").${of.part}`
    : `${host}.cache("${of.name}", ${typeName(of.type)}).${of.part}`;
