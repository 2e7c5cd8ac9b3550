// What a capture holds as one value for programs: the shape of the side files of the reference captures, which cli.md makes a
// contract. Names of TLS and marks of TCP are Wireshark's.
import {ednsOf} from '../wire/dns/edns.ts';
import type {DnsRecord, RData} from '../wire/dns/message.ts';
import {labelOctets, labelsOf, rootName} from '../wire/dns/name.ts';
import {RecordType, rcodeName, typeName} from '../wire/dns/registry.ts';
import {combinedValue, fieldValues} from '../wire/http/fields.ts';
import {octetsOf} from '../wire/octets.ts';
import type {CaptureReader} from '../wire/pcap/reader.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {alertName, groupName, versionName} from '../wire/tls/registry.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {type CaptureInspector, endpointText} from './capture-inspector.ts';
import type {Side} from './connections.ts';
import type {DnsTransaction} from './dns-transactions.ts';
import type {HttpTransaction} from './http-transactions.ts';
import type {ObservedConnection} from './observed-connection.ts';
import type {OpeningOptions} from './seen-segment.ts';
import type {CapturedTls} from './tls-captured.ts';
import {transferOf} from './transfer-limits.ts';

/** What the file says about itself. Snap length and precision are told of the classic format. */
export type FileFacts = {
  readonly format: 'pcap' | 'pcapng';
  readonly byteOrder: 'little' | 'big';
  /** Of the first interface; undefined: the file has none. */
  readonly linkType: number | undefined;
  readonly timestampPrecision: 'micro' | 'nano';
  readonly snapLength: number;
};

export const fileFacts = ({header, interfaces, format}: CaptureReader): FileFacts => ({
  format: format ?? 'pcap',
  byteOrder: header?.endian ?? 'little',
  timestampPrecision: header?.nanoseconds ? 'nano' : 'micro',
  linkType: interfaces[0]?.linkType,
  snapLength: interfaces[0]?.snapLength ?? 0,
});

type Json = null | boolean | number | string | readonly Json[] | {readonly [name: string]: Json};
type JsonObject = {readonly [name: string]: Json};

/** tcpdump.org/linktypes.html. */
const linkTypeNames: ReadonlyMap<number, string> = new Map([
  [0, 'NULL'],
  [1, 'EN10MB'],
  [101, 'RAW'],
  [108, 'LOOP'],
  [113, 'LINUX_SLL'],
  [228, 'IPV4'],
  [229, 'IPV6'],
  [276, 'LINUX_SLL2'],
]);

/** Its number where it has no name; the empty string where the file has no interface. */
export const linkTypeName = (linkType: number | undefined): string =>
  linkType === undefined ? '' : (linkTypeNames.get(linkType) ?? String(linkType));

const otherSide = (side: Side): Side => (side === 0 ? 1 : 0);

const optionsJson = (options: OpeningOptions | undefined): Json =>
  options
    ? {
        mss: options.mss ?? null,
        windowScale: options.windowScale ?? null,
        sackPermitted: options.sackPermitted,
        timestamps: options.timestamps,
      }
    : null;

/** Said where one end went on after the other's FIN, or the other never closed. */
const halfCloseOf = (connection: ObservedConnection): JsonObject => {
  const {course, client} = connection;
  const by = course.firstFin;
  if (by === undefined || course.closing(client) === 'simultaneous') return {};
  const bytesAfterFin = connection.half(otherSide(by)).afterFin;
  const lonely = course.finFrame(otherSide(by)) === 0;
  if (bytesAfterFin === 0 && !lonely) return {};
  return {halfClose: {by: by === client ? 'client' : 'server', bytesAfterFin}};
};

/** In which waits a direction lost time, the strongest limit first. */
const transferJson = (connection: ObservedConnection, side: Side): Json => {
  const {pace, payloadBytes} = connection.half(side);
  const transfer = transferOf(pace, payloadBytes);
  if (!transfer) return null;
  return {
    seconds: transfer.us / 1e6,
    bitsPerSecond: transfer.bitsPerSecond,
    limitedBy: transfer.limits.map(({by, wait: {us, count, frame}}) => ({
      by,
      seconds: us / 1e6,
      count,
      frame,
    })),
  };
};

/** Beyond the side files: when, how long, how fast, and what held it back. */
const timingJson = (connection: ObservedConnection): JsonObject => {
  const {client, firstUs, lastUs} = connection;
  return {
    startSeconds: firstUs / 1e6,
    durationSeconds: (lastUs - firstUs) / 1e6,
    clientToServer: transferJson(connection, client),
    serverToClient: transferJson(connection, otherSide(client)),
  };
};

const connectionJson = (connection: ObservedConnection): JsonObject => {
  const {client, course, counts, ends} = connection;
  const server = otherSide(client);
  const states = course.states();
  return {
    client: endpointText(ends[client]),
    server: endpointText(ends[server]),
    clientIsn: course.isn(client) ?? null,
    serverIsn: course.isn(server) ?? null,
    opening: course.opening(client),
    closing: course.closing(client),
    finalStates: {client: states[client] ?? null, server: states[server] ?? null},
    packets: counts.packets,
    retransmissions: counts.retransmissions,
    fastRetransmissions: counts.fastRetransmissions,
    duplicateAcks: counts.duplicateAcks,
    zeroWindow: counts.zeroWindow,
    outOfOrder: counts.outOfOrder,
    zeroWindowProbes: counts.zeroWindowProbes,
    keepAlives: counts.keepAlives,
    resentSegments: counts.resent,
    sackAcks: counts.sackAcks,
    bytesClientToServer: connection.half(client).payloadBytes,
    bytesServerToClient: connection.half(server).payloadBytes,
    finSegments: counts.fin,
    rstSegments: counts.rst,
    synSegments: counts.syn,
    synAckSegments: counts.synAck,
    clientOptions: optionsJson(connection.half(client).options),
    serverOptions: optionsJson(connection.half(server).options),
    ...halfCloseOf(connection),
    ...(course.timeWaitEndedByReset && {timeWaitEndedByReset: true}),
    timing: timingJson(connection),
  };
};

/** Without the final dot; the root is one. */
const nameText = (name: string): string => {
  if (name === rootName) return '.';
  // Nothing is escaped, so nothing needs to be put together from octets.
  if (!name.includes('\\')) return name.slice(0, -1);
  return labelsOf(name)
    .map((label) => decodeUtf8(labelOctets(label)))
    .join('.');
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
    case 'OPT':
      return {data: ''};
    case 'raw':
      return {data: data.octets};
  }
};

const recordsJson = (records: readonly DnsRecord[]): Json =>
  records
    .filter(({type}) => type !== RecordType.OPT)
    .map(({name, type, ttl, data}) => ({name: nameText(name), type: typeName(type), ttl, ...dataJson(data)}));

const dnsJson = (transaction: DnsTransaction): JsonObject => {
  const {query, response, transport, client, server, queryFrame, responseFrame} = transaction;
  const [question] = query.questions;
  return {
    id: query.id,
    qname: question ? nameText(question.name) : '',
    qtype: question ? typeName(question.type) : '',
    rcode: response ? rcodeName(response.rcode) : null,
    answers: recordsJson(response?.answers ?? []),
    rd: query.flags.rd,
    ra: response?.flags.ra ?? false,
    aa: response?.flags.aa ?? false,
    tc: response?.flags.tc ?? false,
    transport,
    client,
    server,
    queryFrame,
    responseFrame: responseFrame ?? null,
    edns: ednsOf(query) !== undefined,
    authority: recordsJson(response?.authorities ?? []),
    additional: recordsJson(response?.additionals ?? []),
    ...(transaction.odd.length > 0 && {
      oddReplies: transaction.odd.map(({kind, frame, from, to, count}) => ({kind, frame, from, to, count})),
    }),
  };
};

const present = (name: string, value: string | undefined): JsonObject =>
  value === undefined ? {} : {[name]: value};

const responseJson = ({response, interim}: HttpTransaction): JsonObject => {
  if (response?.frame === undefined) return {status: null};
  const {start, fields} = response.head;
  const field = (name: string): string | undefined => combinedValue(fields, name);
  const [length] = fieldValues(fields, 'Content-Length').flatMap((value) => value.split(','));
  return {
    status: start.status,
    ...(interim.length > 0 && {interim}),
    responseVersion: start.version,
    responseFrame: response.frame,
    setCookie: fieldValues(fields, 'Set-Cookie'),
    ...(length !== undefined && {contentLength: Number(length)}),
    ...present('transferEncoding', field('Transfer-Encoding')),
    ...present('contentType', field('Content-Type')),
    ...present('location', field('Location')),
    ...present('connection', field('Connection')),
  };
};

type Placed = {readonly stream: number; readonly transaction: HttpTransaction};

const httpJson = ({stream, transaction}: Placed): JsonObject => {
  const {request} = transaction;
  const {start, fields} = request.head;
  return {
    stream,
    method: start.method,
    target: start.target,
    host: combinedValue(fields, 'Host') ?? null,
    version: start.version,
    requestFrame: request.frame ?? null,
    ...present('cookie', combinedValue(fields, 'Cookie')),
    ...(request.contentBytes > 0 && {requestBodyBytes: request.contentBytes}),
    ...responseJson(transaction),
  };
};

/** What a strict reader would refuse, on plain connections and inside TLS. */
const faultsJson = ({connections, tls}: Shown): readonly Json[] =>
  [
    ...connections.map(({id, streams}) => ({id, faults: streams?.httpFaults ?? []})),
    ...tls.map(({observed: {id}, httpFaults}) => ({id, faults: httpFaults})),
  ].flatMap(({id, faults}) => faults.map((fault): JsonObject => ({stream: id - 1, ...fault})));

/** `end_of_early_data` → `End of Early Data`. */
const titled = (name: string, whole: ReadonlyMap<string, string>): string =>
  whole.get(name) ??
  name
    .split('_')
    .map((word) => capitals.get(word) ?? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ');

const capitals: ReadonlyMap<string, string> = new Map([
  ['of', 'of'],
  ['ca', 'CA'],
  ['mac', 'MAC'],
  ['psk', 'PSK'],
  ['ech', 'ECH'],
]);

/** What Wireshark writes otherwise; a ServerHello that asks for another ClientHello is a ServerHello on the wire. */
const messageNames: ReadonlyMap<string, string> = new Map([
  ['hello_retry_request', 'Server Hello'],
  ['certificate_url', 'Client Certificate URL'],
]);
const alertNames: ReadonlyMap<string, string> = new Map([
  ['no_application_protocol', 'No application Protocol'],
]);

const levelName = (level: number): string => {
  if (level === 1) return 'Warning (1)';
  return level === 2 ? 'Fatal (2)' : `Unknown (${level})`;
};

const nameOf = (value: number | undefined, name: (value: number) => string): Json =>
  value === undefined ? null : name(value);

const tlsJson = ({observed, session}: CapturedTls): JsonObject => {
  return {
    stream: observed.id - 1,
    version: nameOf(session?.version, versionName),
    cipherSuite: nameOf(session?.suite, cipherSuiteName),
    sni: session?.serverName ?? null,
    alpn: session?.alpn ?? null,
    alpnOffered: session?.alpnOffered ?? [],
    versionsOffered: (session?.versionsOffered ?? []).map(versionName),
    handshake: (session?.messages ?? []).map(({frame, name}) => ({
      frame,
      message: titled(name, messageNames),
    })),
    alerts: (session?.alerts ?? []).map(({frame, level, description}) => ({
      frame,
      level: levelName(level),
      description: `${titled(alertName(description), alertNames)} (${description})`,
    })),
    ...(session?.group !== undefined && {group: groupName(session.group)}),
    sessionResumed: session?.resumed ?? null,
    helloRetryRequest: session?.retried ?? false,
    ...(session?.hello && {earlyDataOffered: session.earlyDataOffered, pskOffered: session.pskOffered}),
  };
};

const filled = (counts: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

/** Of what is in the file: all of it, or one connection and what was said on it. */
export type Shown = {
  readonly connections: readonly ObservedConnection[];
  readonly dns: readonly DnsTransaction[];
  readonly tls: readonly CapturedTls[];
};

/** Every request that is whole, with the connection that it is on, in the order of the frames. */
const transactionsOf = ({connections, tls}: Shown): readonly Placed[] => {
  const plain = connections.flatMap(({id, streams}) =>
    (streams?.http ?? []).map((transaction) => ({stream: id - 1, transaction})),
  );
  const inside = tls.flatMap(({observed, http}) =>
    http.map((transaction) => ({stream: observed.id - 1, transaction})),
  );
  return [...plain, ...inside]
    .filter(({transaction}) => transaction.request.frame !== undefined)
    .sort((a, b) => (a.transaction.request.frame ?? 0) - (b.transaction.request.frame ?? 0));
};

/** Microseconds cut to milliseconds, in seconds. */
const seconds = (us: number): number => Math.round(us / 1000) / 1000;

/** A list whose entries are made when somebody asks: all at once they may be larger than what they tell. */
export type JsonList = {readonly length: number; readonly entry: (index: number) => Json};

const listOf = <Told>(all: readonly Told[], tell: (told: Told) => Json): JsonList => ({
  length: all.length,
  entry: (index) => {
    const told = all[index];
    return told === undefined ? null : tell(told);
  },
});

type Member = readonly [name: string, value: Json | JsonList];

/** In the order in which they are told. */
export const inspectionMembers = (
  file: FileFacts,
  inspector: CaptureInspector,
  shown: Shown,
): readonly Member[] => {
  const {connections, dns, tls} = shown;
  const {format, byteOrder, linkType, timestampPrecision, snapLength} = file;
  const others = filled(inspector.others);
  const http = transactionsOf(shown);
  const spoken =
    http.length > 0 || connections.some(({streams}) => streams?.expectsHttp || streams?.httpAnswered);
  const [first] = tls;
  const faults = faultsJson(shown);
  const all: readonly (Member | false | undefined)[] = [
    ['format', format],
    ['byteOrder', byteOrder],
    format === 'pcap' && ['timestampPrecision', timestampPrecision],
    ['linkType', linkTypeName(linkType)],
    format === 'pcap' && ['snapLength', snapLength],
    ['packets', inspector.frames],
    ['durationSeconds', seconds(inspector.durationUs)],
    ['connections', listOf(connections, connectionJson)],
    Object.keys(others).length > 0 && ['alsoContains', others],
    dns.length > 0 && ['dns', listOf(dns, dnsJson)],
    spoken && ['http', listOf(http, httpJson)],
    faults.length > 0 && ['httpFaults', faults],
    first && ['tls', tlsJson(first)],
    tls.length > 1 && ['tlsSessions', listOf(tls, tlsJson)],
  ];
  return all.flatMap((member) => (member ? [member] : []));
};

export const isList = (value: Json | JsonList): value is JsonList =>
  value !== null && typeof value === 'object' && typeof Object(value).entry === 'function';
