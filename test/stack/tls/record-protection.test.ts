// Record protection against the records of RFC 8448 §3, and its refusals (RFC 9846 §5.2, §5.4).
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {cipherSuite} from '../../../source/stack/tls/cipher-suite.ts';
import {
  type Protection,
  protect,
  protectionOf,
  recordNonce,
  unprotect,
  updatedProtection,
} from '../../../source/stack/tls/record-protection.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {maxPlaintext} from '../../../source/wire/tls/record.ts';
import {computed, join, message, record} from './rfc8448.ts';

const suiteOf = (id: number) => {
  const suite = cipherSuite(id);
  if (!suite) throw new Error(`no suite ${id}`);
  return suite;
};
const under = (secret: string, sequence = 0): Protection => ({
  ...protectionOf(nodeCrypto, suiteOf(0x1301), computed(secret)),
  sequence,
});
const seal = (protection: Protection, type: number, content: Uint8Array, padding = 0) =>
  protect(nodeCrypto, protection, {type, content}, padding).record;
const open = (protection: Protection, sealed: Uint8Array) =>
  unprotect(nodeCrypto, protection, sealed.subarray(5), sealed.subarray(0, 5));
const data = Uint8Array.from({length: 50}, (_, i) => i);
const closeNotify = Uint8Array.of(1, 0);

const flight = join(
  ...['EncryptedExtensions', 'Certificate', 'CertificateVerify'].map(message),
  computed('server_Finished'),
);

describe('RFC 8448 §3', () => {
  // Which secret, how many records before, what it carries.
  test.each([
    ['serverFlight', 'server_handshake_traffic_secret', 0, 22, flight],
    ['clientFinished', 'client_handshake_traffic_secret', 0, 22, computed('client_Finished')],
    ['clientData', 'client_application_traffic_secret_0', 0, 23, data],
    ['serverData', 'server_application_traffic_secret_0', 1, 23, data],
    ['clientCloseNotify', 'client_application_traffic_secret_0', 1, 21, closeNotify],
    ['serverCloseNotify', 'server_application_traffic_secret_0', 2, 21, closeNotify],
  ] as const)('%s', (name, secret, sequence, type, content) => {
    expect(hexOf(seal(under(secret, sequence), type, content))).toBe(hexOf(record(name)));
    const opened = open(under(secret, sequence), record(name));
    expect(opened).toEqual({
      ok: true,
      value: {inner: {type, content}, next: under(secret, sequence + 1)},
    });
  });

  test('NewSessionTicket opens, and names itself', () => {
    const opened = open(under('server_application_traffic_secret_0'), record('NewSessionTicket'));
    expect(opened.ok && [opened.value.inner.type, opened.value.inner.content[0]]).toEqual([22, 4]);
  });
});

describe.each([0x1301, 0x1302, 0x1303])('suite %i', (id) => {
  const start = protectionOf(nodeCrypto, suiteOf(id), new Uint8Array(suiteOf(id).hashBytes).fill(7));

  test('padding is hidden and taken off', () => {
    expect(seal(start, 23, data, 100).length).toBe(5 + 50 + 1 + 100 + 16);
    const opened = open(start, seal(start, 23, data, 100));
    expect(opened.ok && opened.value.inner).toEqual({type: 23, content: data});
  });

  test('every octet is protected, the header too', () => {
    const sealed = seal(start, 23, data);
    for (let i = 0; i < sealed.length; i++) {
      const flipped = sealed.with(i, (sealed[i] ?? 0) ^ 1);
      expect(open(start, flipped)).toEqual({ok: false, error: 'bad_record_mac'});
    }
  });

  test('a record opens in its place only', () => {
    const {next} = protect(nodeCrypto, start, {type: 23, content: data});
    expect(open(next, seal(start, 23, data))).toEqual({ok: false, error: 'bad_record_mac'});
    expect(open(next, seal(next, 23, data)).ok).toBe(true);
  });

  test('keys change with KeyUpdate and count from 0', () => {
    const {next} = protect(nodeCrypto, start, {type: 23, content: data});
    const updated = updatedProtection(nodeCrypto, next);
    expect(updated.sequence).toBe(0);
    expect(open(start, seal(updated, 23, data)).ok).toBe(false);
  });
});

test('zeros alone are no content (§5.4)', () => {
  const start = under('client_application_traffic_secret_0');
  expect(open(start, seal(start, 0, new Uint8Array(8)))).toEqual({ok: false, error: 'unexpected_message'});
});

test('more than 2¹⁴ octets overflow (§5.2)', () => {
  const start = under('client_application_traffic_secret_0');
  const size = (octets: number) => open(start, seal(start, 23, new Uint8Array(octets).fill(1)));
  expect(size(maxPlaintext).ok).toBe(true);
  expect(size(maxPlaintext + 1)).toEqual({ok: false, error: 'record_overflow'});
  const long = new Uint8Array(maxPlaintext + 257);
  expect(unprotect(nodeCrypto, start, long)).toEqual({ok: false, error: 'record_overflow'});
});

test('the nonce counts in 64 bits (§5.3)', () => {
  const nonce = recordNonce({iv: new Uint8Array(12), sequence: 2 ** 32 + 2});
  expect(hexOf(nonce)).toBe('000000000000000100000002');
});
