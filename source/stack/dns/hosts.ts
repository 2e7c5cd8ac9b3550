// The hosts file (RFC 1123 §6.1.3.8): asked before the DNS, by the host's own programs only.
import type {DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, sameName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType} from '../../wire/dns/registry.ts';
import type {DnsAnswer, HostsEntry} from './call.ts';

/** Lines have no age; glibc's tools show none either. */
const ttl = 0;

const recordOf = ({name, address}: HostsEntry): DnsRecord => {
  const kind = address.includes(':') ? 'AAAA' : 'A';
  return {name, type: RecordType[kind], class: RecordClass.IN, ttl, data: {kind, address}};
};

export const hostsAnswer = (
  hosts: readonly HostsEntry[],
  {name, type}: {name: DnsName; type: number},
): DnsAnswer | undefined => {
  const records = hosts
    .filter((entry) => sameName(entry.name, name))
    .map(recordOf)
    .filter((record) => record.type === type);
  return records.length === 0 ? undefined : {result: 'ok', records, chain: [], ttl, from: 'hosts'};
};
