// The client's state WAIT_SH: it reads a ServerHello of TLS 1.2 (RFC 5246 §7.4.1.3), which may resume a session (RFC 5077 §3.4).

import {sameBytes} from '../../../wire/octets.ts';
import {CipherSuite} from '../../../wire/tls/cipher-suites.ts';
import {extensionType, extensionValue} from '../../../wire/tls/extension-list.ts';
import {downgradeIn, type ServerHello} from '../../../wire/tls/hello.ts';
import {ExtensionType, ProtocolVersion} from '../../../wire/tls/registry.ts';
import {protocolOf} from '../client-flight.ts';
import {type Fault, fault} from '../fault.ts';
import type {Offer} from '../offer.ts';
import type {TlsSession12} from '../settings.ts';
import {type ClientTurn, change, enterClient} from '../turn.ts';
import type {ClientProgress} from './phase.ts';
import {withMasterAgain} from './secure.ts';
import {type Suite12, suite12} from './suite.ts';
import {offers13} from './version.ts';

/** The extensions that a ServerHello of TLS 1.2 may contain. */
const answerable: ReadonlySet<number> = new Set([
  ExtensionType.server_name,
  ExtensionType.max_fragment_length,
  ExtensionType.status_request,
  ExtensionType.ec_point_formats,
  ExtensionType.application_layer_protocol_negotiation,
  ExtensionType.extended_master_secret,
  ExtensionType.session_ticket,
  ExtensionType.renegotiation_info,
]);

const has = (hello: ServerHello, name: 'extended_master_secret' | 'session_ticket'): boolean =>
  hello.extensions?.some((one) => one.name === name) === true;

/**
 * Returns the fault if a TLS 1.2 ServerHello has extensions that the client did not offer or that may not be in it (§7.4.1.4). The cipher
 * suite value TLS_EMPTY_RENEGOTIATION_INFO_SCSV offers renegotiation_info (RFC 5746).
 */
const extensionFault = ({hello: asked}: Offer, {extensions = []}: ServerHello): Fault | undefined => {
  const offered = new Set((asked.extensions ?? []).map(extensionType));
  if (asked.cipherSuites.includes(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV))
    offered.add(ExtensionType.renegotiation_info);
  return extensions.map(extensionType).every((type) => offered.has(type) && answerable.has(type))
    ? undefined
    : fault('unsupported_extension', '5246:7.4.1.4/unsolicited');
};

/**
 * Returns the fault unless the ServerHello has an empty renegotiation_info: the server supports secure renegotiation, and this is a first
 * handshake (RFC 5746 §3.4).
 */
const renegotiationFault = ({extensions}: ServerHello): Fault | undefined => {
  const info = extensionValue(extensions, 'renegotiation_info');
  return info?.length === 0 ? undefined : fault('handshake_failure', '5746:3.4/renegotiation-info');
};

const helloFault = (turn: ClientTurn, offer: Offer, hello: ServerHello): Fault | undefined => {
  if (hello.legacyVersion !== ProtocolVersion['TLS 1.2'])
    return fault('protocol_version', '5246:E.1/version');
  if (offers13(turn.settings) && downgradeIn(hello.random))
    return fault('illegal_parameter', '9846:4.2.3/downgrade');
  if (!offer.hello.cipherSuites.includes(hello.cipherSuite) || !suite12(hello.cipherSuite))
    return fault('illegal_parameter', '5246:7.4.1.3/suite');
  if (hello.legacyCompressionMethod !== 0) return fault('illegal_parameter', '5246:7.4.1.3/compression');
  return extensionFault(offer, hello) ?? renegotiationFault(hello);
};

/**
 * Returns the fault if a resumed TLS 1.2 session has another cipher suite than before, or differs in the use of the extended master secret.
 */
const resumptionFault = (session: TlsSession12, suite: Suite12, extended: boolean): Fault | undefined => {
  if (session.suite !== suite.id) return fault('illegal_parameter', '5246:7.4.1.3/resumed-suite');
  return session.extended === extended ? undefined : fault('handshake_failure', '7627:5.3/resumed');
};

const resume = (turn: ClientTurn, progress: ClientProgress, session: TlsSession12): undefined => {
  const resumed = {...progress, agreement: {...progress.agreement, resumed: true}};
  const secured = withMasterAgain(turn, resumed, session.master);
  const state = progress.ticket ? 'WAIT_TICKET' : 'WAIT_CHANGE_CIPHER_SPEC';
  enterClient(turn, {version: 'TLS 1.2', state, secured});
};

export function onServerHello12(
  turn: ClientTurn,
  offer: Offer,
  hello: ServerHello,
  bytes: Uint8Array,
): Fault | undefined {
  const suite = suite12(hello.cipherSuite);
  const wrong = helloFault(turn, offer, hello);
  if (wrong || !suite) return wrong ?? fault('illegal_parameter', '5246:7.4.1.3/suite');
  const names = extensionValue(hello.extensions, 'application_layer_protocol_negotiation');
  const protocol = protocolOf(turn, names);
  if (!protocol.ok) return protocol.error;
  const alpn = protocol.value;
  const {legacySessionId: sent, random: clientRandom} = offer.hello;
  const echoed = sent.length > 0 && sameBytes(hello.legacySessionIdEcho, sent);
  const {session12: session} = offer;
  // Without a ticket the client's session id is random, so a server that echoes it claims to resume a session that does not exist.
  if (echoed && !session) return fault('illegal_parameter', '5246:7.4.1.3/session-id');
  const extended = has(hello, 'extended_master_secret');
  const inner = echoed && session ? resumptionFault(session, suite, extended) : undefined;
  if (inner) return inner;
  const {serverName} = turn.settings;
  const progress: ClientProgress = {
    suite,
    transcript: [...offer.transcript, bytes],
    clientRandom,
    serverRandom: hello.random,
    extended,
    ticket: has(hello, 'session_ticket'),
    offer,
    agreement: {
      version: 'TLS 1.2',
      suite: suite.id,
      resumed: false,
      certificates: [],
      extendedMasterSecret: extended,
      ...(serverName !== undefined && {serverName}),
      ...(alpn !== undefined && {alpn}),
    },
  };
  change(turn, {dropsChangeCipherSpec: false});
  if (echoed && session) return resume(turn, progress, session);
  enterClient(turn, {version: 'TLS 1.2', state: 'WAIT_CERTIFICATE', progress});
  return undefined;
}
