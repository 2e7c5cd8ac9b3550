// The DNS part of selectors: conditions on a message or on an event of a cache, whether they are met, and their description for an author.
import {dnsMessagesOf} from '../../account/packet.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {fullRcode} from '../../wire/dns/edns.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {type DnsName, sameName} from '../../wire/dns/name.ts';
import {RecordType, rcodeName, typeName} from '../../wire/dns/registry.ts';
import {dnsMatchSentences} from '../../words/catalogue/lesson.ts';
import type {PacketFacts} from '../packet-facts.ts';
import {type Text, worded} from '../text.ts';

export const sections = ['answer', 'authority', 'additional', 'none'] as const;

type MessageConditions = {
  readonly response?: boolean;
  readonly rcode?: number;
  /** The first section of the response that has records, not counting OPT; `authority` means a referral or a negative answer. */
  readonly section?: (typeof sections)[number];
  readonly qtype?: number;
  readonly name?: DnsName;
  readonly truncated?: boolean;
};

export type DnsConditions = {readonly dns?: MessageConditions};

export const cacheOps = ['hit', 'miss', 'store', 'expire', 'flush'] as const;

/** A condition on an event of a DNS cache, such as a hit; `host` is absent for any host. */
export type DnsMatch = {
  readonly kind: 'cache';
  readonly op: (typeof cacheOps)[number];
  readonly host?: string;
  readonly name?: DnsName;
  readonly type?: number;
};

const sectionOf = ({answers, authorities, additionals}: DnsMessage): MessageConditions['section'] => {
  if (answers.length > 0) return 'answer';
  if (authorities.length > 0) return 'authority';
  return additionals.some(({type}) => type !== RecordType.OPT) ? 'additional' : 'none';
};

/** Tells whether a DNS message meets the conditions of a selector. A condition on the RCODE or on a section fits only responses. */
const isSuch = (asked: MessageConditions, message: DnsMessage): boolean => {
  const {rcode, section, qtype, name, truncated} = asked;
  const ofResponse = rcode !== undefined || section !== undefined ? true : undefined;
  const response = asked.response ?? ofResponse;
  const [question] = message.questions;
  return (
    (response === undefined || message.flags.qr === response) &&
    (rcode === undefined || fullRcode(message) === rcode) &&
    (section === undefined || sectionOf(message) === section) &&
    (qtype === undefined || question?.type === qtype) &&
    (name === undefined || (question !== undefined && sameName(question.name, name))) &&
    (truncated === undefined || message.flags.tc === truncated)
  );
};

export const fulfilsDns = ({dns}: DnsConditions, facts: PacketFacts): boolean =>
  dns === undefined || dnsMessagesOf(facts).some((message) => isSuch(dns, message));

/**
 * Tells whether a DNS cache entry answers for the record type `wanted` (undefined: any); an NXDOMAIN entry answers for every type
 * (RFC 2308 §5).
 */
const isOfType = (
  {type, negative}: {readonly type: number; readonly negative?: string},
  wanted: number | undefined,
): boolean => wanted === undefined || type === wanted || negative === 'NXDOMAIN';

export const isDnsMatch = ({op, name, type}: DnsMatch, event: TraceEvent): boolean => {
  if (event.kind !== 'note' || event.note.kind !== 'cache' || event.note.op !== op) return false;
  const {note} = event;
  if (note.op === 'flush') return name === undefined && type === undefined;
  return (name === undefined || sameName(note.name, name)) && isOfType(note, type);
};

export const describeDnsConditions = ({dns}: DnsConditions): readonly string[] => {
  if (dns === undefined) return [];
  const {response, rcode, section, qtype, name, truncated} = dns;
  const kind = response === undefined ? 'message' : response ? 'response' : 'query';
  return [
    [
      `dns ${kind}`,
      rcode === undefined ? '' : rcodeName(rcode),
      section === undefined ? '' : `section ${section}`,
      qtype === undefined ? '' : typeName(qtype),
      name ?? '',
      truncated === undefined ? '' : `truncated ${truncated}`,
    ]
      .filter((detail) => detail !== '')
      .join(' '),
  ];
};

export const describeDnsMatch = ({host, op, name, type}: DnsMatch): Text => {
  const what = [name ?? '', type === undefined ? '' : typeName(type)].filter((word) => word !== '').join(' ');
  return worded(dnsMatchSentences.cache, {host, op, what: what === '' ? undefined : what});
};
