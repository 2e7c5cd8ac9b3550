// The TLS sessions of a capture that was read in one pass, from the bytes that were kept of each connection and the secrets that are known
// at its end. Only a summary of each session is kept, because there may be thousands.

import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {sameBytes} from '../wire/octets.ts';
import {type Certificate, decodeCertificate, shortName} from '../wire/tls/certificate.ts';
import {altNameText} from '../wire/tls/certificate-extensions.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {isAbout} from '../wire/tls/site-name.ts';
import {endpointText} from './capture-inspector.ts';
import type {Side, Streams, Told} from './connections.ts';
import {DnsStream} from './dns-stream.ts';
import {type DnsTransaction, DnsTransactions, type DnsTransport} from './dns-transactions.ts';
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

/** A summary of a TLS session. Numbers are as on the wire; a field is undefined if nothing was agreed on or it cannot be seen. */
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
    /** The server's own certificate; undefined if it was seen neither in clear nor decrypted. */
    readonly certificate: ShownCertificate | undefined;
    /** True if the client, too, was seen to send a certificate in the TLS handshake. */
    readonly clientCertificate: boolean;
    /** True if the server accepted early data (0-RTT); undefined if there were none or the answer cannot be seen. */
    readonly earlyDataTaken: boolean | undefined;
    /** True if the ClientHello of the session was captured. */
    readonly hello: boolean;
    /** True if the server made the client send another ClientHello, by HelloRetryRequest (RFC 9846 §4.2.4). */
    readonly retried: boolean;
    /** The handshake messages of the TLS session that could be read, in the order of events. */
    readonly messages: readonly Pick<TlsMessage, 'frame' | 'name'>[];
    readonly alerts: readonly Pick<TlsAlert, 'side' | 'frame' | 'level' | 'description'>[];
    /** How many records each side sent, with 0 or 1 octets, to hide the IV of the next record from an attacker (against BEAST). */
    readonly split: readonly {readonly side: 0 | 1; readonly octets: 0 | 1; readonly count: number}[];
    /** True if the TLS session has records that nothing decrypts. */
    readonly closed: boolean;
    /** Why known secrets do not decrypt the TLS records; undefined if they do or there are no secrets. */
    readonly why: TlsClosed['why'] | undefined;
    /** True if some encrypted records of the TLS session were decrypted. */
    readonly opened: boolean;
  };

export type ShownCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** True if the certificate is self-issued: its issuer is its subject. */
  readonly own: boolean;
  readonly notBeforeUs: number;
  readonly notAfterUs: number;
  /** The alternative names in the certificate, such as the sites for which it is valid (RFC 9525 §6.3). */
  readonly names: readonly string[];
  /** True if the certificate names the site that the client asked for (SNI); undefined if it asked for none. */
  readonly fits: boolean | undefined;
};

/**
 * A TLS connection of a capture. `session` is undefined if no TLS session could be read from its bytes; `http` and the other fields are
 * what was inside.
 */
export type CapturedTls = {
  readonly observed: ObservedConnection;
  readonly session: TlsSummary | undefined;
  readonly http: readonly HttpTransaction[];
  readonly httpFaults: readonly HttpFault[];
  readonly http2: Http2Connection | undefined;
  readonly httpInside: HttpInside;
  readonly dns: readonly DnsTransaction[];
};

/** Returns a connection's streams with the client as side 0, whichever end was seen first. */
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

/** The TCP port of DNS over TLS (RFC 7858 §3.1). */
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

/** Reads DNS over TLS, whose messages are framed as over TCP (RFC 7858 §3.3). */
const dnsOverTls = (observed: ObservedConnection, told: readonly Told[]): Inside['dns'] => {
  const halves = [new DnsStream(), new DnsStream()] as const;
  const messages = told.flatMap(({side, piece, event: frame}) =>
    halves[side].take(piece).map((bytes) => ({asks: side === 0, bytes, frame})),
  );
  return paired(observed, 'tls', messages);
};

/** Reads DNS over HTTPS on an HTTP/2 connection, in which each exchange has its own stream (RFC 8484 §4). */
const dnsOverHttps = (observed: ObservedConnection, http2: Http2Connection | undefined): Inside['dns'] => {
  const messages = http2?.streams.flatMap(({dnsMessages}) => dnsMessages) ?? [];
  return paired(
    observed,
    'https',
    messages.toSorted((a, b) => a.frame - b.frame),
  );
};

/**
 * Returns the options of HTTP/2 if both ends agreed on it by ALPN (RFC 9113 §3.2), or, if the agreement was not seen, if the client's bytes
 * begin like it; undefined otherwise.
 */
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
  const said = new HttpConversation(http2Inside(session.alpn, told), observed.streams?.reading);
  for (const {side, piece, event} of told) said.take(side, piece, event);
  const {ambiguous, unrequested, websocket, isSpontaneous} = said;
  return {
    ...nothingInside,
    ...{http: said.http, httpFaults: said.faults, http2: said.http2},
    dns: dnsOverHttps(observed, said.http2),
    httpInside: {ambiguous, unrequested, websocket, isSpontaneous},
  };
};

/** A decoded certificate, with what is shown of it to all clients alike. */
type ReadCertificate = {readonly certificate: Certificate; readonly shown: Omit<ShownCertificate, 'fits'>};

const readCertificate = (octets: Uint8Array): ReadCertificate | undefined => {
  const read = decodeCertificate(octets);
  if (!read.ok) return undefined;
  const {subject, issuer, subjectOctets, issuerOctets, notBeforeUs, notAfterUs, extensions} = read.value;
  const shown = {
    ...{subject: shortName(subject), issuer: shortName(issuer), notBeforeUs, notAfterUs},
    own: sameBytes(subjectOctets, issuerOctets),
    names: (extensions.subjectAltNames ?? []).map(altNameText),
  };
  return {certificate: read.value, shown};
};

/** Decodes certificates. A server sends the same one to all clients, so the last few decoded ones are remembered. */
class RecentCertificates {
  readonly #recent: {readonly octets: Uint8Array; readonly read: ReadCertificate | undefined}[] = [];

  read(octets: Uint8Array): ReadCertificate | undefined {
    const known = this.#recent.find((each) => sameBytes(each.octets, octets));
    if (known) return known.read;
    const read = readCertificate(octets);
    this.#recent.push({octets, read});
    if (this.#recent.length > mostCertificates) this.#recent.shift();
    return read;
  }
}

const mostCertificates = 32;

const certificateIn = (
  certificates: readonly Uint8Array[],
  serverName: string | undefined,
  recent: RecentCertificates,
): ShownCertificate | undefined => {
  const [own] = certificates;
  const read = own && recent.read(own);
  if (!read) return undefined;
  const {subject, issuer, own: isOwn, notBeforeUs, notAfterUs, names} = read.shown;
  const fits = serverName === undefined ? undefined : isAbout(read.certificate, serverName);
  return {subject, issuer, own: isOwn, notBeforeUs, notAfterUs, names, fits};
};

/**
 * Counts split records against BEAST. Before TLS 1.1, the IV of a CBC record is the end of the previous one; so a sender puts an empty
 * record, whose MAC nobody can predict, before the data, or sends the first octet in its own record.
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
  const {resumed, pskOffered, earlyDataOffered, hellos, certificates} = session;
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
    certificate: certificateIn(certificates[1], serverName, recent),
    clientCertificate: certificates[0].length > 0,
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

/** Returns what was read of the connections that speak TLS, in their order; `keys` are undefined if nothing can be decrypted. */
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

/** A connection that contains HTTP, in clear or inside TLS; `client` is the side of the client in `said`. */
type Speaking = {
  readonly observed: ObservedConnection;
  readonly client: Side;
  readonly said: Pick<CapturedTls, 'http' | 'httpFaults' | 'http2' | 'httpInside'>;
};

/** Returns the connections whose streams contain HTTP: first those in clear, then those in TLS, each in the order of the connections. */
export const speakingHttp = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Speaking[] => {
  const speaking: Speaking[] = [];
  for (const observed of connections) {
    const {streams} = observed;
    if (streams && streams.httpInside !== nothingOfHttp)
      speaking.push({observed, client: observed.client, said: streams});
  }
  for (const said of tls)
    if (said.httpInside !== nothingOfHttp) speaking.push({observed: said.observed, client: 0, said});
  return speaking;
};
