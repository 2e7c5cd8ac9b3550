// RRsets: the records of one owner, type and class, which are cached, ranked and sent as a whole (RFC 2181 §5).

import type {DnsQuestion, DnsRecord, RData} from '../../wire/dns/message.ts';
import {type DnsName, nameKey} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import {grouped} from '../../wire/grouped.ts';

export type Rrset = {
  readonly name: DnsName;
  readonly type: number;
  readonly class: number;
  /** The records of the RRset, at least one, in order of arrival. */
  readonly records: readonly DnsRecord[];
};

/**
 * Tells whether a CNAME is followed in a search for this record type. It is itself the answer to a question for CNAME or ANY
 * (RFC 1034 §3.6.2, §4.3.2 step 3a).
 */
export const followsAliases = (type: number): boolean => type !== RecordType.CNAME && type !== RecordType.ANY;

/** Returns a key for a DNS question or an RRset: equal if type, class and name are equal, whatever the case of the name's letters. */
export const questionKey = ({name, type, class: klass}: DnsQuestion): string =>
  `${nameKey(name)} ${type} ${klass}`;

/**
 * Returns a key that is equal for equal RDATA: the case of names does not count (RFC 4343 §3), and that of strings is kept, because they
 * are in hexadecimal.
 */
const dataKey = (data: RData): string => nameKey(JSON.stringify(data));

export const sameRData = (a: RData, b: RData): boolean => dataKey(a) === dataKey(b);

/** Returns the RRsets of a section of a DNS message, in the order of their first records; a duplicate record is left out (RFC 2181 §5). */
export const rrsetsOf = (section: readonly DnsRecord[]): readonly Rrset[] => {
  const isFirst = (record: DnsRecord, index: number, set: readonly DnsRecord[]): boolean =>
    set.findIndex(({data}) => sameRData(data, record.data)) === index;
  return grouped(section, questionKey).map((set) => {
    const [first] = set;
    return {name: first.name, type: first.type, class: first.class, records: set.filter(isFirst)};
  });
};

/** Tells whether two RRsets have the same data; case, order and TTL may differ. */
export const sameData = (a: readonly DnsRecord[], b: readonly DnsRecord[]): boolean => {
  const texts = (records: readonly DnsRecord[]): string =>
    records
      .map(({data}) => dataKey(data))
      .sort()
      .join();
  return a.length === b.length && texts(a) === texts(b);
};

/** Returns the TTL of an RRset in seconds. Its records should have equal TTLs; if they differ, the smallest counts (RFC 2181 §5.2). */
export const leastTtl = (records: readonly DnsRecord[]): number =>
  // A TTL with its highest bit set counts as 0 (RFC 2181 §8).
  Math.min(...records.map(({ttl}) => (ttl > 0x7fffffff ? 0 : ttl)));
