// What a server of TLS 1.2 chooses. Oracles: RFC 5246 §7.4.1.2, §E.1, RFC 8422 §4, §5.1, §5.3 (curves and point formats), RFC 5746 §3.6,
// RFC 7507 §3, RFC 7627 §5.1, RFC 5077 §3.2.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import {type TlsServerSettings, tlsServerDefaults} from '../../../../source/stack/tls/settings.ts';
import {choiceOf, greetingOf} from '../../../../source/stack/tls/tls12/server-negotiation.ts';
import {answersBy12} from '../../../../source/stack/tls/tls12/version.ts';
import {CipherSuite} from '../../../../source/wire/tls/cipher-suites.ts';
import type {ClientHello, ClientHelloExtension} from '../../../../source/wire/tls/hello.ts';
import {NamedGroup, ProtocolVersion, SignatureScheme} from '../../../../source/wire/tls/registry.ts';
import {credentials} from '../pair.ts';

const {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: ecdsa,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: ecdheRsa,
  TLS_RSA_WITH_AES_128_GCM_SHA256: rsa,
} = CipherSuite;
const {rsa: rsaKey, p256} = credentials;
const {secp256r1, x25519} = NamedGroup;

const settings = (change: Partial<TlsServerSettings> = {}): TlsServerSettings => ({
  ...{...tlsServerDefaults, versions: [ProtocolVersion['TLS 1.2']], credentials: [p256, rsaKey]},
  ...{cipherSuites: [ecdsa, ecdheRsa, rsa], groups: [x25519, secp256r1], ticketKey: new Uint8Array(32)},
  ...change,
});

const schemes = {
  name: 'signature_algorithms',
  value: [
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pkcs1_sha256,
  ],
} as const;
const curves = (...value: readonly number[]): ClientHelloExtension => ({name: 'supported_groups', value});

const hello = (
  cipherSuites: readonly number[],
  extensions: readonly ClientHelloExtension[] = [schemes],
  change: Partial<ClientHello> = {},
): ClientHello => ({
  ...{
    legacyVersion: ProtocolVersion['TLS 1.2'],
    random: new Uint8Array(32),
    legacySessionId: new Uint8Array(),
  },
  ...{cipherSuites, legacyCompressionMethods: [0], extensions, ...change},
});

describe('suite, certificate and group', () => {
  const chosen = (client: ClientHello, change: Partial<TlsServerSettings> = {}) => {
    const choice = choiceOf(nodeCrypto, settings(change), client);
    return choice && [choice.suite.id, choice.credential, choice.ecdhe?.group, choice.ecdhe?.scheme];
  };
  const {ecdsa_secp256r1_sha256: byEcdsa} = SignatureScheme;

  test('the server’s order decides', () => {
    expect(chosen(hello([rsa, ecdheRsa, ecdsa]))).toEqual([ecdsa, p256, x25519, byEcdsa]);
    expect(chosen(hello([rsa, ecdheRsa]))?.slice(0, 3)).toEqual([ecdheRsa, rsaKey, x25519]);
    expect(chosen(hello([rsa]))).toEqual([rsa, rsaKey, undefined, undefined]);
    expect(chosen(hello([rsa, ecdsa]), {cipherSuites: [rsa, ecdsa]})?.[0]).toBe(rsa);
    expect(chosen(hello([0x1301, 0x00ff]))).toBeUndefined();
  });

  test('of several certificates the first that fits', () => {
    const again = {...p256, chain: [...p256.chain]};
    expect(chosen(hello([ecdsa]), {credentials: [rsaKey, p256, again]})?.[1]).toBe(p256);
    expect(chosen(hello([ecdsa]), {credentials: [again, p256]})?.[1]).toBe(again);
    expect(chosen(hello([ecdsa]), {credentials: [rsaKey]})).toBeUndefined();
    expect(
      chosen(hello([ecdsa, rsa]), {credentials: [{chain: [], privateKey: new Uint8Array()}, rsaKey]})?.[0],
    ).toBe(rsa);
  });

  test('curves: those of both; without the extension any (RFC 8422 §4); P-256 for its certificate, too (§5.3)', () => {
    const group = (...groups: readonly number[]) => chosen(hello([ecdsa], [schemes, curves(...groups)]))?.[2];
    expect([group(secp256r1), group(secp256r1, x25519), group(x25519)]).toEqual([
      secp256r1,
      x25519,
      undefined,
    ]);
    // RSA's certificate needs no curve, the exchange does.
    expect(chosen(hello([ecdheRsa, rsa], [schemes, curves(x25519)]))?.slice(0, 3)).toEqual([
      ecdheRsa,
      rsaKey,
      x25519,
    ]);
    expect(chosen(hello([ecdheRsa, rsa], [schemes, curves(0x0100)]))?.[0]).toBe(rsa);
    expect(chosen(hello([ecdsa]), {groups: [0x0100, secp256r1]})?.[2]).toBe(secp256r1);
  });

  test('point formats: uncompressed, or none are said (§5.1.2)', () => {
    const formats = (...value: readonly number[]) =>
      chosen(hello([ecdsa], [schemes, {name: 'ec_point_formats', value}]));
    expect([formats(0)?.[0], formats(1, 0)?.[0], formats(1)]).toEqual([ecdsa, ecdsa, undefined]);
  });
});

describe('what a hello says', () => {
  const greets = (client: ClientHello, change: Partial<TlsServerSettings> = {}) => {
    const greeting = greetingOf(settings(change), client);
    return greeting.ok ? greeting.value : greeting.error.alert;
  };
  const empty = {extended: false, ticket: undefined, knowsRenegotiation: false};

  test('extended master secret, tickets, renegotiation', () => {
    expect(greets(hello([rsa]))).toEqual(empty);
    const extended: ClientHelloExtension = {name: 'extended_master_secret', value: undefined};
    expect(greets(hello([rsa], [extended]))).toMatchObject({extended: true});
    expect(greets(hello([rsa], [extended]), {extendedMasterSecret: false})).toMatchObject({extended: false});
    const ticket: ClientHelloExtension = {name: 'session_ticket', value: Uint8Array.of(7)};
    expect(greets(hello([rsa], [ticket]))).toMatchObject({ticket: Uint8Array.of(7)});
    expect(greets(hello([rsa], [ticket]), {sessionTickets: false})).toMatchObject({ticket: undefined});
    const info: ClientHelloExtension = {name: 'renegotiation_info', value: new Uint8Array()};
    expect(greets(hello([rsa], [info]))).toMatchObject({knowsRenegotiation: true});
    expect(greets(hello([rsa, 0x00ff]))).toMatchObject({knowsRenegotiation: true});
  });

  test('what is refused', () => {
    const info: ClientHelloExtension = {name: 'renegotiation_info', value: Uint8Array.of(1)};
    expect(greets(hello([rsa], [info]))).toBe('handshake_failure');
    expect(greets(hello([rsa], [], {legacyCompressionMethods: [1]}))).toBe('illegal_parameter');
    expect(greets(hello([rsa], [], {legacyVersion: 0x0302}))).toBe('protocol_version');
    // A number beyond 1.2 in the old field, without supported_versions, means 1.2 (RFC 9846 §4.3.1).
    expect(
      answersBy12(settings({versions: [0x0304, 0x0303]}), hello([rsa], [], {legacyVersion: 0x0304})),
    ).toBe(true);
    const only13: ClientHelloExtension = {name: 'supported_versions', value: [0x0304]};
    expect(greets(hello([rsa], [only13]))).toBe('protocol_version');
  });

  test('a client that tries again with less than both can (RFC 7507 §3)', () => {
    const again = hello([rsa, 0x5600]);
    expect(greets(again, {versions: [0x0304, 0x0303]})).toBe('inappropriate_fallback');
    expect(greets(again)).toEqual(empty);
    expect(greets(hello([rsa]), {versions: [0x0304, 0x0303]})).toEqual(empty);
  });
});
