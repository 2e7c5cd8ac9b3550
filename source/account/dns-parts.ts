// Tells what a DNS message says: the question or the answer, and the flags that matter for it.
import {fullRcode} from '../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord, RData} from '../wire/dns/message.ts';
import {type DnsName, rootName} from '../wire/dns/name.ts';
import {algorithmName, rcodeName, typeName} from '../wire/dns/registry.ts';
import {svcText} from '../wire/dns/svc-value.ts';
import {foreign} from './foreign.ts';
import type {DnsFlagPart, DnsPart, DnsQuestionPart, DnsRecordPart} from './part.ts';

/** Returns a name without its final dot. Octets other than ASCII's letters are escaped already (RFC 1035 §5.1). */
export const spokenName = (name: DnsName): string => (name === rootName ? name : name.slice(0, -1));

/** The most characters of a TXT record that are shown; for a longer text, only its length is. */
const textMost = 24;

const txtText = (strings: readonly string[]): string => {
  const octets = strings.join('').match(/../g) ?? [];
  const codes = octets.map((pair) => Number.parseInt(pair, 16));
  const plain = codes.length <= textMost && codes.every((code) => code >= 0x20 && code < 0x7f);
  return plain ? `"${String.fromCharCode(...codes)}"` : `${codes.length} B`;
};

/** Returns the data of a DNS record in their shortest usual form. */
export const spokenData = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
    case 'DNAME':
      return spokenName(data.name);
    case 'MX':
      return `${data.preference} ${spokenName(data.exchange)}`;
    case 'SOA':
      return `${spokenName(data.mname)} ${data.serial}`;
    case 'SRV':
      return `${spokenName(data.target)}:${data.port}`;
    case 'TXT':
      return txtText(data.strings);
    case 'OPT':
      return '';
    case 'SVCB':
      return [data.priority, spokenName(data.target), ...data.params.map(svcText)].join(' ');
    case 'RRSIG':
      return `${typeName(data.typeCovered)} ${data.keyTag} ${spokenName(data.signer)}`;
    case 'DNSKEY':
    case 'DS':
      return `${data.keyTag} ${algorithmName(data.algorithm)}`;
    case 'NSEC':
      return spokenName(data.next);
    case 'NSEC3':
      return data.nextHashed;
    case 'raw':
      return `${data.octets.length / 2} B`;
  }
};

/** Returns a record with its time to live: `y.abc.com 300 A 203.0.113.80`. */
export const spokenRecord = ({name, ttl, type, data}: DnsRecord): string =>
  `${spokenName(name)} ${ttl} ${typeName(type)} ${spokenData(data)}`.trimEnd();

const nameOf = (name: DnsName) => foreign(spokenName(name));

const recordPart = ({name, type, data}: DnsRecord): DnsRecordPart => ({
  name: nameOf(name),
  type,
  data: foreign(spokenData(data)),
});

const questionOf = ({questions}: DnsMessage): DnsQuestionPart | undefined => {
  const [question] = questions;
  return question && {name: nameOf(question.name), type: question.type};
};

const isAddress = ({data}: DnsRecord): boolean => data.kind === 'A' || data.kind === 'AAAA';

/** Returns what a DNS response without an answer says: it is a referral, or the data don't exist (RFC 2308 §2.2). */
const emptyPart = (message: DnsMessage): DnsPart => {
  const {authorities, additionals, flags} = message;
  const [first, ...more] = authorities.filter(({data}) => data.kind === 'NS');
  const negative = authorities.some(({data}) => data.kind === 'SOA');
  if (!first || negative || flags.aa)
    return {kind: 'dns', says: 'nothing', why: 'NODATA', question: questionOf(message)};
  const glue = additionals.some(isAddress);
  return {kind: 'dns', says: 'referral', first: recordPart(first), more: more.length, glue};
};

const responsePart = (message: DnsMessage): DnsPart => {
  const rcode = fullRcode(message);
  const nothing = (why: string): DnsPart => ({
    ...{kind: 'dns', says: 'nothing', why, question: questionOf(message)},
  });
  if (rcode !== 0) return nothing(rcodeName(rcode));
  const [first, ...more] = message.answers;
  if (first) return {kind: 'dns', says: 'answer', first: recordPart(first), more: more.length};
  return message.flags.tc ? nothing('truncated') : emptyPart(message);
};

const flagPart = (flag: DnsFlagPart['flag'], set: boolean): DnsFlagPart => ({kind: 'dns-flag', flag, set});

export const dnsParts = (message: DnsMessage): readonly [DnsPart, ...DnsFlagPart[]] => {
  const {qr, rd, aa, tc} = message.flags;
  if (!qr) return [{kind: 'dns', says: 'asks', question: questionOf(message)}, flagPart('RD', rd)];
  return [responsePart(message), flagPart('AA', aa), ...(tc ? [flagPart('TC', true)] : [])];
};
