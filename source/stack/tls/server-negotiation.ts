// Chooses version, cipher suite, group, application protocol and signer for a TLS 1.3 ClientHello (RFC 9846 §4.2.1, §4.3).

import {octetText, sameBytes} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {extensionType, extensionValue} from '../../wire/tls/extension-list.ts';
import type {ClientHello, ClientHelloExtension} from '../../wire/tls/hello.ts';
import {ExtensionType, NameType, ProtocolVersion} from '../../wire/tls/registry.ts';
import {type CipherSuite, cipherSuite} from './cipher-suite.ts';
import type {Retried} from './connection.ts';
import type {AgreementGroup} from './crypto-port.ts';
import {type Fault, fault} from './fault.ts';
import {agreementGroup} from './groups.ts';
import type {TlsServerSettings} from './settings.ts';

export type Negotiated = {
  readonly suite: CipherSuite;
  readonly group: number;
  readonly agreement: AgreementGroup;
  /** The client's key share for the chosen group; undefined if the server has to ask for it (HelloRetryRequest). */
  readonly share: Uint8Array | undefined;
  readonly serverName?: string;
  readonly alpn?: string;
};

/**
 * Returns the fault if a ClientHello does not offer TLS 1.3, or offers it with another legacy version or with compression (§4.2.2, §4.3.1);
 * undefined if it has no such fault.
 */
const versionFault = (hello: ClientHello): Fault | undefined => {
  const {legacyVersion, extensions, legacyCompressionMethods} = hello;
  const versions = extensionValue(extensions, 'supported_versions') ?? [];
  if (!versions.includes(ProtocolVersion['TLS 1.3'])) return fault('protocol_version', '9846:4.3.1/server');
  if (legacyVersion !== ProtocolVersion['TLS 1.2'])
    return fault('protocol_version', '9846:4.2.2/legacy-version');
  const [only, ...others] = legacyCompressionMethods;
  return only === 0 && others.length === 0 ? undefined : fault('illegal_parameter', '9846:4.2.2/compression');
};

/**
 * Returns the fault if a TLS 1.3 ClientHello lacks an extension: groups and key shares are always needed, signature algorithms without a
 * PSK, and key exchange modes with one (§9.2).
 */
const missingFault = ({extensions}: ClientHello): Fault | undefined => {
  const has = (name: ClientHelloExtension['name']) => extensions?.some((one) => one.name === name) === true;
  if (!has('supported_groups') || !has('key_share')) return fault('missing_extension', '9846:9.2/key-share');
  if (!has('pre_shared_key') && !has('signature_algorithms'))
    return fault('missing_extension', '9846:9.2/signature-algorithms');
  if (has('pre_shared_key') && !has('psk_key_exchange_modes'))
    return fault('missing_extension', '9846:4.3.9/modes');
  return undefined;
};

/** Returns the fault if a ClientHello has two key shares for one group, or a share for a group that it does not offer (§4.3.8). */
const sharesFault = ({extensions}: ClientHello): Fault | undefined => {
  const groups = extensionValue(extensions, 'supported_groups') ?? [];
  const shared = (extensionValue(extensions, 'key_share') ?? []).map(({group}) => group);
  if (new Set(shared).size < shared.length) return fault('illegal_parameter', '9846:4.3.8/twice');
  return shared.every((group) => groups.includes(group))
    ? undefined
    : fault('illegal_parameter', '9846:4.3.8/share');
};

/** The extensions that may differ between the first and second ClientHello (§4.2.2). */
const changeable: ReadonlySet<number> = new Set([
  ExtensionType.key_share,
  ExtensionType.early_data,
  ExtensionType.cookie,
  ExtensionType.pre_shared_key,
  ExtensionType.padding,
]);

const fixedPart = ({extensions = []}: ClientHello): string =>
  JSON.stringify(
    extensions.filter((one) => !changeable.has(extensionType(one))),
    (_, value) => (value instanceof Uint8Array ? [...value] : value),
  );

const changedFault = (hello: ClientHello, {hello: before, group, cookie}: Retried): Fault | undefined => {
  const same =
    hello.legacyVersion === before.legacyVersion &&
    sameBytes(hello.random, before.random) &&
    sameBytes(hello.legacySessionId, before.legacySessionId) &&
    hello.cipherSuites.join() === before.cipherSuites.join() &&
    fixedPart(hello) === fixedPart(before);
  if (!same) return fault('illegal_parameter', '9846:4.2.2/changed');
  const returned = extensionValue(hello.extensions, 'cookie');
  if (cookie && !(returned && sameBytes(returned, cookie)))
    return fault('illegal_parameter', '9846:4.3.2/cookie');
  const shares = extensionValue(hello.extensions, 'key_share') ?? [];
  if (group !== undefined && shares.some((share) => share.group !== group))
    return fault('illegal_parameter', '9846:4.3.8/other-share');
  return hello.extensions?.some(({name}) => name === 'early_data')
    ? fault('illegal_parameter', '9846:4.2.2/early-data')
    : undefined;
};

/**
 * Chooses the key agreement group: the first in the server's order for which the client sent a share (which saves a round trip), otherwise
 * the first common one; undefined if there is none.
 */
const groupOf = (
  hello: ClientHello,
  known: readonly number[],
): Pick<Negotiated, 'group' | 'agreement' | 'share'> | undefined => {
  const shares = extensionValue(hello.extensions, 'key_share') ?? [];
  const offered = extensionValue(hello.extensions, 'supported_groups') ?? [];
  const common = known.flatMap((group) => {
    const agreement = offered.includes(group) ? agreementGroup(group) : undefined;
    const share = shares.find((one) => one.group === group)?.keyExchange;
    return agreement ? [{group, agreement, share}] : [];
  });
  return common.find(({share}) => share) ?? common[0];
};

/**
 * Returns the application protocol that the server chooses (ALPN, RFC 7301 §3.2). A fault if it knows none of the client's names; a server
 * without names of its own ignores them.
 */
export const protocolOf = (
  hello: ClientHello,
  known: readonly string[],
): Result<{readonly alpn?: string}, Fault> => {
  const names = extensionValue(hello.extensions, 'application_layer_protocol_negotiation')?.map(octetText);
  if (!names || known.length === 0) return ok({});
  const alpn = known.find((name) => names.includes(name));
  return alpn === undefined ? err(fault('no_application_protocol', '7301:3.2/none')) : ok({alpn});
};

/** The largest length of a server name in octets (RFC 1035 §2.3.4); a longer one is ignored. */
const maxNameBytes = 255;

export const hostOf = ({extensions}: ClientHello): {readonly serverName?: string} => {
  const names = extensionValue(extensions, 'server_name') ?? [];
  const host = names.find(({nameType}) => nameType === NameType.host_name)?.name;
  return host && host.length <= maxNameBytes ? {serverName: octetText(host)} : {};
};

export const negotiate = (
  hello: ClientHello,
  settings: TlsServerSettings,
  retried: Retried | undefined,
): Result<Negotiated, Fault> => {
  const wrong =
    versionFault(hello) ??
    missingFault(hello) ??
    sharesFault(hello) ??
    (retried && changedFault(hello, retried));
  if (wrong) return err(wrong);
  const common = settings.cipherSuites.find((id) => hello.cipherSuites.includes(id) && cipherSuite(id));
  const suite = cipherSuite(retried?.suite ?? common ?? 0);
  if (!suite) return err(fault('handshake_failure', '9846:4.2.1/suite'));
  const exchange = groupOf(hello, settings.groups);
  if (!exchange) return err(fault('handshake_failure', '9846:4.2.1/group'));
  const protocol = protocolOf(hello, settings.alpn);
  if (!protocol.ok) return protocol;
  return ok({suite, ...exchange, ...protocol.value, ...hostOf(hello)});
};
