// Writes the parts of DNS messages in the words of replay scripts, for comparing and for reports, one line for each record.
import type {DnsMessage, DnsQuestion, DnsRecord, RData} from '../../wire/dns/message.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {className, RecordType, rcodeName, typeName} from '../../wire/dns/registry.ts';
import {flagWords, opcodeWords, rcodeWords} from './reply-words.ts';

const rdataText = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
    case 'DNAME':
      return nameKey(data.name);
    case 'SOA': {
      const {serial, refresh, retry, expire, minimum} = data;
      return [nameKey(data.mname), nameKey(data.rname), serial, refresh, retry, expire, minimum].join(' ');
    }
    case 'MX':
      return `${data.preference} ${nameKey(data.exchange)}`;
    case 'TXT':
      return data.strings.join(' ');
    case 'SRV':
      return `${data.priority} ${data.weight} ${data.port} ${nameKey(data.target)}`;
    case 'OPT':
      return data.options.map(({code, data: octets}) => `${code}:${octets}`).join(' ');
    default:
      return `\\# ${data.octets.length / 2} ${data.octets}`;
  }
};

/**
 * Returns a record as text; two records whose texts are equal count as equal. Names are in lower case, and the TTL is there only with
 * `ttl`.
 */
export const recordText = (record: DnsRecord, ttl: boolean): string =>
  [
    nameKey(record.name),
    ...(ttl ? [record.ttl] : []),
    className(record.class),
    typeName(record.type),
    rdataText(record.data),
  ].join(' ');

/** Returns a question as text, with the name in lower case; two questions whose texts are equal count as equal. */
export const questionText = ({name, type, class: number}: DnsQuestion): string =>
  `${nameKey(name)} ${className(number)} ${typeName(type)}`;

export const flagsText = ({flags}: DnsMessage): string =>
  [...flagWords]
    .filter(([, flag]) => flags[flag])
    .map(([word]) => word)
    .join(' ');

const wordOf = (known: ReadonlyMap<string, number>, value: number): string | undefined =>
  [...known].find(([, number]) => number === value)?.[0];

export const opcodeText = ({opcode}: DnsMessage): string => wordOf(opcodeWords, opcode) ?? `OPCODE${opcode}`;

export const rcodeText = ({rcode}: DnsMessage): string => wordOf(rcodeWords, rcode) ?? rcodeName(rcode);

export const isOpt = ({type}: DnsRecord): boolean => type === RecordType.OPT;
