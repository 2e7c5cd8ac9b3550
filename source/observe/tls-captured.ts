// The TLS sessions of a capture that was read in one pass: from the bytes that were kept of each connection, with the secrets
// that are there at its end. Of each what is told of it stays, not the session: there may be thousands.

import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {sameBytes} from '../wire/octets.ts';
import {decodeCertificate, shortName} from '../wire/tls/certificate.ts';
import {altNameText} from '../wire/tls/certificate-extensions.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {isAbout} from '../wire/tls/site-name.ts';
import {endpointText} from './capture-inspector.ts';
import type {Side, Streams, Told} from './connections.ts';
import {DnsStream, type DnsTransaction, DnsTransactions, type DnsTransport} from './dns-transactions.ts';
import {beginsHttp2} from './first-octets.ts';
import {HttpConversation, type HttpInside, nothingOfHttp} from './http-conversation.ts';
import type {HttpFault} from './http-faults.ts';
import type {HttpTransaction} from './http-transactions.ts';
import type {Http2Connection, Http2Options} from './http2-connection.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {firstBytesOf} from './stream-bytes.ts';
import type {TlsClosed} from './tls-contents.ts';
import type {TlsAlert, TlsMessage} from './tls-messages.ts';
import {offersOf, type TlsOffers} from './tls-offers.ts';
import {earlyDataTaken, programBytesOf} from './tls-plaintext.ts';
import {type TlsSession, tlsSessionOn} from './tls-sessions.ts';

/** Numbers as on the wire; undefined: not agreed on, or not to be seen. */
export type TlsSummary = Pick<
  TlsSession,
  | 'version'
  | 'suite'
  | 'group'
  | 'serverName'
  | 'alpn'
  | 'alpnOffered'
  | 'versionsOffered'
  | 'resumed'
  | 'pskOffered'
  | 'earlyDataOffered'
> &
  TlsOffers & {
    /** The server's own, where it was seen in clear or opened. */
    readonly certificate: ShownCertificate | undefined;
    /** The client showed one, too. */
    readonly clientCertificate: boolean;
    /** undefined: there were no early data, or the server's answer cannot be seen. */
    readonly earlyDataTaken: boolean | undefined;
    /** The client's hello was captured. */
    readonly hello: boolean;
    /** The server had the client try again (RFC 9846 §4.2.4). */
    readonly retried: boolean;
    /** In the order of events. */
    readonly messages: readonly Pick<TlsMessage, 'frame' | 'name'>[];
    readonly alerts: readonly Pick<TlsAlert, 'side' | 'frame' | 'level' | 'description'>[];
    /** By side: how many records hid the IV of the next one, and how many octets each held. */
    readonly split: readonly {readonly side: 0 | 1; readonly octets: 0 | 1; readonly count: number}[];
    /** There are records that nothing opens. */
    readonly closed: boolean;
    /** Why secrets do not open them; undefined: there are none. */
    readonly why: TlsClosed['why'] | undefined;
    /** There are such as were opened. */
    readonly opened: boolean;
  };

export type ShownCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** It names itself as its issuer. */
  readonly own: boolean;
  readonly notBeforeUs: number;
  readonly notAfterUs: number;
  /** The sites that it names (RFC 9525 §6.3). */
  readonly names: readonly string[];
  /** It names the site that the client asked for; undefined: it asked for none. */
  readonly fits: boolean | undefined;
};

/** `session` undefined: on TLS's port, and not TLS from its beginning. `http`: what was inside. */
export type CapturedTls = {
  readonly observed: ObservedConnection;
  readonly session: TlsSummary | undefined;
  readonly http: readonly HttpTransaction[];
  readonly httpFaults: readonly HttpFault[];
  readonly http2: Http2Connection | undefined;
  readonly httpInside: HttpInside;
  readonly dns: readonly DnsTransaction[];
};

/** With the client as side 0, whoever was seen first. */
const streamsOf = ({client, streams}: ObservedConnection): Streams => {
  const seen: readonly Told[] = streams?.told ?? [];
  const told = client === 0 ? seen : seen.map((each) => ({...each, side: each.side === 0 ? 1 : 0}) as const);
  return {sent: told, arrived: told};
};

type Inside = Pick<CapturedTls, 'http' | 'httpFaults' | 'http2' | 'httpInside' | 'dns'>;

const nothingInside: Inside = {
  ...{http: [], httpFaults: [], http2: undefined, dns: []},
  httpInside: nothingOfHttp,
};

/** RFC 7858 §3.1 */
const dnsOverTlsPort = 853;

type DnsInside = {readonly asks: boolean; readonly bytes: Uint8Array; readonly frame: number};

const paired = (
  {ends, client, streams}: ObservedConnection,
  transport: DnsTransport,
  messages: readonly DnsInside[],
): Inside['dns'] => {
  const names = ends.map(endpointText);
  const [near = '', far = ''] = client === 0 ? names : names.toReversed();
  const dns = new DnsTransactions();
  for (const {asks, bytes, frame} of messages) {
    const [from, to] = asks ? [near, far] : [far, near];
    dns.take(bytes, {transport, from, to, frame, atUs: streams?.times.get(frame) ?? 0});
  }
  return dns.all;
};

/** RFC 7858 §3.3: as over TCP. */
const dnsOverTls = (observed: ObservedConnection, told: readonly Told[]): Inside['dns'] => {
  const halves = [new DnsStream(), new DnsStream()] as const;
  const messages = told.flatMap(({side, piece, event: frame}) =>
    halves[side].take(piece).map((bytes) => ({asks: side === 0, bytes, frame})),
  );
  return paired(observed, 'tls', messages);
};

/** RFC 8484 §4: each exchange in a stream of its own. */
const dnsOverHttps = (observed: ObservedConnection, http2: Http2Connection | undefined): Inside['dns'] => {
  const messages = http2?.streams.flatMap(({dnsMessages}) => dnsMessages) ?? [];
  return paired(
    observed,
    'https',
    messages.toSorted((a, b) => a.frame - b.frame),
  );
};

/** As both have agreed by ALPN (RFC 9113 §3.2); where nobody saw that, as the client begins. */
const http2Inside = (alpn: string | undefined, told: readonly Told[]): Http2Options | undefined => {
  const first = firstBytesOf(told, 0);
  const begins = first !== undefined && beginsHttp2(first);
  return alpn === 'h2' || (alpn === undefined && begins) ? {start: 'alpn', client: 0} : undefined;
};

const inside = (observed: ObservedConnection, session: TlsSession<Streams>): Inside => {
  const told = programBytesOf(session);
  if (!told) return nothingInside;
  const isDns = session.alpn === 'dot' || observed.ends.some(({port}) => port === dnsOverTlsPort);
  if (isDns) return {...nothingInside, dns: dnsOverTls(observed, told)};
  const said = new HttpConversation(http2Inside(session.alpn, told));
  for (const {side, piece, event} of told) said.take(side, piece, event);
  const {ambiguous, unrequested, websocket} = said;
  return {
    ...nothingInside,
    ...{http: said.http, httpFaults: said.faults, http2: said.http2},
    dns: dnsOverHttps(observed, said.http2),
    httpInside: {ambiguous, unrequested, websocket},
  };
};

/** A server shows the same one to everybody: it is read once, as long as no more than these lie between. */
class RecentCertificates {
  readonly #recent: {readonly octets: Uint8Array; readonly read: ReturnType<typeof decodeCertificate>}[] = [];

  read(octets: Uint8Array): ReturnType<typeof decodeCertificate> {
    const known = this.#recent.find((each) => sameBytes(each.octets, octets));
    if (known) return known.read;
    const read = decodeCertificate(octets);
    this.#recent.push({octets, read});
    if (this.#recent.length > mostCertificates) this.#recent.shift();
    return read;
  }
}

const mostCertificates = 32;

const certificateIn = (
  {certificates, serverName}: TlsSession<Streams>,
  recent: RecentCertificates,
): ShownCertificate | undefined => {
  const [own] = certificates[1];
  const read = own && recent.read(own);
  if (!read?.ok) return undefined;
  const {subject, issuer, subjectOctets, issuerOctets, notBeforeUs, notAfterUs, extensions} = read.value;
  return {
    ...{subject: shortName(subject), issuer: shortName(issuer), notBeforeUs, notAfterUs},
    own: sameBytes(subjectOctets, issuerOctets),
    names: (extensions.subjectAltNames ?? []).map(altNameText),
    fits: serverName === undefined ? undefined : isAbout(read.value, serverName),
  };
};

/**
 * Before TLS 1.1 the IV of a record is the end of the one before. Against that (BEAST) an empty record goes before the data, whose MAC
 * nobody can tell in advance, or the first octet has one of its own.
 */
const splitIn = ({version, suite, contents}: TlsSession<Streams>): TlsSummary['split'] => {
  const isChained = version !== undefined && version < ProtocolVersion['TLS 1.1'];
  if (!isChained || suite === undefined || !cipherSuiteName(suite).includes('_CBC_')) return [];
  return ([0, 1] as const).flatMap((side) => {
    const sizes = contents.flatMap(({seen, type, content}) =>
      seen.side === side && type === ContentType.application_data ? [content?.length ?? -1] : [],
    );
    return ([0, 1] as const).flatMap((octets) => {
      const count = sizes.filter((size, index) => size === octets && (sizes[index + 1] ?? 0) > 0).length;
      return count > 0 ? [{side, octets, count}] : [];
    });
  });
};

const summaryOf = (session: TlsSession<Streams>, recent: RecentCertificates): TlsSummary => {
  const {version, suite, group, serverName, alpn, alpnOffered, versionsOffered} = session;
  const {resumed, pskOffered, earlyDataOffered, hellos} = session;
  return {
    version,
    suite,
    group,
    serverName,
    alpn,
    alpnOffered,
    versionsOffered,
    resumed,
    pskOffered,
    earlyDataOffered,
    earlyDataTaken: earlyDataTaken(session),
    certificate: certificateIn(session, recent),
    clientCertificate: session.certificates[0].length > 0,
    ...offersOf(session),
    hello: hellos.client !== undefined,
    retried: hellos.retry !== undefined,
    messages: session.messages.map(({frame, name}) => ({frame, name})),
    alerts: session.alerts.map(({side, frame, level, description}) => ({
      side,
      frame,
      level,
      description,
    })),
    split: splitIn(session),
    closed: session.contents.some(({content}) => content === undefined),
    why: session.closed[0]?.why,
    opened: session.contents.some(({encrypted, content}) => encrypted && content !== undefined),
  };
};

/** In the order of the connections. */
export const capturedTls = (
  connections: readonly ObservedConnection[],
  keys: TlsKeys | undefined,
): readonly CapturedTls[] => {
  const recent = new RecentCertificates();
  return connections.flatMap((observed): readonly CapturedTls[] => {
    if (observed.streams?.spoken !== 'tls' && !observed.streams?.unclearTls) return [];
    const session = tlsSessionOn(streamsOf(observed), keys);
    if (!session) return [{observed, session: undefined, ...nothingInside}];
    return [{observed, session: summaryOf(session, recent), ...inside(observed, session)}];
  });
};

/** Who speaks HTTP: in clear, or inside TLS, where the client is side 0. */
type Speaking = {
  readonly observed: ObservedConnection;
  readonly client: Side;
  readonly said: Pick<CapturedTls, 'http' | 'httpFaults' | 'http2' | 'httpInside'>;
};

/** Those in clear first, each in the order of the connections. */
export const speakingHttp = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Speaking[] => [
  ...connections.flatMap((observed) =>
    observed.streams ? [{observed, client: observed.client, said: observed.streams}] : [],
  ),
  ...tls.map((said) => ({observed: said.observed, client: 0 as const, said})),
];
