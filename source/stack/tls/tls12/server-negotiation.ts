// Chooses cipher suite, certificate, group and signature scheme for a TLS 1.2 ClientHello (RFC 5246 §7.4.1, RFC 8422 §5.1).
import {err, ok, type Result} from '../../../wire/result.ts';
import {CipherSuite} from '../../../wire/tls/cipher-suites.ts';
import {extensionValue} from '../../../wire/tls/extension-list.ts';
import type {ClientHello} from '../../../wire/tls/hello.ts';
import {EcPointFormat, NamedGroup, ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {AgreementGroup, CryptoPort, KeyKind} from '../crypto-port.ts';
import {type Fault, fault} from '../fault.ts';
import {agreementGroup} from '../groups.ts';
import {hostOf, protocolOf} from '../server-negotiation.ts';
import type {TlsCredential, TlsServerSettings} from '../settings.ts';
import {schemeFor12} from './server-signature.ts';
import {type Suite12, suite12} from './suite.ts';
import {clientVersions} from './version.ts';

/** The group, signature scheme and key that a TLS 1.2 server uses for ServerKeyExchange. */
export type Ecdhe = {
  readonly group: number;
  readonly known: AgreementGroup;
  readonly scheme: number;
  readonly key: KeyKind;
};

export type Choice = {
  readonly suite: Suite12;
  readonly credential: TlsCredential;
  readonly ecdhe?: Ecdhe;
};

/** The data that a TLS 1.2 server takes from a ClientHello independently of the cipher suite: name, protocol, ticket and signals. */
export type Greeting = {
  readonly serverName?: string;
  readonly alpn?: string;
  readonly extended: boolean;
  /**
   * The TLS 1.2 ticket that the client sent for resumption. It is empty if the client supports tickets but has none yet, and undefined if
   * the client does not support them or the server's settings forbid them.
   */
  readonly ticket: Uint8Array | undefined;
  readonly knowsRenegotiation: boolean;
};

/**
 * Returns the fault if a client signals a retry with a lower version (TLS_FALLBACK_SCSV), although this server supports a higher one (RFC
 * 7507 §3).
 */
const fallbackFault = (settings: TlsServerSettings, hello: ClientHello): Fault | undefined =>
  hello.cipherSuites.includes(CipherSuite.TLS_FALLBACK_SCSV) &&
  Math.max(...settings.versions) > Math.max(...clientVersions(hello))
    ? fault('inappropriate_fallback', '7507:3/fallback')
    : undefined;

const helloFault = (settings: TlsServerSettings, hello: ClientHello): Fault | undefined => {
  const versions = clientVersions(hello);
  if (!versions.includes(ProtocolVersion['TLS 1.2']) || hello.legacyVersion < ProtocolVersion['TLS 1.2'])
    return fault('protocol_version', '5246:E.1/server');
  const fallback = fallbackFault(settings, hello);
  if (fallback) return fallback;
  if (!hello.legacyCompressionMethods.includes(0))
    return fault('illegal_parameter', '5246:7.4.1.2/compression');
  const renegotiated = extensionValue(hello.extensions, 'renegotiation_info');
  return renegotiated && renegotiated.length > 0
    ? fault('handshake_failure', '5746:3.6/renegotiation-info')
    : undefined;
};

export const greetingOf = (settings: TlsServerSettings, hello: ClientHello): Result<Greeting, Fault> => {
  const wrong = helloFault(settings, hello);
  if (wrong) return err(wrong);
  const protocol = protocolOf(hello, settings.alpn);
  if (!protocol.ok) return protocol;
  const {extensions} = hello;
  return ok({
    ...protocol.value,
    ...hostOf(hello),
    extended:
      settings.extendedMasterSecret &&
      extensions?.some(({name}) => name === 'extended_master_secret') === true,
    ticket: settings.sessionTickets ? extensionValue(extensions, 'session_ticket') : undefined,
    knowsRenegotiation:
      extensionValue(extensions, 'renegotiation_info') !== undefined ||
      hello.cipherSuites.includes(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV),
  });
};

/**
 * Returns the parameters of ServerKeyExchange for a kind of key; undefined if the ends have none in common. Without supported_groups the
 * client accepts any group (RFC 8422 §4).
 */
const ecdheOf = ({groups}: TlsServerSettings, {extensions}: ClientHello, key: KeyKind): Ecdhe | undefined => {
  const offered = extensionValue(extensions, 'supported_groups');
  const group = groups.find((id) => agreementGroup(id) && (!offered || offered.includes(id)));
  const known = agreementGroup(group ?? 0);
  const scheme = schemeFor12(key, extensionValue(extensions, 'signature_algorithms') ?? []);
  const formats = extensionValue(extensions, 'ec_point_formats');
  if (group === undefined || !known || scheme === undefined) return undefined;
  return formats && !formats.includes(EcPointFormat.uncompressed) ? undefined : {group, known, scheme, key};
};

/**
 * Tells whether a certificate's key fits a TLS 1.2 cipher suite and the client. An EC key has to be on P-256, and the client has to support
 * that curve (RFC 8422 §5.3).
 */
const fits = (key: KeyKind, {certificateKey}: Suite12, {extensions}: ClientHello): boolean => {
  if (key.kind !== certificateKey) return false;
  if (key.kind !== 'ec') return true;
  const curves = extensionValue(extensions, 'supported_groups') ?? [NamedGroup.secp256r1];
  return key.curve === 'secp256r1' && curves.includes(NamedGroup.secp256r1);
};

/**
 * Chooses the TLS 1.2 cipher suite, credential and ECDHE parameters; the first suite in the server's order counts for which there is a
 * suitable certificate and group. Undefined if there is none.
 */
export const choiceOf = (
  crypto: CryptoPort,
  settings: TlsServerSettings,
  hello: ClientHello,
): Choice | undefined => {
  const keys = settings.credentials.flatMap((credential) => {
    const [own] = credential.chain;
    const key = own && crypto.certificateKey(own)?.key;
    return key ? [{credential, key}] : [];
  });
  for (const id of settings.cipherSuites) {
    const suite = hello.cipherSuites.includes(id) ? suite12(id) : undefined;
    const own = suite && keys.find(({key}) => fits(key, suite, hello));
    if (!suite || !own) continue;
    const {credential, key} = own;
    if (suite.keyExchange === 'rsa') return {suite, credential};
    const ecdhe = ecdheOf(settings, hello, key);
    if (ecdhe) return {suite, credential, ecdhe};
  }
  return undefined;
};
