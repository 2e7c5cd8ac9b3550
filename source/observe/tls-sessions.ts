// TLS on the connections of a Trace: what was agreed on, said and refused, as far as it can be seen or opened.

import type {Trace} from '../sim/trace.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {readUint} from '../wire/octets.ts';
import {oncePer} from '../wire/once-per.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {extensionValue} from '../wire/tls/extension-list.ts';
import {sameSecrets} from '../wire/tls/key-log.ts';
import {ContentType, HandshakeType, ProtocolVersion} from '../wire/tls/registry.ts';
import {type Connection, connectionsIn, type Side, type Streams} from './connections.ts';
import {type TlsClosed, type TlsContent, tlsContentsOf} from './tls-contents.ts';
import {type Hellos, hellosIn, protocolsIn, serverNameIn, versionOf, versionsOffered} from './tls-hellos.ts';
import {type TlsAlert, type TlsMessage, tlsToldIn} from './tls-messages.ts';
import {type RecordStop, tlsRecordsOf} from './tls-records.ts';

/** Numbers as on the wire; undefined: not agreed on, or not to be seen. */
export type TlsSession<C extends Streams = Connection> = {
  readonly connection: C;
  readonly hellos: Hellos;
  readonly version: number | undefined;
  readonly suite: number | undefined;
  readonly group: number | undefined;
  readonly serverName: string | undefined;
  /** What the server chose: of TLS 1.3 only with the secrets. */
  readonly alpn: string | undefined;
  readonly alpnOffered: readonly string[];
  readonly versionsOffered: readonly number[];
  readonly resumed: boolean | undefined;
  readonly pskOffered: boolean;
  readonly earlyDataOffered: boolean;
  /** Of each side, its own certificate first, DER. */
  readonly certificates: readonly [readonly Uint8Array[], readonly Uint8Array[]];
  readonly messages: readonly TlsMessage[];
  readonly alerts: readonly TlsAlert[];
  /** Octets of a message that the records before a content began, where there are any. */
  readonly heldBefore: ReadonlyMap<TlsContent, Uint8Array>;
  readonly contents: readonly TlsContent[];
  readonly closed: readonly TlsClosed[];
  readonly stopped: readonly [RecordStop | undefined, RecordStop | undefined];
};

const certificatesOf = (messages: readonly TlsMessage[], side: Side): readonly Uint8Array[] => {
  const first = messages.find((each) => each.side === side && each.message?.type === 'certificate')?.message;
  if (first?.type !== 'certificate') return [];
  return 'certificates' in first.body
    ? first.body.certificates
    : first.body.certificateList.map(({certData}) => certData);
};

/** The server goes on with a session where it skips its own flight (RFC 5246 §7.3, RFC 5077 §3.4); TLS 1.3 names the PSK. */
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

/** Its key exchange begins with a curve, in TLS 1.1 as in 1.2 (RFC 8422 §5.4). */
const isEllipticSuite = (suite: number): boolean => /_ECDHE?_/.test(cipherSuiteName(suite));

const groupOf = ({server}: Hellos, messages: readonly TlsMessage[]): number | undefined => {
  const share = server && extensionValue(server.extensions, 'key_share');
  if (share) return share.group;
  const exchange = messages.find(({name}) => name === 'server_key_exchange')?.bytes;
  const isNamed = exchange?.[handshakeHeader] === namedCurve && isEllipticSuite(server?.cipherSuite ?? 0);
  return isNamed ? readUint(exchange, handshakeHeader + 1, 2) : undefined;
};

/** TLS 1.3 hides it in EncryptedExtensions. */
const alpnOf = ({server}: Hellos, messages: readonly TlsMessage[]): string | undefined => {
  const hidden = messages.find(({name}) => name === 'encrypted_extensions')?.message;
  const names =
    hidden?.type === 'encrypted_extensions'
      ? extensionValue(hidden.body.extensions, 'application_layer_protocol_negotiation')
      : extensionValue(server?.extensions, 'application_layer_protocol_negotiation');
  return protocolsIn(names)[0];
};

type Way = 'sent' | 'arrived';

const contentsOn = (connection: Streams, keys: TlsKeys | undefined, way: Way) => {
  const cut = tlsRecordsOf(connection[way]);
  if (!cut) return undefined;
  const hellos = hellosIn(cut.records);
  return {hellos, stopped: cut.stopped, ...tlsContentsOf(cut.records, hellos, keys)};
};

/** undefined: it does not begin with TLS. */
export const tlsSessionOn = <C extends Streams>(
  connection: C,
  keys: TlsKeys | undefined,
): TlsSession<C> | undefined => {
  const read = contentsOn(connection, keys, 'sent');
  if (!read) return undefined;
  const {hellos, contents, closed, stopped} = read;
  const {client, server} = hellos;
  const version = server && versionOf(server);
  const {messages, alerts, heldBefore} = tlsToldIn(contents, version);
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

/** What the records have brought to the other end: of a simulated run not always what was sent. */
export const tlsArrivedOn = (trace: Trace, {connection, contents}: TlsSession): readonly TlsContent[] => {
  if (trace.stateAt(0) !== undefined) return contentsOn(connection, trace.tls, 'arrived')?.contents ?? [];
  return contents.map((each) => {
    const sent = trace.event(each.seen.event);
    const event =
      ('packet' in sent && sent.packet ? trace.packet(sent.packet).endEvent : undefined) ?? sent.n;
    return {...each, seen: {...each.seen, event}};
  });
};

type Read = {readonly keys: TlsKeys | undefined; readonly session: TlsSession | undefined};
const known = new WeakMap<Connection, Read>();

/** Other keys open nothing else of it: they have the same secrets of its hello. */
const openAlike = ({keys, session}: Read, others: TlsKeys | undefined): boolean => {
  if (keys === others || session === undefined) return true;
  const random = session.hellos.client?.random;
  if (random === undefined || keys === undefined || others === undefined) return false;
  return sameSecrets(keys.log, others.log, random);
};

/** A connection on which nothing has happened since, and of which no secret has come, is not read again. */
const sessionOn = (connection: Connection, keys: TlsKeys | undefined): TlsSession | undefined => {
  const before = known.get(connection);
  if (before && openAlike(before, keys)) return before.session;
  const session = tlsSessionOn(connection, keys);
  known.set(connection, {keys, session});
  return session;
};

/** One for each connection that begins with TLS, in their order; read once. */
export const tlsSessionsIn = oncePer((trace: Trace): readonly TlsSession[] =>
  connectionsIn(trace).all.flatMap((connection) => sessionOn(connection, trace.tls) ?? []),
);

const byConnection = oncePer(
  (trace: Trace): ReadonlyMap<Connection, TlsSession> =>
    new Map(tlsSessionsIn(trace).map((each) => [each.connection, each])),
);

/** undefined: the connection does not begin with TLS. */
export const tlsSessionOf = (trace: Trace, connection: Connection): TlsSession | undefined =>
  byConnection(trace).get(connection);
