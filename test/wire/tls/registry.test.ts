// Oracle: the value lists of tshark's own dissector, number by number, wherever both know the number.
import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {CipherSuite} from '../../../source/wire/tls/cipher-suites.ts';
import {
  AlertDescription,
  AlertLevel,
  alertName,
  ContentType,
  contentTypeName,
  EcPointFormat,
  ExtensionType,
  groupName,
  HandshakeType,
  handshakeTypeName,
  isGrease,
  NamedGroup,
  NameType,
  ProtocolVersion,
  PskKeyExchangeMode,
  SignatureScheme,
  schemeName,
} from '../../../source/wire/tls/registry.ts';
import {tsharkMissing} from '../tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tls: names are not compared with tshark's, because ${missing}`);

const registries = {
  'tls.record.content_type': ContentType,
  'tls.record.version': ProtocolVersion,
  'tls.handshake.type': HandshakeType,
  'tls.handshake.ciphersuite': CipherSuite,
  'tls.handshake.extension.type': ExtensionType,
  'tls.handshake.extensions_supported_group': NamedGroup,
  'tls.handshake.sig_hash_alg': SignatureScheme,
  'tls.handshake.extensions_ec_point_format': EcPointFormat,
  'tls.handshake.extensions_server_name_type': NameType,
  'tls.extension.psk_ke_mode': PskKeyExchangeMode,
  'tls.alert_message.desc': AlertDescription,
  'tls.alert_message.level': AlertLevel,
};

/** Wireshark writes alerts with spaces and capitals, and qualifies some names. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Ours (IANA's today) → what Wireshark 4.0 says. */
const otherwise: Readonly<Record<string, string>> = {
  certificate_url: 'Client Certificate URL',
  delegated_credential: 'delegated_credentials',
  psk_ke: 'PSK-only key establishment (psk_ke)',
  psk_dhe_ke: 'PSK with (EC)DHE key establishment (psk_dhe_ke)',
};

/** Of one number there may be several: message types of SSL 2 are in the same list. */
const theirNames = (): ReadonlyMap<string, readonly string[]> => {
  const {stdout} = spawnSync('tshark', ['-G', 'values'], {encoding: 'latin1', maxBuffer: 1 << 28});
  const found = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const [kind, field = '', number = '', name = ''] = line.split('\t');
    if (kind !== 'V' || !(field in registries)) continue;
    const key = `${field} ${Number(number)}`;
    found.set(key, [...(found.get(key) ?? []), bare(name)]);
  }
  return found;
};

test.skipIf(missing !== undefined)('numbers have the names that tshark gives them', () => {
  const theirs = theirNames();
  let compared = 0;
  const differing = Object.entries(registries).flatMap(([field, registry]) =>
    Object.entries(registry).flatMap(([name, number]) => {
      const their = theirs.get(`${field} ${number}`);
      if (their === undefined) return [];
      compared += 1;
      return their.includes(bare(otherwise[name] ?? name)) ? [] : [`${field} ${number}: ${name}, ${their}`];
    }),
  );
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(300);
});

test('what has no name says its number', () => {
  expect(contentTypeName(99)).toBe('unknown (0x63)');
  expect(handshakeTypeName(254)).toBe('message_hash');
  expect(alertName(40)).toBe('handshake_failure');
  expect(groupName(29)).toBe('x25519');
  expect(schemeName(0x0804)).toBe('rsa_pss_rsae_sha256');
});

test('sixteen values are GREASE (RFC 8701 §2)', () => {
  const grease = Array.from({length: 0x10000}, (_, value) => value).filter(isGrease);
  expect(grease).toHaveLength(16);
  expect(grease.map((value) => value.toString(16))).toContain('dada');
});
