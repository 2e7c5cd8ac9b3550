// Collects what a ClientHello offers besides versions, which certificate extras were asked for and sent, and which sides sent close_notify.
import {extensionType, extensionValue} from '../wire/tls/extension-list.ts';
import type {ClientHello} from '../wire/tls/hello.ts';
import {AlertDescription, ExtensionType, HandshakeType, isGrease, NamedGroup} from '../wire/tls/registry.ts';
import type {Side, Streams} from './connections.ts';
import {isGreaseName} from './tls-hellos.ts';
import {certificateMessage} from './tls-messages.ts';
import type {TlsSession} from './tls-sessions.ts';

/** Holds what the hellos of a TLS session offer, and what its other messages show; numbers such as suites and groups are as on the wire. */
export type TlsOffers = {
  /**
   * True if the last ClientHello offers cipher suites and groups that nearly every server accepts, so that a handshake_failure has another
   * cause than a lack of common ones.
   */
  readonly offersUsual: boolean;
  readonly groupsOffered: readonly number[];
  readonly keyShares: readonly number[];
  /** The length in octets of the key shares for the agreed group: the client's, then the server's; 0 if there is none. */
  readonly shareBytes: readonly [number, number];
  /** True if the last ClientHello contains GREASE values (RFC 8701). */
  readonly grease: boolean;
  /** The length of each ClientHello, including its header of four octets. */
  readonly clientHelloBytes: readonly number[];
  /** The number of TCP segments that carried the first ClientHello; 0 if there is none. */
  readonly helloSegments: number;
  readonly certificateRequested: boolean;
  readonly ocspRequested: boolean;
  readonly ocspStapled: boolean;
  /** True if the server sent signed certificate timestamps (Certificate Transparency, RFC 6962 §3.3). */
  readonly timestamps: boolean;
  /** True if the last ClientHello has the encrypted_client_hello extension: it hides another hello (RFC 9849), or looks as if it did. */
  readonly hidden: boolean;
  readonly keyUpdates: number;
  /** The sides that sent a close_notify alert, in order; a side is 0 (client) or 1 (server). */
  readonly closeNotify: readonly Side[];
};

/** The usual suites: ECDHE with AES-GCM or ChaCha20, for servers with an ECDSA key and for those with an RSA key. */
const usualSuites: readonly (readonly number[])[] = [
  [0xc02b, 0xc02c, 0xcca9],
  [0xc02f, 0xc030, 0xcca8],
];
const usualGroups: readonly number[] = [NamedGroup.x25519, NamedGroup.secp256r1];

const offersUsual = (suites: readonly number[], groups: readonly number[]): boolean =>
  usualSuites.every((some) => some.some((suite) => suites.includes(suite))) &&
  usualGroups.some((group) => groups.includes(group));

const typesOf = (extensions: ClientHello['extensions']): readonly number[] =>
  (extensions ?? []).map(extensionType);

/** Tells whether a ClientHello contains GREASE values; `types` are the types of its extensions. */
const hasGrease = ({extensions, cipherSuites}: ClientHello, types: readonly number[]): boolean =>
  cipherSuites.some(isGrease) ||
  types.some(isGrease) ||
  extensionValue(extensions, 'supported_groups')?.some(isGrease) === true ||
  extensionValue(extensions, 'supported_versions')?.some(isGrease) === true ||
  extensionValue(extensions, 'signature_algorithms')?.some(isGrease) === true ||
  extensionValue(extensions, 'key_share')?.some(({group}) => isGrease(group)) === true ||
  extensionValue(extensions, 'application_layer_protocol_negotiation')?.some(isGreaseName) === true;

type Extended = {readonly certificateList: readonly {readonly extensions: readonly Extension[]}[]};
type Extension = Parameters<typeof extensionType>[0];

/** Returns the extension types on the server's own certificate; only a Certificate message of TLS 1.3 has them (RFC 9846 §4.5.2). */
const certificateTypes = ({messages}: TlsSession<Streams>): readonly number[] => {
  const shown = certificateMessage(messages, 1);
  if (!shown || !('certificateList' in shown)) return [];
  const {certificateList}: Extended = shown;
  return (certificateList[0]?.extensions ?? []).map(extensionType);
};

const recordHeader = 5;

/** Returns how many TCP segments carried the record of a ClientHello, which begins the client's stream. */
const helloSegments = ({connection: {sent}}: TlsSession<Streams>, hello: Uint8Array | undefined): number => {
  const end = hello ? recordHeader + hello.length : 0;
  return sent.filter(({side, piece}) => side === 0 && piece.kind === 'bytes' && piece.start < end).length;
};

const shareBytes = ({hellos, group}: TlsSession<Streams>): TlsOffers['shareBytes'] => {
  const offered = extensionValue(hellos.client?.extensions, 'key_share') ?? [];
  const chosen = extensionValue(hellos.server?.extensions, 'key_share');
  const own = offered.find((share) => share.group === group);
  return [own?.keyExchange.length ?? 0, chosen?.keyExchange.length ?? 0];
};

export const offersOf = (session: TlsSession<Streams>): TlsOffers => {
  const {hellos, messages, alerts} = session;
  const extensions = hellos.client?.extensions;
  const types = typesOf(extensions);
  const groupsOffered = extensionValue(extensions, 'supported_groups') ?? [];
  const has = (type: number) => messages.some(({bytes}) => bytes[0] === type);
  const helloes = messages.filter(({bytes}) => bytes[0] === HandshakeType.client_hello);
  const shown = certificateTypes(session);
  const timestamps = ExtensionType.signed_certificate_timestamp;
  return {
    offersUsual: hellos.client !== undefined && offersUsual(hellos.client.cipherSuites, groupsOffered),
    groupsOffered,
    keyShares: (extensionValue(extensions, 'key_share') ?? []).map(({group}) => group),
    shareBytes: shareBytes(session),
    grease: hellos.client !== undefined && hasGrease(hellos.client, types),
    clientHelloBytes: helloes.map(({bytes}) => bytes.length),
    helloSegments: helloSegments(session, helloes[0]?.bytes),
    certificateRequested: has(HandshakeType.certificate_request),
    ocspRequested: types.includes(ExtensionType.status_request),
    ocspStapled: has(HandshakeType.certificate_status) || shown.includes(ExtensionType.status_request),
    timestamps:
      shown.includes(timestamps) ||
      hellos.server?.extensions?.some((each) => extensionType(each) === timestamps) === true,
    hidden: types.includes(ExtensionType.encrypted_client_hello),
    keyUpdates: messages.reduce((sum, {bytes}) => sum + (bytes[0] === HandshakeType.key_update ? 1 : 0), 0),
    closeNotify: alerts
      .filter(({description}) => description === AlertDescription.close_notify)
      .map(({side}) => side),
  };
};
