// Writes the contents of a capture as one JSON value: the format of `inspect --json` and of the files that accompany the reference
// captures. Names of TLS fields and TCP marks are Wireshark's.
import type {CaptureReader} from '../wire/pcap/reader.ts';
import {type CaptureInspector, endpointText} from './capture-inspector.ts';
import {other, type Side} from './connections.ts';
import {dnsEntries, dnsJson} from './dns-json.ts';
import type {DnsTransaction, UnaskedReply} from './dns-transactions.ts';
import {ambiguousJson, httpJson, type Placed, websocketJson} from './http-json.ts';
import {http2FaultsJson, http2Json, http2On} from './http2-json.ts';
import {http3Json, http3On} from './http3-json.ts';
import type {IcmpError} from './icmp-stories.ts';
import {filled, type Json, type JsonObject, type OutcomeJson} from './json-value.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {type CapturedQuic, withDnsOf} from './quic-captured.ts';
import {quicJson} from './quic-json.ts';
import type {OpeningOptions} from './seen-segment.ts';
import {type CapturedTls, speakingHttp} from './tls-captured.ts';
import {tlsJson} from './tls-json.ts';
import {transferOf} from './transfer-limits.ts';

const arpJson = ({arp}: CaptureInspector) =>
  arp.requests + arp.replies === 0
    ? undefined
    : {
        ...{requests: arp.requests, replies: arp.replies, gratuitous: arp.gratuitous, probes: arp.probes},
        unanswered: arp.unanswered,
      };

const icmpJson = ({icmp}: CaptureInspector, judged: Judged | undefined) =>
  icmp.counts.size === 0
    ? undefined
    : {
        messages: Object.fromEntries(icmp.counts),
        errors: icmp.errors.map((error) => {
          const {frame, from, meaning, mtu} = error;
          const about = judged?.icmpAbout(error);
          return {...{frame, from, meaning}, ...(mtu !== undefined && {mtu}), ...(about && {about})};
        }),
      };

/** The header facts of a capture file: format, byte order, link type, timestamp precision and snap length. */
export type FileFacts = {
  readonly format: 'pcap' | 'pcapng';
  readonly byteOrder: 'little' | 'big';
  /** The link type of the capture file's first interface; undefined if the file has none. */
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

/** The names of link types of captures, by number (tcpdump.org/linktypes.html). */
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

/** Returns the name of a link type: its number if it has no name, and the empty string if the file has no interface. */
export const linkTypeName = (linkType: number | undefined): string =>
  linkType === undefined ? '' : (linkTypeNames.get(linkType) ?? String(linkType));

const optionsJson = (options: OpeningOptions | undefined) =>
  options
    ? {
        mss: options.mss ?? null,
        windowScale: options.windowScale ?? null,
        sackPermitted: options.sackPermitted,
        timestamps: options.timestamps,
      }
    : null;

/**
 * Returns the JSON of a half-closed connection: which end closed first and how much the other end sent after that; undefined if the other
 * end closed at once.
 */
const halfCloseOf = (connection: ObservedConnection) => {
  const {course, client} = connection;
  const by = course.firstFin;
  if (by === undefined || course.finsCrossed) return undefined;
  const bytesAfterFin = connection.half(other(by)).afterFin;
  const lonely = course.finFrame(other(by)) === 0;
  if (bytesAfterFin === 0 && !lonely) return undefined;
  return {by: by === client ? 'client' : 'server', bytesAfterFin} as const;
};

/** Returns the JSON of one direction's throughput: what limited it and how long, the strongest limit first. */
const transferJson = (connection: ObservedConnection, side: Side) => {
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

/**
 * Returns the timing of a connection as JSON, which the reference files lack: when it began, how long it took, how fast it was, and what
 * limited it.
 */
const timingJson = (connection: ObservedConnection) => {
  const {client, firstUs, lastUs} = connection;
  return {
    startSeconds: firstUs / 1e6,
    durationSeconds: (lastUs - firstUs) / 1e6,
    clientToServer: transferJson(connection, client),
    serverToClient: transferJson(connection, other(client)),
  };
};

const connectionJson = (connection: ObservedConnection) => {
  const {client, course, counts, ends} = connection;
  const server = other(client);
  const states = course.states();
  const halfClose = halfCloseOf(connection);
  const isn = (side: Side): number | null => course.isn(side) ?? null;
  return {
    client: endpointText(ends[client]),
    server: endpointText(ends[server]),
    clientIsn: isn(client),
    serverIsn: isn(server),
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
    ...(halfClose && {halfClose}),
    ...(course.timeWaitEndedByReset && {timeWaitEndedByReset: true}),
    timing: timingJson(connection),
  };
};

/** Returns the JSON of the HTTP/1 faults that a strict parser would refuse, on plain connections and inside TLS. */
const faultsJson = ({connections, tls}: Shown) =>
  speakingHttp(connections, tls).flatMap(({observed: {id}, said}) =>
    said.httpFaults.map((fault) => ({stream: id - 1, ...fault})),
  );

/** The part of a capture that is written as JSON: all of it, or one connection and what was sent on it. */
export type Shown = {
  readonly connections: readonly ObservedConnection[];
  readonly dns: readonly DnsTransaction[];
  readonly unasked: readonly UnaskedReply[];
  readonly tls: readonly CapturedTls[];
  readonly quic?: readonly CapturedQuic[];
};

export const allShown = (
  {connections, dns}: CaptureInspector,
  tls: readonly CapturedTls[],
  quic: readonly CapturedQuic[] = [],
): Shown => ({
  ...{connections, unasked: dns.unasked, tls, quic},
  dns: withDnsOf(quic, [...dns.all, ...tls.flatMap((each) => each.dns)]),
});

/** Returns every complete HTTP request with the index of its connection, in the order of the frames that complete them. */
const transactionsOf = ({connections, tls}: Shown): readonly Placed[] =>
  speakingHttp(connections, tls)
    .flatMap(({observed: {id}, said}) => said.http.map((transaction) => ({stream: id - 1, transaction})))
    .filter(({transaction}) => transaction.request.frame !== undefined)
    .sort((a, b) => (a.transaction.request.frame ?? 0) - (b.transaction.request.frame ?? 0));

/** Returns microseconds as seconds, rounded to milliseconds. */
const seconds = (us: number): number => Math.round(us / 1000) / 1000;

/** A JSON list whose entries are made only when somebody asks, because all entries at once may take more memory than the capture. */
export type JsonList<Entry = Json> = {
  readonly length: number;
  readonly entry: (index: number) => Entry | null;
};

export const listOf = <Told, Entry>(all: readonly Told[], tell: (told: Told) => Entry): JsonList<Entry> => ({
  length: all.length,
  entry: (index) => {
    const told = all[index];
    return told === undefined ? null : tell(told);
  },
});

/** Returns the JSON members for ambiguous HTTP requests and for WebSockets. */
const insideMembers = ({connections, tls}: Shown) => {
  const speaking = speakingHttp(connections, tls);
  const ambiguous = speaking.flatMap(({observed, said}) => ambiguousJson(observed, said.httpInside));
  const sockets = speaking.flatMap(({observed, said, client}) =>
    websocketJson(observed, said.httpInside, client),
  );
  return {
    ...(ambiguous.length > 0 && {ambiguousRequests: ambiguous}),
    ...(sockets.length > 0 && {websocket: sockets}),
  };
};

/** Returns the JSON members for ARP, ICMP and DHCP. */
const networkMembers = (inspector: CaptureInspector, judged: Judged | undefined) => {
  const {dhcp} = inspector;
  const [arp, icmp] = [arpJson(inspector), icmpJson(inspector, judged)];
  return {
    ...(arp && {arp}),
    ...(icmp && {icmp}),
    ...(dhcp.length > 0 && {dhcp: listOf(dhcp, (each) => ({...each}))}),
  };
};

/**
 * The judgements on a capture for its JSON: the findings, the verdict on the whole and on each connection by its number, the conversations
 * other than TCP, and what ICMP errors are about.
 */
export type Judged = {
  readonly whole: JsonObject;
  readonly findings: JsonList;
  readonly verdict: (connection: number) => Json;
  readonly outcome: (connection: ObservedConnection) => OutcomeJson;
  readonly conversations: JsonList;
  readonly icmpAbout: (error: IcmpError) => JsonObject;
};

/** Returns a connection as JSON, with the verdict on it and its outcome. One object is spread first, because V8 is slow at adding members to one. */
const judgedJson = (
  connection: ObservedConnection,
  judged: Judged | undefined,
): ReturnType<typeof connectionJson> & {
  readonly number?: number;
  readonly verdict?: Json;
  readonly outcome?: OutcomeJson;
} => {
  const json = connectionJson(connection);
  if (!judged) return json;
  const {id} = connection;
  return {...json, number: id, verdict: judged.verdict(id), outcome: judged.outcome(connection)};
};

/** Returns the members of the inspection's JSON in the order in which they are written. */
const members = (file: FileFacts, inspector: CaptureInspector, shown: Shown, judged?: Judged) => {
  const {connections, tls, quic = []} = shown;
  const dns = dnsEntries(shown);
  const {format, byteOrder, linkType, timestampPrecision, snapLength} = file;
  const others = filled(inspector.others);
  const http = transactionsOf(shown);
  const spoken =
    http.length > 0 || connections.some(({streams}) => streams?.expectsHttp || streams?.httpAnswered);
  const [first] = tls;
  const faults = faultsJson(shown);
  const http2 = http2On(connections, tls);
  const http2Faults = http2.flatMap(http2FaultsJson);
  const http3 = http3On(quic);
  return {
    ...{format, byteOrder},
    ...(format === 'pcap' && {timestampPrecision}),
    linkType: linkTypeName(linkType),
    ...(format === 'pcap' && {snapLength}),
    packets: inspector.frames,
    durationSeconds: seconds(inspector.durationUs),
    ...(inspector.unfollowed > 0 && {unfollowed: inspector.unfollowed}),
    ...(judged && {verdict: judged.whole, findings: judged.findings}),
    connections: listOf(connections, (each) => judgedJson(each, judged)),
    ...(judged && {conversations: judged.conversations}),
    ...(Object.keys(others).length > 0 && {alsoContains: others}),
    ...(dns.length > 0 && {dns: listOf(dns, dnsJson)}),
    ...(spoken && {http: listOf(http, httpJson)}),
    ...(faults.length > 0 && {httpFaults: faults}),
    ...insideMembers(shown),
    ...(http2.length > 0 && {http2: listOf(http2, http2Json)}),
    ...(http2Faults.length > 0 && {http2Faults}),
    ...(first && {tls: tlsJson(first)}),
    ...(tls.length > 1 && {tlsSessions: listOf(tls, tlsJson)}),
    ...(quic.length > 0 && {quic: listOf(quic, ({connection}) => quicJson(connection))}),
    ...(http3.length > 0 && {http3: listOf(http3, http3Json)}),
    ...networkMembers(inspector, judged),
  };
};

type Told = Parameters<typeof members>;

export const inspectionMembers = (...told: Told) => Object.entries<Json | JsonList>(members(...told));

export const isList = (value: Json | JsonList): value is JsonList =>
  value !== null && typeof value === 'object' && typeof Object(value).entry === 'function';

type InFull<Value> = Value extends JsonList<infer Entry> ? readonly Entry[] : Value;

type Whole<Members> = {
  readonly [name in keyof Members]: InFull<Members[name]>;
};

/** Returns the whole inspection of a capture as one JSON object, with all list entries made. */
export const inspection = (...told: Told): Whole<ReturnType<typeof members>> => {
  const whole = inspectionMembers(...told).map(([name, value]): readonly unknown[] => [
    name,
    isList(value) ? Array.from({length: value.length}, (_, at) => value.entry(at)) : value,
  ]);
  return Object.fromEntries(whole);
};
