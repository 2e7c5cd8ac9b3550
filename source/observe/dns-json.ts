// DNS of a capture as the side files of the reference captures have it.
import {type Edns, ednsOf, extendedErrors, fullRcode} from '../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord, RData} from '../wire/dns/message.ts';
import {labelOctets, labelsOf, rootName} from '../wire/dns/name.ts';
import {secondsText} from '../wire/dns/record-text.ts';
import {
  EdnsOption,
  ednsOptionName,
  RecordType,
  rcodeName,
  svcKeyName,
  typeName,
} from '../wire/dns/registry.ts';
import {svcValue} from '../wire/dns/svc-value.ts';
import {octetsOf} from '../wire/octets.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import type {DnsTransaction, UnaskedReply} from './dns-transactions.ts';
import type {Json, JsonObject} from './json-value.ts';

/** Without the final dot; the root is one. */
const nameText = (name: string): string => {
  if (name === rootName) return '.';
  // Nothing is escaped, so nothing needs to be put together from octets.
  if (!name.includes('\\')) return name.slice(0, -1);
  return labelsOf(name)
    .map((label) => decodeUtf8(labelOctets(label)))
    .join('.');
};

type SecurityData = Extract<RData, {readonly kind: 'RRSIG' | 'DNSKEY' | 'DS' | 'NSEC' | 'NSEC3'}>;

/** Of DNSSEC; without keys and signatures. */
const securityJson = (data: SecurityData): JsonObject => {
  const {kind: _, octets: __, ...rest} = data;
  switch (data.kind) {
    case 'RRSIG': {
      const {labels, originalTtl, expiration, inception, keyTag, signer} = data;
      return {
        ...{typeCovered: typeName(data.typeCovered), algorithm: data.algorithm, labels, originalTtl},
        ...{expiration: secondsText(expiration), inception: secondsText(inception), keyTag},
        signer: nameText(signer),
      };
    }
    case 'NSEC':
      return {next: nameText(data.next), types: data.types.map(typeName)};
    case 'NSEC3':
      return {...rest, types: data.types.map(typeName)};
    default:
      return rest;
  }
};

const dataJson = (data: RData): JsonObject => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return {data: data.address};
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return {data: nameText(data.name)};
    case 'SOA':
      return {data: nameText(data.mname), minimum: data.minimum};
    case 'MX':
      return {data: nameText(data.exchange), preference: data.preference};
    case 'TXT':
      return {data: data.strings.map((hex) => decodeUtf8(octetsOf(hex))).join('')};
    case 'SRV':
      return {data: nameText(data.target), priority: data.priority, weight: data.weight, port: data.port};
    case 'DNAME':
      return {data: nameText(data.name)};
    case 'SVCB': {
      const params = data.params.map((param) => [svcKeyName(param.key), svcValue(param)]);
      return {priority: data.priority, target: nameText(data.target), params: Object.fromEntries(params)};
    }
    case 'OPT':
      return {data: ''};
    case 'raw':
      return {data: data.octets};
    default:
      return securityJson(data);
  }
};

const recordsJson = (records: readonly DnsRecord[]): Json =>
  records
    .filter(({type}) => type !== RecordType.OPT)
    .map(({name, type, ttl, data}) => ({name: nameText(name), type: typeName(type), ttl, ...dataJson(data)}));

const filledList = (name: string, list: readonly Json[]): JsonObject =>
  list.length > 0 ? {[name]: list} : {};

/** RFC 7873 §4: 8 octets of the client's, then those of the server. */
const cookieJson = (name: string, edns: Edns | undefined): JsonObject => {
  const cookie = edns?.options.find(({code}) => code === EdnsOption.COOKIE)?.data;
  if (cookie === undefined) return {};
  return {
    [name]: {client: cookie.slice(0, clientCookieDigits), server: cookie.slice(clientCookieDigits) || null},
  };
};

const clientCookieDigits = 16;

const optionsJson = (edns: Edns | undefined): readonly Json[] =>
  (edns?.options ?? []).map(({code}) => ednsOptionName(code));

const saidJson = (response: DnsMessage | undefined): JsonObject => {
  const edns = response && ednsOf(response);
  return {
    rcode: response ? rcodeName(fullRcode(response)) : null,
    answers: recordsJson(response?.answers ?? []),
    ra: response?.flags.ra ?? false,
    aa: response?.flags.aa ?? false,
    tc: response?.flags.tc ?? false,
    ad: response?.flags.ad ?? false,
    authority: recordsJson(response?.authorities ?? []),
    additional: recordsJson(response?.additionals ?? []),
    ...filledList('responseOptions', optionsJson(edns)),
    ...cookieJson('responseCookie', edns),
    ...filledList(
      'ede',
      extendedErrors(edns).map(({code, text}) => ({code, text})),
    ),
  };
};

const askedJson = ({id, questions}: DnsMessage): JsonObject => {
  const [question] = questions;
  return {
    id,
    qname: question ? nameText(question.name) : '',
    qtype: question ? typeName(question.type) : '',
  };
};

const transactionJson = (transaction: DnsTransaction): JsonObject => {
  const {query, response, transport, client, server, queryFrame, responseFrame} = transaction;
  const edns = ednsOf(query);
  return {
    ...askedJson(query),
    ...saidJson(response),
    ...{rd: query.flags.rd, cd: query.flags.cd, do: edns?.doBit ?? false},
    ...{transport, client, server, queryFrame, responseFrame: responseFrame ?? null},
    edns: edns !== undefined,
    ...(edns && {udpSize: edns.udpSize}),
    ...filledList('queryOptions', optionsJson(edns)),
    ...cookieJson('queryCookie', edns),
    ...(transaction.odd.length > 0 && {
      oddReplies: transaction.odd.map(({kind, frame, from, to, count}) => ({kind, frame, from, to, count})),
    }),
  };
};

const unaskedJson = ({response, transport, client, server, frame}: UnaskedReply): JsonObject => ({
  ...askedJson(response),
  ...saidJson(response),
  ...{transport, client, server, queryFrame: null, responseFrame: frame, edns: null},
});

type Heard = {readonly dns: readonly DnsTransaction[]; readonly unasked: readonly UnaskedReply[]};

/** An entry for each question, and for each reply that nobody waited for, in the order of the frames. */
export const dnsEntries = ({dns, unasked}: Heard): readonly (DnsTransaction | UnaskedReply)[] =>
  [...dns, ...unasked].sort((a, b) => firstFrame(a) - firstFrame(b));

const firstFrame = (entry: DnsTransaction | UnaskedReply): number =>
  'frame' in entry ? entry.frame : entry.queryFrame;

export const dnsJson = (entry: DnsTransaction | UnaskedReply): JsonObject =>
  'frame' in entry ? unaskedJson(entry) : transactionJson(entry);
