// Oracles: the messages of RFC 8448 §3, byte for byte; recorded connections and what their side files say of them.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {cipherSuiteName} from '../../../source/wire/tls/cipher-suites.ts';
import {extensionValue} from '../../../source/wire/tls/extension-list.ts';
import {tls12, tls13} from '../../../source/wire/tls/handshake.ts';
import {signedParams} from '../../../source/wire/tls/handshake-12.ts';
import {downgradeIn, downgradeSentinels, withoutBinders} from '../../../source/wire/tls/hello.ts';
import {versionName} from '../../../source/wire/tls/registry.ts';
import {decodeUtf8} from '../../../source/wire/utf8.ts';
import {sideFile, tlsCaptures, tlsConnections} from './captured.ts';

const rfc8448: {
  readonly inputs: {readonly messages: Readonly<Record<string, string>>};
  readonly computed: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(new URL('../../fixtures/rfc8448/simple-1rtt.json', import.meta.url), 'utf8'));

const message = (name: string) => {
  const read = tls13.decode(octetsOf(rfc8448.inputs.messages[name] ?? rfc8448.computed[name] ?? ''));
  if (!read.ok) throw new Error(`${name}: ${read.error.code} at ${read.error.at}`);
  return read.value;
};

describe('RFC 8448 §3', () => {
  test.each([
    ['ClientHello', 'client_hello'],
    ['ServerHello', 'server_hello'],
    ['EncryptedExtensions', 'encrypted_extensions'],
    ['Certificate', 'certificate'],
    ['CertificateVerify', 'certificate_verify'],
    ['server_Finished', 'finished'],
    ['client_Finished', 'finished'],
  ])('%s is read and written again as it was', (name, type) => {
    expect(message(name).type).toBe(type);
    expect(hexOf(tls13.encode(message(name)))).toBe(rfc8448.inputs.messages[name] ?? rfc8448.computed[name]);
  });

  test('key shares, groups and the certificate are where they belong', () => {
    const client = message('ClientHello');
    const server = message('ServerHello');
    const certificate = message('Certificate');
    if (client.type !== 'client_hello' || server.type !== 'server_hello') throw new Error(client.type);
    const [share] = extensionValue(client.body.extensions, 'key_share') ?? [];
    expect(hexOf(share?.keyExchange ?? new Uint8Array(0))).toBe(rfc8448.computed['client_x25519_public']);
    const answer = extensionValue(server.body.extensions, 'key_share');
    expect(hexOf(answer?.keyExchange ?? new Uint8Array(0))).toBe(rfc8448.computed['server_x25519_public']);
    expect(extensionValue(client.body.extensions, 'supported_groups')).toHaveLength(9);
    if (certificate.type !== 'certificate') throw new Error(certificate.type);
    expect(certificate.body.certificateList.map(({certData}) => certData.length)).toEqual([0x1b0]);
  });
});

describe.each(tlsCaptures)('%s', (name) => {
  const connections = tlsConnections(name);
  const {tls} = sideFile(name);

  test('every message in clear is written again as it was', () => {
    for (const side of connections.flat()) {
      for (const bytes of side.messages) {
        const read12 = tls12.decode(bytes);
        const read13 = tls13.decode(bytes);
        if (!read12.ok && !read13.ok) throw new Error(`${read12.error.code} at ${read12.error.at}`);
        if (read12.ok) expect(tls12.encode(read12.value)).toEqual(bytes);
        if (read13.ok) expect(tls13.encode(read13.value)).toEqual(bytes);
      }
    }
  });

  test('version, suite, SNI and ALPN are those of the side file', () => {
    const messages = connections[0]?.map((side) =>
      side.messages.flatMap((bytes) => {
        const read = tls13.decode(bytes);
        return read.ok ? [read.value] : [];
      }),
    );
    const client = messages?.[0]?.find((one) => one.type === 'client_hello');
    const server = messages?.[1]?.find((one) => one.type === 'server_hello');
    const offered = client?.body.extensions;
    const texts = (names: readonly Uint8Array[] | undefined) => names?.map(decodeUtf8);
    const [host] = extensionValue(offered, 'server_name') ?? [];
    expect(host && decodeUtf8(host.name)).toBe(tls.sni);
    const protocols = extensionValue(offered, 'application_layer_protocol_negotiation');
    expect(texts(protocols) ?? []).toEqual(tls.alpnOffered);
    const versions = extensionValue(offered, 'supported_versions') ?? [client?.body.legacyVersion ?? 0];
    expect(versions.map(versionName)).toEqual(tls.versionsOffered);
    if (!server) return;
    const version = extensionValue(server.body.extensions, 'supported_versions');
    expect(versionName(version ?? server.body.legacyVersion)).toBe(tls.version);
    expect(cipherSuiteName(server.body.cipherSuite)).toBe(tls.cipherSuite);
  });
});

const messagesOf = (name: string) =>
  tlsConnections(name).map((sides) =>
    sides.map(({messages}) => messages.map((bytes) => ({bytes, read: tls13.decode(bytes)}))),
  );

test('a ServerHello with the random of HelloRetryRequest is one', () => {
  const [[, server] = []] = messagesOf('16h-tls13-hello-retry.pcapng');
  const [first, second] = server ?? [];
  expect(first?.read).toMatchObject({ok: true, value: {type: 'hello_retry_request'}});
  expect(second?.read).toMatchObject({ok: true, value: {type: 'server_hello'}});
});

test('what a server signs of its key exchange are the parameters alone (RFC 8422 §5.4)', () => {
  const [[, server] = []] = tlsConnections('16c-tls12-ecdhe-rsa.pcapng');
  const exchanges = (server?.messages ?? []).flatMap((bytes) => {
    const read = tls12.decode(bytes);
    if (!read.ok || read.value.type !== 'server_key_exchange') return [];
    return read.value.body.kind === 'ecdhe' ? [{bytes, body: read.value.body}] : [];
  });
  expect(exchanges).toHaveLength(1);
  for (const {bytes, body} of exchanges) {
    const params = signedParams(body);
    expect(params.length).toBe(4 + body.publicKey.length);
    expect(bytes.slice(4, 4 + params.length)).toEqual(params);
  }
});

test('binders are made over the hello up to them', () => {
  const hellos = messagesOf('16g-tls13-early-data.pcap')
    .flat(2)
    .flatMap(({bytes, read}) =>
      read.ok && read.value.type === 'client_hello' ? [{bytes, body: read.value.body}] : [],
    );
  const resumed = hellos.flatMap(({bytes, body}) => {
    const psk = extensionValue(body.extensions, 'pre_shared_key');
    return psk ? [{bytes, psk, part: withoutBinders(bytes, body)}] : [];
  });
  expect(resumed.length).toBeGreaterThan(0);
  for (const {bytes, psk, part} of resumed) {
    const [binder = new Uint8Array(0)] = psk.binders;
    expect(bytes.length - part.length).toBe(2 + 1 + binder.length);
    expect(bytes.slice(part.length + 3)).toEqual(binder);
  }
});

test('the sentinels of RFC 9846 §4.2.3 end in DOWNGRD and the version', () => {
  const random = new Uint8Array(32).fill(7);
  expect(downgradeIn(random)).toBeUndefined();
  for (const [version, tail] of Object.entries(downgradeSentinels)) {
    expect(decodeUtf8(tail.subarray(0, 7))).toBe('DOWNGRD');
    random.set(tail, 24);
    expect(downgradeIn(random)).toBe(version);
  }
});

test('GREASE is named, whatever it is (RFC 8701 §2)', () => {
  expect([0x0a0a, 0x5a5a, 0xfafa].map(cipherSuiteName)).toEqual([
    'GREASE (0x0a0a)',
    'GREASE (0x5a5a)',
    'GREASE (0xfafa)',
  ]);
  expect(cipherSuiteName(0x0a1a)).toBe('unknown (0x0a1a)');
});
