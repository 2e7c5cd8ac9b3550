// Collects what a ClientHello offers besides versions, which certificate extras were asked for and sent, and which sides sent close_notify.
import {extensionType, extensionValue} from '../wire/tls/extension-list.ts';
import type {ClientHello} from '../wire/tls/hello.ts';
import {AlertDescription, ExtensionType, HandshakeType, isGrease} from '../wire/tls/registry.ts';
import type {Side, Streams} from './connections.ts';
import {isGreaseName} from './tls-hellos.ts';
import {certificateMessage} from './tls-messages.ts';
import type {TlsSession} from './tls-sessions.ts';

/** Holds what the hellos of a TLS session offer, and what its other messages show; numbers such as suites and groups are as on the wire. */
export type TlsOffers = {
  /** The cipher suites that the last ClientHello offers. */
  readonly suitesOffered: readonly number[];
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

const typesOf = (extensions: ClientHello['extensions']): readonly number[] =>
  (extensions ?? []).map(extensionType);

const hasGrease = (hello: ClientHello): boolean => {
  const {extensions, cipherSuites} = hello;
  const numbers = [
    ...cipherSuites,
    ...typesOf(extensions),
    ...(extensionValue(extensions, 'supported_groups') ?? []),
    ...(extensionValue(extensions, 'supported_versions') ?? []),
    ...(extensionValue(extensions, 'signature_algorithms') ?? []),
    ...(extensionValue(extensions, 'key_share') ?? []).map(({group}) => group),
  ];
  const names = extensionValue(extensions, 'application_layer_protocol_negotiation') ?? [];
  return numbers.some(isGrease) || names.some(isGreaseName);
};

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
  const ofType = (type: number) => messages.filter(({bytes}) => bytes[0] === type);
  const helloes = ofType(HandshakeType.client_hello);
  const shown = [...certificateTypes(session), ...(hellos.server?.extensions ?? []).map(extensionType)];
  return {
    suitesOffered: hellos.client?.cipherSuites ?? [],
    groupsOffered: extensionValue(extensions, 'supported_groups') ?? [],
    keyShares: (extensionValue(extensions, 'key_share') ?? []).map(({group}) => group),
    shareBytes: shareBytes(session),
    grease: hellos.client !== undefined && hasGrease(hellos.client),
    clientHelloBytes: helloes.map(({bytes}) => bytes.length),
    helloSegments: helloSegments(session, helloes[0]?.bytes),
    certificateRequested: ofType(HandshakeType.certificate_request).length > 0,
    ocspRequested: typesOf(extensions).includes(ExtensionType.status_request),
    ocspStapled:
      ofType(HandshakeType.certificate_status).length > 0 ||
      certificateTypes(session).includes(ExtensionType.status_request),
    timestamps: shown.includes(ExtensionType.signed_certificate_timestamp),
    hidden: typesOf(extensions).includes(ExtensionType.encrypted_client_hello),
    keyUpdates: ofType(HandshakeType.key_update).length,
    closeNotify: alerts
      .filter(({description}) => description === AlertDescription.close_notify)
      .map(({side}) => side),
  };
};
