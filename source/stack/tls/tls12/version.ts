// Decides whether a TLS server answers with TLS 1.2 or 1.3 (RFC 5246 §E.1, RFC 9846 §4.3.1).
import {extensionValue} from '../../../wire/tls/extension-list.ts';
import type {ClientHello} from '../../../wire/tls/hello.ts';
import {ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {TlsServerSettings} from '../settings.ts';

const tls12 = ProtocolVersion['TLS 1.2'];
const tls13 = ProtocolVersion['TLS 1.3'];

type Versions = {readonly versions: readonly number[]};

export const offers12 = ({versions}: Versions): boolean => versions.includes(tls12);
export const offers13 = ({versions}: Versions): boolean => versions.includes(tls13);

/** Returns the TLS versions that a ClientHello offers; if it has supported_versions, its version field is ignored. */
export const clientVersions = ({extensions, legacyVersion}: ClientHello): readonly number[] =>
  extensionValue(extensions, 'supported_versions') ?? [Math.min(legacyVersion, tls12)];

/**
 * Tells whether the server answers a ClientHello with TLS 1.2: it supports that, and TLS 1.3 is not common to both, whatever the client
 * prefers.
 */
export const answersBy12 = (settings: TlsServerSettings, hello: ClientHello): boolean =>
  offers12(settings) && !(offers13(settings) && clientVersions(hello).includes(tls13));
