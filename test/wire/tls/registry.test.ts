// Oracle: the value lists of tshark's own dissector, number by number, wherever both know the number.
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
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
  versionName,
} from '../../../source/wire/tls/registry.ts';
import {tsharkMissing} from '../tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tls: names are compared with tshark's stored ones only, because ${missing}`);

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

/** Of those that Wireshark 4.0 does not know, by where they are defined. */
const elsewhere: Readonly<Record<string, number>> = {
  // RFC 9846 §4, §6
  message_hash: 0xfe,
  general_error: 117,
  // RFC 9849 §11.1
  encrypted_client_hello: 0xfe0d,
  // draft-ietf-tls-ecdhe-mlkem, draft-tls-westerbaan-xyber768d00
  SecP256r1MLKEM768: 0x11eb,
  X25519MLKEM768: 0x11ec,
  SecP384r1MLKEM1024: 0x11ed,
  X25519Kyber768Draft00: 0x6399,
  // RFC 5246 §7.4.1.4.1: SHA-1 … SHA-512 are 2 … 6, RSA, DSA and ECDSA 1, 2 and 3.
  dsa_sha1: 0x0202,
  rsa_pkcs1_sha224: 0x0301,
  dsa_sha224: 0x0302,
  ecdsa_sha224: 0x0303,
  dsa_sha256: 0x0402,
  dsa_sha384: 0x0502,
  dsa_sha512: 0x0602,
  // RFC 8734 §2
  ecdsa_brainpoolP256r1tls13_sha256: 0x081a,
  ecdsa_brainpoolP384r1tls13_sha384: 0x081b,
  ecdsa_brainpoolP512r1tls13_sha512: 0x081c,
};

/** By field and number; of one number there may be several: message types of SSL 2 are in the same list. */
type Names = Readonly<Record<string, readonly string[]>>;

const theirNames = (): Names => {
  const {stdout} = spawnSync('tshark', ['-G', 'values'], {encoding: 'latin1', maxBuffer: 1 << 28});
  const found: Record<string, string[]> = {};
  for (const line of stdout.split('\n')) {
    const [kind, field = '', number = '', name = ''] = line.split('\t');
    if (kind !== 'V' || !(field in registries)) continue;
    const key = `${field} ${Number(number)}`;
    found[key] = [...(found[key] ?? []), bare(name)];
  }
  return found;
};

const file = new URL('../../fixtures/tls/values.tshark.json', import.meta.url);
if (process.env['UPDATE_TSHARK'] !== undefined && !missing)
  writeFileSync(file, `${JSON.stringify(theirNames(), undefined, 1)}\n`);
const stored: Names = JSON.parse(readFileSync(file, 'utf8'));

test.skipIf(missing !== undefined)('the stored names are those that tshark gives', () => {
  expect(stored).toEqual(theirNames());
});

test.each(Object.entries(registries))(
  'numbers have the names that tshark gives them: %s',
  (field, registry) => {
    const differing = Object.entries(registry).flatMap(([name, number]) => {
      const their = stored[`${field} ${number}`];
      const same =
        name in elsewhere ? number === elsewhere[name] : their?.includes(bare(otherwise[name] ?? name));
      return same ? [] : [`${number}: ${name}, ${their}`];
    });
    expect(differing).toEqual([]);
  },
);
test('what has no name says its number', () => {
  expect(contentTypeName(99)).toBe('unknown (0x63)');
  // As many digits as the field has: RFC 9846 §4, §4.3, §5.1, §6.
  expect([handshakeTypeName(250), alertName(200), versionName(0x0305)]).toEqual([
    'unknown (0xfa)',
    'unknown (0xc8)',
    'unknown (0x0305)',
  ]);
  expect(groupName(0xabcd)).toBe('unknown (0xabcd)');
  // RFC 8701 §2: both octets alike, ending in a.
  expect([groupName(0x2a2a), groupName(0x2a3a), groupName(0x2a)]).toEqual([
    'GREASE (0x2a2a)',
    'unknown (0x2a3a)',
    'unknown (0x002a)',
  ]);
  expect(handshakeTypeName(254)).toBe('message_hash');
  expect(alertName(40)).toBe('handshake_failure');
  expect(groupName(29)).toBe('x25519');
});

test('sixteen values are GREASE (RFC 8701 §2)', () => {
  const grease = Array.from({length: 0x10000}, (_, value) => value).filter(isGrease);
  expect(grease).toHaveLength(16);
  expect(grease.map((value) => value.toString(16))).toContain('dada');
});
