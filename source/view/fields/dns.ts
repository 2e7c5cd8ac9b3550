// Explains fields of DNS: the meaning of the header's bits, what a response repeats from its query, and which records a count counts (RFC
// 1035 §4.1.1, RFC 1034 §5.3.3, RFC 6891 §6.1).
import {messagesIn} from '../../account/dns/messages.ts';
import {partnerOf} from '../../account/dns/transaction.ts';
import {spokenName} from '../../account/dns-parts.ts';
import {entriesOf, worldAt} from '../../account/entries.ts';
import {dnsMessagesOf, packetOf, segmentOf} from '../../account/packet.ts';
import {textOf} from '../../lesson/text.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {DnsMessage, DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {sameName} from '../../wire/dns/name.ts';
import {RecordType, rcodeName, typeName} from '../../wire/dns/registry.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {fieldCases} from '../../words/catalogue/fields.ts';
import {inspectorTexts} from '../../words/catalogue/inspector.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyDnsFlag as say, whyBit, whyCounted} from '../../words/catalogue/why.ts';
import {terminal} from '../../words/written.ts';
import {
  type Asked,
  type Entry,
  either,
  type Means,
  type Protocol,
  type Source,
  unasked,
  valueIn,
  type Wording,
} from './entry.ts';

/** The bits of the DNS flags that only responses use: AA, TC, RA and RCODE. */
const ofResponse = 0x068f;

const flagIn = (layer: Layer, name: string): number =>
  Number(valueIn(layer, `dns.flags.${name}`) ?? Number.NaN);

/**
 * Tells whether a DNS message has the opcode of a standard query; other operations use the flags differently or not at all (RFC 1996, RFC
 * 2136).
 */
const isStandard = (layer: Layer): boolean => flagIn(layer, 'opcode') === 0;

const queryTexts = ({field, layer, language}: Asked): readonly string[] => {
  const isSilent = (Number(field.value) & ofResponse) === 0;
  return [
    say.query[language],
    say.opcode[language]({opcode: flagIn(layer, 'opcode')}),
    ...(isStandard(layer) && flagIn(layer, 'recdesired') === 0 ? [say.walks[language]] : []),
    ...(isStandard(layer) && isSilent ? [say.silent[language]] : []),
  ];
};

const responseTexts = ({layer, language}: Asked): readonly string[] => {
  const clear = {authoritative: say.unowned, truncated: say.whole, recavail: say.alone};
  const rcode = flagIn(layer, 'rcode');
  return [
    say.opcode[language]({opcode: flagIn(layer, 'opcode')}),
    ...Object.entries(clear).flatMap(([name, text]) =>
      isStandard(layer) && flagIn(layer, name) === 0 ? [text[language]] : [],
    ),
    say.rcode[language]({rcode, name: rcodeName(rcode)}),
  ];
};

/** Explains the DNS flags as a whole, by saying what those bits mean that are 0. */
const wordText: Source = (asked) => {
  const texts = flagIn(asked.layer, 'response') === 0 ? queryTexts : responseTexts;
  return texts(asked).join(punctuation.space[asked.language]);
};

const recursionText: Source = ({field, layer, language}) => {
  if (!isStandard(layer)) return undefined;
  return field.value === '1' ? say.leaves[language] : say.walks[language];
};

/**
 * Returns the packet with the client's query that made a resolver ask the same question, which it passes on unchanged (RFC 1034 §5.3.3);
 * undefined if there is none.
 */
const askedFor = (trace: Trace, {from, sendEvent, frame}: PacketRecord): number | undefined => {
  const [own] = dnsMessagesOf({frame})[0]?.questions ?? [];
  const come = [...entriesOf(trace, 'arrive')].findLast(({n, host, packet}) => {
    const [message] =
      n < sendEvent && host === from && packet > 0 ? dnsMessagesOf(packetOf(trace, packet)) : [];
    const [question] = message?.flags.qr ? [] : (message?.questions ?? []);
    return own && question?.type === own.type && sameName(question.name, own.name);
  });
  return come?.packet;
};

/** Explains that a response copies this field from its query; undefined for queries. */
const repeated: Source = unasked(({trace, record, language, field}) => {
  if (!dnsMessagesOf(record)[0]?.flags.qr) return undefined;
  const packet = partnerOf(trace, record.id, record.sendEvent)?.packet;
  return packet === undefined
    ? undefined
    : whyBit.repeated[language]({packet, question: field.name.startsWith('dns.qry.')});
});

/** Explains which client's query made a resolver send this query; undefined for responses, captures and a client's own queries. */
const wanted: Source = unasked(({trace, record, language, host}) => {
  if (dnsMessagesOf(record)[0]?.flags.qr !== false || !worldAt(trace, 0)) return undefined;
  const packet = askedFor(trace, record);
  return packet === undefined ? undefined : whyBit.wanted[language]({packet, host});
});

/** Explains, in a query, that a bit has a meaning only in responses; undefined in a response. */
const ofResponses: Source = unasked(({record, language}) =>
  dnsMessagesOf(record)[0]?.flags.qr === false ? whyBit.ofResponse[language] : undefined,
);

const fitted: Source = unasked(({record, language}) => {
  const {qr, tc} = dnsMessagesOf(record)[0]?.flags ?? {};
  return qr && !tc ? whyBit.fitted[language] : undefined;
});

type Counted = DnsQuestion | DnsRecord;

/** The number of DNS records of a section that an explanation names; further ones are only counted. */
const namedMost = 4;

const recordName = ({name, type}: Counted): string => `${terminal.text(spokenName(name))} ${typeName(type)}`;

/** Returns the registry entry of a DNS header field that counts the records of a section. Its explanation names those records. */
const count = (section: (message: DnsMessage) => readonly Counted[]): Entry => ({
  from: unasked(({trace, record, language}) => {
    const message = messagesIn(trace).find(({packet}) => packet === record.id)?.message;
    if (message === undefined) return undefined;
    const entries = section(message);
    const records = entries.filter(({type}) => type !== RecordType.OPT);
    const named = {
      records: records.slice(0, namedMost).map(recordName),
      more: Math.max(0, records.length - namedMost),
    };
    const opt = entries.find(({type}) => type === RecordType.OPT)?.class;
    if (opt === undefined)
      return records.length === 0 ? whyCounted.none[language] : whyCounted.named[language](named);
    const also = records.length === 0 ? [] : [whyCounted.also[language](named)];
    return [whyCounted.opt[language]({opt}), ...also].join(punctuation.space[language]);
  }),
});

/** Returns the type of the DNS record to which a field belongs. In a record the type follows the name and precedes the other fields. */
const recordType = (field: Field, {fields}: Layer): number => {
  const at = fields.indexOf(field);
  const isType = ({name}: Field): boolean => name === 'dns.resp.type';
  const type =
    field.name === 'dns.resp.name' ? fields.slice(at).find(isType) : fields.slice(0, at + 1).findLast(isType);
  return Number(type?.value);
};

/**
 * Tells whether the rule that sent the packet also decided a DNS field. In a UDP datagram it did; in a TCP segment the rule is one of TCP.
 */
const decided = ({record}: Asked): boolean => !segmentOf(record);

/**
 * The registry entry of fields in the DNS header. In a query, their meaning is the whole explanation, because their values have the same
 * reason in every query.
 */
const header: Entry = {decided, alone: ({layer}) => flagIn(layer, 'response') === 0};

/** The registry entry of the fields of a DNS record. An OPT record looks like the others but belongs to no name (RFC 6891 §6.1.1). */
const ofRecord: Entry = {
  decided: (asked) => decided(asked) && recordType(asked.field, asked.layer) !== RecordType.OPT,
  means(field, layer) {
    const text = recordType(field, layer) === RecordType.OPT ? textOf(fieldCases, field.name) : undefined;
    return text && {clause: 'RFC 6891 §6.1.2', text};
  },
};

/** The names of the DNS fields that hold a record's data; the row of the record shows them, too. */
const recordData: readonly string[] = [
  ...['a', 'aaaa', 'ns', 'cname', 'ptr.domain_name', 'mx.preference', 'mx.mail_exchange', 'txt'],
  ...['soa.mname', 'soa.serial_number', 'srv.target', 'srv.port'],
].map((name) => `dns.${name}`);

/** Returns a DNS question or record in one line, such as `com NS dns.com`, from its first field on. */
const recordText = (head: Field, layer: Layer): string => {
  const from = layer.fields.indexOf(head) + 1;
  const next = layer.fields.findIndex(
    ({name}, index) => index >= from && /^dns\.(qry|resp)\.name$/.test(name),
  );
  const own = layer.fields.slice(from, next < 0 ? undefined : next);
  const type = own.find(({name}) => /^dns\.(qry|resp)\.type$/.test(name))?.value ?? '';
  const data = own.filter(({name}) => recordData.includes(name)).map(({value}) => value);
  return [head.value, typeName(Number(type)), ...data].join(' ');
};

const nameText = (head: Field, layer: Layer): readonly string[] => [recordText(head, layer)];

/** The usual abbreviations of the DNS flags (RFC 1035 §4.1.1, RFC 4035 §3), by Wireshark's names of the fields. */
const flagWords = {
  response: 'QR',
  authoritative: 'AA',
  truncated: 'TC',
  recdesired: 'RD',
  recavail: 'RA',
  authenticated: 'AD',
  checkdisable: 'CD',
};

/** Returns the value of the DNS flags, and the names of those that are 1: `0x8580  QR AA RD RA`. */
const flagsText = ({value}: Field, layer: Layer): readonly string[] => {
  const set = Object.entries(flagWords).filter(([name]) => flagIn(layer, name) === 1);
  return set.length === 0 ? [value] : [value, set.map(([, word]) => word).join(' ')];
};

const line = (layer: Layer, {language}: Wording): string => {
  const question = layer.fields.find(({name}) => name === 'dns.qry.name');
  const rcode = valueIn(layer, 'dns.flags.rcode');
  return [
    inspectorTexts[flagIn(layer, 'response') === 1 ? 'dnsResponse' : 'dnsQuery'][language],
    valueIn(layer, 'dns.id') ?? '',
    ...(rcode === undefined ? [] : [rcodeName(Number(rcode))]),
    ...(question ? [recordText(question, layer)] : []),
  ].join(' ');
};

/** The meaning of the DNS bit AD in a query, which clients may also set (RFC 6840 §5.7); undefined in a response. */
const askedCase: Means = (_, layer) =>
  flagIn(layer, 'response') === 0
    ? {clause: 'RFC 6840 §5.7', text: fieldCases['dns.flags.authenticated']}
    : undefined;

export const dns: Protocol = {
  line,
  fields: {
    'dns.id': {...header, from: repeated, shown: ({value}) => [value, `${Number(value)}`]},
    'dns.flags': {
      decided,
      shown: flagsText,
      beside: wordText,
      alone: (asked) => !decided(asked) || flagIn(asked.layer, 'response') === 0,
    },
    'dns.flags.response': header,
    'dns.flags.opcode': {...header, from: repeated},
    'dns.flags.authoritative': {...header, from: ofResponses},
    'dns.flags.truncated': {...header, from: either(ofResponses, fitted)},
    'dns.flags.recdesired': {...header, from: repeated, beside: recursionText},
    'dns.flags.recavail': {...header, from: ofResponses},
    'dns.flags.z': {...header, from: unasked(({language}) => whyBit.reserved[language])},
    'dns.flags.authenticated': {...header, means: askedCase},
    'dns.flags.checkdisable': header,
    'dns.flags.rcode': {...header, from: ofResponses},
    'dns.count.queries': count(({questions}) => questions),
    'dns.count.answers': count(({answers}) => answers),
    'dns.count.auth_rr': count(({authorities}) => authorities),
    'dns.count.add_rr': count(({additionals}) => additionals),
    'dns.count.labels': {},
    'dns.qry.name': {decided, from: either(wanted, repeated), shown: nameText},
    'dns.qry.type': {decided, from: repeated},
    'dns.qry.class': {decided, from: repeated},
    'dns.resp.name': {...ofRecord, shown: nameText},
    'dns.resp.type': ofRecord,
    'dns.resp.len': ofRecord,
  },
  others: {decided},
};
