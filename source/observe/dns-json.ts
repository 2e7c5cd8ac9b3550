// Writes the DNS messages of a capture as JSON, in the format of the reference captures' side files.
import {unescapedName} from '../wire/dns/display.ts';
import {type Edns, ednsOf, extendedErrors, fullRcode} from '../wire/dns/edns.ts';
import type {DnsMessage, DnsQuestion, DnsRecord, RData} from '../wire/dns/message.ts';
import {rootName} from '../wire/dns/name.ts';
import {secondsText} from '../wire/dns/record-text.ts';
import {
  EdnsOption,
  ednsOptionName,
  Opcode,
  opcodeName,
  RecordType,
  rcodeName,
  svcKeyName,
  typeName,
} from '../wire/dns/registry.ts';
import {svcValue} from '../wire/dns/svc-value.ts';
import {octetsOf} from '../wire/octets.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {questionOf} from './dns-question.ts';
import type {DnsTransaction, DnsTransport, OddReply, UnaskedReply} from './dns-transactions.ts';

/** Returns a DNS name as text without its final dot; the root is written as one dot. */
const nameText = (name: string): string => (name === rootName ? '.' : unescapedName(name));

type SecurityData = Extract<RData, {readonly kind: 'RRSIG' | 'DNSKEY' | 'DS' | 'NSEC' | 'NSEC3'}>;

/** Returns the JSON data of a DNSSEC record, without keys and signatures. */
const securityJson = (data: SecurityData) => {
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

const dataJson = (data: RData) => {
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
      const params = data.params.map((param) => [svcKeyName(param.key), svcValue(param)] as const);
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

const recordJson = ({name, type, ttl, data}: DnsRecord) =>
  Object.assign({name: nameText(name), type: typeName(type), ttl}, dataJson(data));

const recordsJson = (records: readonly DnsRecord[]) =>
  records.filter(({type}) => type !== RecordType.OPT).map(recordJson);

/** The JSON entry of a DNS message while its properties are added. Spreading its parts together would take five times the memory. */
type Entry = Begun & {
  opcode?: string;
  responseOptions?: readonly string[];
  responseCookie?: Cookie;
  ede?: readonly {readonly code: number; readonly text: string}[];
  queryOptions?: readonly string[];
  queryCookie?: Cookie;
};

type Begun = ReturnType<typeof answered>;
type Cookie = {readonly client: string; readonly server: string | null};

/**
 * Returns the EDNS cookie of a DNS message: the client's 8 octets, and the server's that follow (RFC 7873 §4); undefined if there is none.
 */
const cookieOf = (edns: Edns | undefined): Cookie | undefined => {
  const cookie = edns?.options.find(({code}) => code === EdnsOption.COOKIE)?.data;
  return cookie === undefined
    ? undefined
    : {client: cookie.slice(0, clientCookieDigits), server: cookie.slice(clientCookieDigits) || null};
};

const clientCookieDigits = 16;

const optionsJson = (edns: Edns | undefined): readonly string[] =>
  (edns?.options ?? []).map(({code}) => ednsOptionName(code));

const answered = (id: number, question: DnsQuestion | undefined, response: DnsMessage | undefined) => ({
  id,
  qname: question ? nameText(question.name) : '',
  qtype: question ? typeName(question.type) : '',
  rcode: response ? rcodeName(fullRcode(response)) : null,
  answers: recordsJson(response?.answers ?? []),
  ra: response?.flags.ra ?? false,
  aa: response?.flags.aa ?? false,
  tc: response?.flags.tc ?? false,
  ad: response?.flags.ad ?? false,
  authority: recordsJson(response?.authorities ?? []),
  additional: recordsJson(response?.additionals ?? []),
});

/**
 * Returns the JSON entry of a DNS query with its response, as far as it is made alike for a lone reply; `response` is undefined if none
 * came.
 */
const begunEntry = (message: DnsMessage, response: DnsMessage | undefined): Entry => {
  const edns = response && ednsOf(response);
  const entry: Entry = answered(message.id, questionOf(message), response);
  if (message.opcode !== Opcode.QUERY) entry.opcode = opcodeName(message.opcode);
  const [options, cookie] = [optionsJson(edns), cookieOf(edns)];
  const ede = extendedErrors(edns).map(({code, text}) => ({code, text}));
  if (options.length > 0) entry.responseOptions = options;
  if (cookie) entry.responseCookie = cookie;
  if (ede.length > 0) entry.ede = ede;
  return entry;
};

const oddJson = ({kind, frame, from, to, count}: OddReply) => ({kind, frame, from, to, count});

type Asked = Entry & {
  rd: boolean;
  cd: boolean;
  do: boolean;
  transport: DnsTransport;
  client: string;
  server: string;
  queryFrame: number;
  responseFrame: number | null;
  edns: boolean;
  udpSize?: number;
  oddReplies?: readonly ReturnType<typeof oddJson>[];
};

const transactionJson = (transaction: DnsTransaction): Asked => {
  const {query, transport, client, server, queryFrame, responseFrame, odd} = transaction;
  const edns = ednsOf(query);
  const entry: Asked = Object.assign(begunEntry(query, transaction.response), {
    rd: query.flags.rd,
    cd: query.flags.cd,
    do: edns?.doBit ?? false,
    transport,
    client,
    server,
    queryFrame,
    responseFrame: responseFrame ?? null,
    edns: edns !== undefined,
  });
  if (edns) entry.udpSize = edns.udpSize;
  const [options, cookie] = [optionsJson(edns), cookieOf(edns)];
  if (options.length > 0) entry.queryOptions = options;
  if (cookie) entry.queryCookie = cookie;
  if (odd.length > 0) entry.oddReplies = odd.map(oddJson);
  return entry;
};

const unaskedJson = ({response, transport, client, server, frame}: UnaskedReply) => ({
  ...begunEntry(response, response),
  ...{transport, client, server, queryFrame: null, responseFrame: frame, edns: null},
});

type Heard = {readonly dns: readonly DnsTransaction[]; readonly unasked: readonly UnaskedReply[]};

/** Returns all DNS transactions and all replies that answer no question, in the order of their first frames. */
export const dnsEntries = ({dns, unasked}: Heard): readonly (DnsTransaction | UnaskedReply)[] =>
  [...dns, ...unasked].sort((a, b) => firstFrame(a) - firstFrame(b));

const firstFrame = (entry: DnsTransaction | UnaskedReply): number =>
  'frame' in entry ? entry.frame : entry.queryFrame;

export const dnsJson = (entry: DnsTransaction | UnaskedReply) =>
  'frame' in entry ? unaskedJson(entry) : transactionJson(entry);
