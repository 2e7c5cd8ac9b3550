// One DNS message in a few words, equal in every language: `y.abc.com A ? RD=1`, `referral com NS dns.com + glue`.

import {fullRcode} from '../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord, RData} from '../wire/dns/message.ts';
import {type DnsName, rootName} from '../wire/dns/name.ts';
import {rcodeName, typeName} from '../wire/dns/registry.ts';

/** `what` is asked or told; `flags` are those that matter for that. */
export type DnsWords = {readonly what: string; readonly flags: readonly string[]};

/** As people say it: without the final dot. */
export const spokenName = (name: DnsName): string => (name === rootName ? name : name.slice(0, -1));

/** Longer texts are told by their length. */
const textMost = 24;

const txtText = (strings: readonly string[]): string => {
  const octets = strings.join('').match(/../g) ?? [];
  const codes = octets.map((pair) => Number.parseInt(pair, 16));
  const plain = codes.length <= textMost && codes.every((code) => code >= 0x20 && code < 0x7f);
  return plain ? `"${String.fromCharCode(...codes)}"` : `${codes.length} B`;
};

/** Record data as short as people say them. */
export const spokenData = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
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
    case 'raw':
      return `${data.octets.length / 2} B`;
  }
};

const recordsText = ([first, ...others]: readonly DnsRecord[]): string => {
  if (!first) return '';
  const text = `${spokenName(first.name)} ${typeName(first.type)} ${spokenData(first.data)}`;
  return others.length > 0 ? `${text} +${others.length}` : text;
};

/** A record with its time to live: `y.abc.com 300 A 203.0.113.80`. */
export const spokenRecord = ({name, ttl, type, data}: DnsRecord): string =>
  `${spokenName(name)} ${ttl} ${typeName(type)} ${spokenData(data)}`.trimEnd();

const questionText = ({questions}: DnsMessage): string => {
  const [question] = questions;
  return question ? `${spokenName(question.name)} ${typeName(question.type)}` : '';
};

const isAddress = ({data}: DnsRecord): boolean => data.kind === 'A' || data.kind === 'AAAA';

/** RFC 2308 §2.2: what has no answer is a referral or says that there are no such data. */
const emptyText = (message: DnsMessage): string => {
  const {authorities, additionals} = message;
  const servers = authorities.filter(({data}) => data.kind === 'NS');
  const negative = authorities.some(({data}) => data.kind === 'SOA');
  if (servers.length === 0 || negative || message.flags.aa) return `NODATA ${questionText(message)}`;
  return `referral ${recordsText(servers)}${additionals.some(isAddress) ? ' + glue' : ''}`;
};

const responseText = (message: DnsMessage): string => {
  const rcode = fullRcode(message);
  if (rcode !== 0) return `${rcodeName(rcode)} ${questionText(message)}`;
  if (message.answers.length > 0) return recordsText(message.answers);
  return message.flags.tc ? `truncated ${questionText(message)}` : emptyText(message);
};

export const dnsWords = (message: DnsMessage): DnsWords => {
  const {qr, rd, aa, tc} = message.flags;
  if (!qr) return {what: `${questionText(message)} ?`.trim(), flags: [`RD=${rd ? 1 : 0}`]};
  return {what: responseText(message).trim(), flags: [`AA=${aa ? 1 : 0}`, ...(tc ? ['TC=1'] : [])]};
};
