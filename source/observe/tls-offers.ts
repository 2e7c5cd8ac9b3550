// What a hello offers beside versions and suites, what a server asks for and shows, and how the two end, as far as it is to be seen.
import {extensionType, extensionValue} from '../wire/tls/extension-list.ts';
import type {ClientHello} from '../wire/tls/hello.ts';
import {AlertDescription, ExtensionType, HandshakeType, isGrease} from '../wire/tls/registry.ts';
import type {Side, Streams} from './connections.ts';
import {isGreaseName} from './tls-hellos.ts';
import {certificateMessage} from './tls-messages.ts';
import type {TlsSession} from './tls-sessions.ts';

/** Numbers as on the wire. */
export type TlsOffers = {
  /** Of the last ClientHello. */
  readonly suitesOffered: readonly number[];
  readonly groupsOffered: readonly number[];
  readonly keyShares: readonly number[];
  /** Octets of the key shares of the group that was agreed on, the client's first; 0: there is none. */
  readonly shareBytes: readonly [number, number];
  /** Reserved values stand among what it offers (RFC 8701). */
  readonly grease: boolean;
  /** Length of each ClientHello, its header of four octets included. */
  readonly clientHelloBytes: readonly number[];
  /** So many segments the first ClientHello took; 0: there is none. */
  readonly helloSegments: number;
  readonly certificateRequested: boolean;
  readonly ocspRequested: boolean;
  readonly ocspStapled: boolean;
  /** Certificate transparency: the server showed signed timestamps (RFC 6962 §3.3). */
  readonly timestamps: boolean;
  /** The hello hides another one (RFC 9849), or looks as if it did. */
  readonly hidden: boolean;
  readonly keyUpdates: number;
  /** Who said so, in order. */
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

/** Extensions of the server's own certificate, which are TLS 1.3's (RFC 9846 §4.5.2). */
const certificateTypes = ({messages}: TlsSession<Streams>): readonly number[] => {
  const shown = certificateMessage(messages, 1);
  if (!shown || !('certificateList' in shown)) return [];
  const {certificateList}: Extended = shown;
  return (certificateList[0]?.extensions ?? []).map(extensionType);
};

const recordHeader = 5;

/** Its record is the first thing that the client says. */
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
