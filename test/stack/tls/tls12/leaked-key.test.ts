// A recording and, later, the server's private key: whether that opens the recording is what forward secrecy means.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import {recoverPlaintext} from '../../../../source/stack/tls/tls12/leaked-key.ts';
import {hexOf} from '../../../../source/wire/octets.ts';
import {credentials, type End, Pair, write} from '../pair.ts';
import {join} from '../rfc8448.ts';

const only12 = {versions: [0x0303]};

const sentBy = (end: End): Uint8Array => join(...end.of('send').map(({data}) => data));

const recorded = (client: object, server: object = {}) => {
  const pair = new Pair({client: {...only12, ...client}, server: {...only12, ...server}}).open();
  pair.client.happen(write('GET /secret'));
  pair.run();
  pair.server.happen(write('42'));
  pair.run();
  return {pair, recording: {client: sentBy(pair.client), server: sentBy(pair.server)}};
};

const text = (octets: Uint8Array) => Buffer.from(octets).toString();

describe('with the key of the certificate', () => {
  test.each([
    ['AES-128', 0x009c, true],
    ['AES-256', 0x009d, true],
    ['unbound', 0x009c, false],
  ] as const)('RSA key transport is read: %s', (_, suite, extendedMasterSecret) => {
    const {pair, recording} = recorded({cipherSuites: [suite], extendedMasterSecret});
    const found = recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, recording);
    if (!found.ok) throw new Error(found.error);
    expect([text(found.value.client), text(found.value.server)]).toEqual(['GET /secret', '42']);
    expect(pair.client.of('secret').map(({secret}) => hexOf(secret))).toEqual([
      hexOf(found.value.masterSecret),
    ]);
  });

  test('ECDHE is not', () => {
    const {recording} = recorded({cipherSuites: [0xc02f]});
    const found = recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, recording);
    expect(found).toEqual({ok: false, error: 'no-key-transport'});
  });

  test('TLS 1.3 is not', () => {
    const versions = [0x0304];
    const {recording} = recorded({versions}, {versions});
    const found = recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, recording);
    expect(found).toEqual({ok: false, error: 'no-key-transport'});
  });

  test('a resumed session is not: its secret is in an older recording', () => {
    const first = recorded({cipherSuites: [0x009c]}).pair;
    const session = first.client.of('session')[0]?.session;
    const {pair, recording} = recorded({cipherSuites: [0x009c], session});
    expect(pair.client.agreement?.resumed).toBe(true);
    const found = recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, recording);
    expect(found).toEqual({ok: false, error: 'no-handshake'});
  });
});

test.each([
  ['another key', credentials.p256.privateKey],
  ['no key at all', Uint8Array.of(1, 2, 3)],
])('%s opens nothing', (_, key) => {
  const {recording} = recorded({cipherSuites: [0x009c]});
  expect(recoverPlaintext(nodeCrypto, key, recording)).toEqual({ok: false, error: 'other-key'});
});

test('a recording that was damaged does not open', () => {
  const {recording} = recorded({cipherSuites: [0x009c]});
  const {client} = recording;
  const damaged = {...recording, client: client.with(-1, (client.at(-1) ?? 0) ^ 1)};
  expect(recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, damaged)).toEqual({
    ok: false,
    error: 'other-key',
  });
});

describe('change_cipher_spec (RFC 5246 §7.1)', () => {
  const type = 20;
  /** Records of a direction: one octet of type, two of version, two of length (RFC 5246 §6.2.1). */
  const recordsOf = (octets: Uint8Array): readonly Uint8Array[] => {
    if (octets.length === 0) return [];
    const end = 5 + ((octets[3] ?? 0) << 8) + (octets[4] ?? 0);
    return [octets.subarray(0, end), ...recordsOf(octets.subarray(end))];
  };
  const clear = (octets: Uint8Array): readonly Uint8Array[] => {
    const records = recordsOf(octets);
    return records.slice(
      0,
      records.findIndex(([first]) => first === type),
    );
  };
  const recover = (recording: {client: Uint8Array; server: Uint8Array}) =>
    recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, recording);

  test('a recording that ends before it has the secret, and no text', () => {
    const {pair, recording} = recorded({cipherSuites: [0x009c]});
    const found = recover({
      client: join(...clear(recording.client)),
      server: join(...clear(recording.server)),
    });
    if (!found.ok) throw new Error(found.error);
    expect([text(found.value.client), text(found.value.server)]).toEqual(['', '']);
    expect(hexOf(found.value.masterSecret)).toBe(hexOf(pair.client.of('secret')[0]?.secret ?? expect.fail()));
  });

  test('nothing behind it is in clear', () => {
    const {recording} = recorded({cipherSuites: [0x009c]});
    const change = Uint8Array.of(type, 3, 3, 0, 1, 1);
    const moved = {...recording, client: join(change, ...clear(recording.client))};
    expect(recover(moved)).toEqual({ok: false, error: 'no-handshake'});
  });
});

test('half a recording says so', () => {
  const {recording} = recorded({cipherSuites: [0x009c]});
  const cut = {...recording, server: new Uint8Array()};
  expect(recoverPlaintext(nodeCrypto, credentials.rsa.privateKey, cut)).toEqual({
    ok: false,
    error: 'no-handshake',
  });
});
