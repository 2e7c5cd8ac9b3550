// The fields of DNS messages by their Wireshark names (wireshark.org/docs/dfref/d/dns.html), with the values of all records in all
// sections.
import {displayName} from '../../wire/dns/display.ts';
import type {DnsFlags, DnsMessage, DnsRecord, RData} from '../../wire/dns/message.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import {type FieldReader, type FieldValue, number, text} from '../field-value.ts';

/** Reads a DNS field from all messages of a packet, because a segment may carry several. */
type Reader = FieldReader<readonly DnsMessage[]>;

const each =
  (read: (message: DnsMessage) => readonly FieldValue[]): Reader =>
  (messages) =>
    messages.flatMap(read);

const flag = (name: keyof DnsFlags): Reader => each(({flags}) => number(flags[name] ? 1 : 0));

/** Makes a reader of a DNS field that only responses have (RFC 1035 §4.1.1). */
const answered = (read: (message: DnsMessage) => number): Reader =>
  each((message) => (message.flags.qr ? number(read(message)) : []));

const question = (read: (question: DnsMessage['questions'][number]) => readonly FieldValue[]): Reader =>
  each(({questions}) => questions.flatMap(read));

const record = (read: (record: DnsRecord) => readonly FieldValue[]): Reader =>
  each(({answers, authorities, additionals}) => [...answers, ...authorities, ...additionals].flatMap(read));

const rdata = <K extends RData['kind']>(
  kind: K,
  read: (data: Extract<RData, {readonly kind: K}>) => readonly FieldValue[],
): Reader => {
  const is = (data: RData): data is Extract<RData, {readonly kind: K}> => data.kind === kind;
  return record(({data}) => (is(data) ? read(data) : []));
};

export const dnsFields = {
  'dns.id': each(({id}) => number(id)),
  'dns.flags.response': flag('qr'),
  'dns.flags.opcode': each(({opcode}) => number(opcode)),
  'dns.flags.authoritative': answered(({flags}) => (flags.aa ? 1 : 0)),
  'dns.flags.truncated': flag('tc'),
  'dns.flags.recdesired': flag('rd'),
  'dns.flags.recavail': answered(({flags}) => (flags.ra ? 1 : 0)),
  'dns.flags.rcode': answered(({rcode}) => rcode),
  'dns.count.queries': each(({questions}) => number(questions.length)),
  'dns.count.answers': each(({answers}) => number(answers.length)),
  'dns.count.auth_rr': each(({authorities}) => number(authorities.length)),
  'dns.count.add_rr': each(({additionals}) => number(additionals.length)),
  'dns.qry.name': question(({name}) => text(displayName(name))),
  'dns.qry.type': question(({type}) => number(type)),
  'dns.resp.name': record(({name}) => text(displayName(name))),
  'dns.resp.type': record(({type}) => number(type)),
  'dns.resp.ttl': record(({type, ttl}) => (type === RecordType.OPT ? [] : number(ttl))),
  'dns.a': rdata('A', ({address}) => text(address)),
  'dns.aaaa': rdata('AAAA', ({address}) => text(address)),
  'dns.ns': rdata('NS', ({name}) => text(displayName(name))),
  'dns.cname': rdata('CNAME', ({name}) => text(displayName(name))),
  'dns.rr.udp_payload_size': record(({type, class: size}) => (type === RecordType.OPT ? number(size) : [])),
} satisfies {readonly [field: string]: Reader};

/** The names of the DNS fields whose values are texts, not numbers. */
export const dnsTexts: readonly (keyof typeof dnsFields)[] = [
  ...(['dns.qry.name', 'dns.resp.name', 'dns.a', 'dns.aaaa', 'dns.ns', 'dns.cname'] as const),
];
