// The TLS sessions on the connections of a Trace: what was agreed on, sent and refused, as far as it can be seen or decrypted.

import type {Trace} from '../sim/trace.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {readUint} from '../wire/octets.ts';
import {oncePer} from '../wire/once-per.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {extensionValue} from '../wire/tls/extension-list.ts';
import {sameSecrets} from '../wire/tls/key-log.ts';
import {recordHeaderSize} from '../wire/tls/record.ts';
import {ContentType, HandshakeType, ProtocolVersion} from '../wire/tls/registry.ts';
import {type Connection, connectionsIn, type Side, type Streams, type Told} from './connections.ts';
import {lyingIn} from './stream-bytes.ts';
import type {TlsClosed, TlsContent} from './tls-contents.ts';
import {type Hellos, protocolsIn, serverNameIn, versionOf, versionsOffered} from './tls-hellos.ts';
import {certificateMessage, type TlsAlert, type TlsMessage} from './tls-messages.ts';
import {type Look, TlsReader} from './tls-reader.ts';
import type {RecordStop} from './tls-records.ts';

/** A TLS session. Version, suite and group are numbers as on the wire; undefined if nothing was agreed on or it cannot be seen. */
export type TlsSession<C extends Streams = Connection> = {
  readonly connection: C;
  readonly hellos: Hellos;
  readonly version: number | undefined;
  readonly suite: number | undefined;
  readonly group: number | undefined;
  readonly serverName: string | undefined;
  /** The ALPN protocol that the server chose; in TLS 1.3 it is visible only if EncryptedExtensions can be decrypted. */
  readonly alpn: string | undefined;
  readonly alpnOffered: readonly string[];
  readonly versionsOffered: readonly number[];
  readonly resumed: boolean | undefined;
  readonly pskOffered: boolean;
  readonly earlyDataOffered: boolean;
  /** The certificates that each side sent, in DER: the client's, then the server's; a side's own certificate comes first. */
  readonly certificates: readonly [readonly Uint8Array[], readonly Uint8Array[]];
  readonly messages: readonly TlsMessage[];
  readonly alerts: readonly TlsAlert[];
  /** Maps each record content that continues a TLS handshake message to the octets of the message in earlier records. */
  readonly heldBefore: ReadonlyMap<TlsContent, Uint8Array>;
  readonly contents: readonly TlsContent[];
  readonly closed: readonly TlsClosed[];
  readonly stopped: readonly [RecordStop | undefined, RecordStop | undefined];
};

const certificatesOf = (messages: readonly TlsMessage[], side: Side): readonly Uint8Array[] => {
  const shown = certificateMessage(messages, side);
  if (!shown) return [];
  return 'certificates' in shown ? shown.certificates : shown.certificateList.map(({certData}) => certData);
};

/**
 * Tells whether a TLS session was resumed: up to TLS 1.2 the server changes keys without a ServerHelloDone (RFC 5246 §7.3, RFC 5077 §3.4);
 * in TLS 1.3 its hello selects a PSK.
 */
const isResumed = (
  {server}: Hellos,
  contents: readonly TlsContent[],
  messages: readonly TlsMessage[],
): boolean => {
  if (!server) return false;
  if (versionOf(server) === ProtocolVersion['TLS 1.3'])
    return extensionValue(server.extensions, 'pre_shared_key') !== undefined;
  const change = contents.find(({seen, type}) => seen.side === 1 && type === ContentType.change_cipher_spec);
  const done = messages.some(({side, bytes}) => side === 1 && bytes[0] === HandshakeType.server_hello_done);
  return change !== undefined && !done;
};

const handshakeHeader = 4;
const namedCurve = 3;

/** Tells whether the suite's key exchange uses an elliptic curve, so that ServerKeyExchange begins with the curve (RFC 8422 §5.4). */
const isEllipticSuite = (suite: number): boolean => /_ECDHE?_/.test(cipherSuiteName(suite));

const groupOf = ({server}: Hellos, messages: readonly TlsMessage[]): number | undefined => {
  const share = server && extensionValue(server.extensions, 'key_share');
  if (share) return share.group;
  const exchange = messages.find(({name}) => name === 'server_key_exchange')?.bytes;
  const isNamed = exchange?.[handshakeHeader] === namedCurve && isEllipticSuite(server?.cipherSuite ?? 0);
  return isNamed ? readUint(exchange, handshakeHeader + 1, 2) : undefined;
};

/** Returns the ALPN protocol that was agreed on: from EncryptedExtensions if these can be read (TLS 1.3), else from ServerHello. */
const alpnOf = ({server}: Hellos, messages: readonly TlsMessage[]): string | undefined => {
  const hidden = messages.find(({name}) => name === 'encrypted_extensions')?.message;
  const names =
    hidden?.type === 'encrypted_extensions'
      ? extensionValue(hidden.body.extensions, 'application_layer_protocol_negotiation')
      : extensionValue(server?.extensions, 'application_layer_protocol_negotiation');
  return protocolsIn(names)[0];
};

const nothingBefore = {length: Number.POSITIVE_INFINITY};

/** Reads the TLS of a whole connection that will not grow. */
const readerOf = (told: readonly Told[], keys: TlsKeys | undefined): TlsReader => {
  const reader = new TlsReader(keys, false);
  reader.take(told, nothingBefore);
  return reader;
};

/** Returns the TLS session of a connection; undefined if the connection does not begin with TLS. */
export const tlsSessionOn = <C extends Streams>(
  connection: C,
  keys: TlsKeys | undefined,
  reader = readerOf(connection.sent, keys),
): TlsSession<C> | undefined => {
  if (reader.records.length === 0) return undefined;
  const {hellos, stopped} = reader;
  const {contents, closed} = reader.contents;
  const {messages, alerts, heldBefore} = reader.messages;
  const {client, server} = hellos;
  const version = server && versionOf(server);
  const offers = (name: 'pre_shared_key' | 'early_data'): boolean =>
    hellos.first?.extensions?.some((each) => each.name === name) ?? false;
  const protocols = extensionValue(client?.extensions, 'application_layer_protocol_negotiation');
  return {
    connection,
    hellos,
    version,
    suite: server?.cipherSuite,
    get group() {
      return groupOf(hellos, messages);
    },
    serverName: client && serverNameIn(client),
    alpn: alpnOf(hellos, messages),
    alpnOffered: protocolsIn(protocols),
    versionsOffered: client ? versionsOffered(client) : [],
    resumed: server && isResumed(hellos, contents, messages),
    pskOffered: offers('pre_shared_key'),
    earlyDataOffered: offers('early_data'),
    get certificates() {
      return [certificatesOf(messages, 0), certificatesOf(messages, 1)] as const;
    },
    messages,
    alerts,
    heldBefore,
    contents,
    closed,
    stopped,
  };
};

/** Returns the event at which the packet that completes a captured TLS record arrives. */
export const arrivalIn = (trace: Trace, {seen: {event}}: TlsContent): number => {
  const sent = trace.event(event);
  return ('packet' in sent && sent.packet ? trace.packet(sent.packet).endEvent : undefined) ?? sent.n;
};

/**
 * Returns the TLS contents that reached the other end. In a simulated run they are read from what arrived, which can differ from what was
 * sent.
 */
export const tlsArrivedOn = (trace: Trace, {connection, contents}: TlsSession): readonly TlsContent[] =>
  trace.stateAt(0) === undefined
    ? contents.map((each) => ({...each, seen: {...each.seen, event: arrivalIn(trace, each)}}))
    : readerOf(connection.arrived, trace.tls).contents.contents;

/** A TLS session that was read from a connection, with the keys used and the look at the growing capture at which it was read. */
type Read = {
  readonly keys: TlsKeys | undefined;
  readonly session: TlsSession | undefined;
  readonly reader: TlsReader;
  readonly look: number | undefined;
};

const known = new WeakMap<Connection, Read>();

/** The newest TLS reading of each connection, by the first piece that the connection sent, which stays the same at later looks. */
const newest = new WeakMap<Told, Read>();

/** Tells whether another key log decrypts a session in the same way: it contains the same secrets for the session's client random. */
const openAlike = ({keys, session}: Read, others: TlsKeys | undefined): boolean => {
  if (keys === others || session === undefined) return true;
  const random = session.hellos.client?.random;
  if (random === undefined || keys === undefined || others === undefined) return false;
  return sameSecrets(keys.log, others.log, random);
};

/** An event number below all others: with it as the unchanged part, no earlier reading can be continued. */
const nothingToGoOnFrom = -1;

/**
 * Returns how much of a growing trace is unchanged since the look `before`; nothing that can be continued if there was no such look or it
 * is later than the present one.
 */
export const lookSince = ({growth, length}: Trace, before: number | undefined): Look => ({
  length,
  unchanged:
    growth === undefined || before === undefined || before > growth.look
      ? nothingToGoOnFrom
      : growth.unchangedSince(before),
});

/** Continues the earlier TLS reading of a connection if the trace and keys allow it; otherwise reads the connection anew. */
const goOn = (trace: Trace, {sent}: Connection, before: Read | undefined): TlsReader => {
  const look = lookSince(trace, before?.look);
  const isAlike = before?.keys === trace.tls || (before?.session && openAlike(before, trace.tls));
  const goesOn = before && isAlike && before.reader.takeBack(look);
  const reader = goesOn ? before.reader : new TlsReader(trace.tls, trace.growth !== undefined);
  reader.take(sent, look);
  return reader;
};

/**
 * Returns the TLS session of a connection; undefined if the connection does not begin with TLS. It is read again only if the connection has
 * grown or new secrets are for it.
 */
export const tlsSessionOf = (trace: Trace, connection: Connection): TlsSession | undefined => {
  const {tls: keys, growth} = trace;
  const own = known.get(connection);
  if (own && openAlike(own, keys)) return own.session;
  const [first] = connection.sent;
  const reader = goOn(trace, connection, growth && first && newest.get(first));
  const read = {keys, session: tlsSessionOn(connection, keys, reader), reader, look: growth?.look};
  known.set(connection, read);
  if (first) newest.set(first, read);
  return read.session;
};

/** Returns the TLS sessions of all connections that begin with TLS, in the order of the connections; the result is cached per trace. */
export const tlsSessionsIn = oncePer((trace: Trace): readonly TlsSession[] =>
  connectionsIn(trace).all.flatMap((connection) => tlsSessionOf(trace, connection) ?? []),
);

export const recordEnd = ({seen: {start, record}}: TlsContent): number =>
  start + recordHeaderSize + record.fragment.length;

/** Returns the TLS contents of a session by side, each side in the order of its stream. */
export const contentsOf = oncePer(
  ({contents}: TlsSession): readonly [readonly TlsContent[], readonly TlsContent[]] => {
    const bySide: [TlsContent[], TlsContent[]] = [[], []];
    for (const each of contents) bySide[each.seen.side].push(each);
    return bySide;
  },
);

const ofRecord = [({seen: {start}}: TlsContent) => start, recordEnd] as const;

/** Returns the TLS records of one side that overlap a span of its stream. */
export const recordsWithin = (
  session: TlsSession,
  {side, ...span}: {readonly side: Side; readonly start: number; readonly end: number},
): readonly TlsContent[] => lyingIn(contentsOf(session)[side], span, ofRecord);
