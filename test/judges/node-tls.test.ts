// Our TLS machines against Node's own TLS (OpenSSL), in this process: always installed.
import type {ConnectionOptions, TlsOptions} from 'node:tls';
import {describe, expect, test} from 'vitest';
import type {TlsClientSettings, TlsServerSettings} from '../../source/stack/tls/settings.ts';
import {credentials} from '../stack/tls/pair.ts';
import {ask, echoing, keys, nodeServer, say} from './tls/node.ts';

const suites = [
  ['TLS_AES_128_GCM_SHA256', 0x1301],
  ['TLS_AES_256_GCM_SHA384', 0x1302],
  ['TLS_CHACHA20_POLY1305_SHA256', 0x1303],
] as const;
const x25519 = 29;
const secp256r1 = 23;

describe("our client, Node's server", () => {
  const talk = async (settings: Partial<TlsClientSettings>, options: TlsOptions = {}) => {
    const server = await nodeServer({...keys.p256, minVersion: 'TLSv1.3', ...options});
    try {
      const end = await ask(settings, server.port);
      return {end, socket: server.heard[0]};
    } finally {
      server.close();
    }
  };

  test.each(suites)('%s', async (name, suite) => {
    const {end, socket} = await talk({cipherSuites: [suite]});
    expect(end.text).toBe('heard hello');
    expect(end.of('closed').map(({how}) => how)).toEqual(['closeNotify']);
    expect(socket?.getCipher().standardName).toBe(name);
  });

  test.each(['rsa', 'p256'] as const)('certificate of %s', async (kind) => {
    const {end} = await talk({}, keys[kind]);
    expect(end.text).toBe('heard hello');
    expect(end.agreement?.certificates).toEqual(credentials[kind].chain);
  });

  test('P-256 at once', async () => {
    const {end} = await talk({groups: [secp256r1], keyShares: [secp256r1]});
    expect([end.text, end.agreement?.group]).toEqual(['heard hello', secp256r1]);
  });

  test('HelloRetryRequest', async () => {
    const {end} = await talk({keyShares: [x25519]}, {ecdhCurve: 'prime256v1'});
    expect([end.text, end.agreement?.group]).toEqual(['heard hello', secp256r1]);
    expect(end.messages('received')[0]).toBe('hello_retry_request clear');
  });

  test('name, protocol, reserved values', async () => {
    const {end, socket} = await talk({alpn: ['h2', 'http/1.1'], grease: true}, {ALPNProtocols: ['http/1.1']});
    expect(end.agreement?.alpn).toBe('http/1.1');
    expect([socket?.servername, socket?.alpnProtocol]).toEqual(['www.example.com', 'http/1.1']);
  });

  test('a server that asks for a certificate gets none', async () => {
    const {end} = await talk({}, {requestCert: true, rejectUnauthorized: false});
    expect(end.text).toBe('heard hello');
    expect(end.messages('sent')).toContain('certificate handshake');
  });

  test('resumption', async () => {
    const server = await nodeServer({...keys.p256, minVersion: 'TLSv1.3'});
    try {
      const first = await ask({}, server.port);
      const session = first.of('session')[0]?.session;
      if (!session) throw new Error('no ticket');
      const second = await ask({session}, server.port);
      expect([second.text, second.agreement?.resumed]).toEqual(['heard hello', true]);
      expect(server.heard[1]?.isSessionReused()).toBe(true);
    } finally {
      server.close();
    }
  });

  test('an alert of the other side', async () => {
    const {end} = await talk({alpn: ['x']}, {ALPNProtocols: ['http/1.1']});
    expect(end.alerts).toEqual(['received no_application_protocol']);
  });
});

describe("Node's client, our server", () => {
  const talk = async (settings: Partial<TlsServerSettings>, options: ConnectionOptions = {}) => {
    const server = await echoing(settings);
    try {
      return {...(await say(server.port, {minVersion: 'TLSv1.3', ...options})), end: server.ends[0]};
    } finally {
      server.close();
    }
  };

  test.each(suites)('%s', async (name, suite) => {
    const {heard, cipher} = await talk({cipherSuites: [suite]});
    expect([heard, cipher]).toEqual(['heard hello', name]);
  });

  test.each(['rsa', 'p256'] as const)('certificate of %s, verified', async (kind) => {
    const trust = {ca: keys[kind].cert, rejectUnauthorized: true};
    const {heard, socket} = await talk({credentials: [credentials[kind]]}, trust);
    expect([heard, socket.authorized]).toEqual(['heard hello', true]);
  });

  test.each([
    ['another group', {groups: [secp256r1]}],
    ['a cookie', {cookie: 'always'}],
    ['both', {groups: [secp256r1], cookie: 'retry'}],
  ] as const)('HelloRetryRequest for %s', async (_, settings) => {
    const {heard, end} = await talk(settings, {ecdhCurve: 'X25519:prime256v1'});
    expect(heard).toBe('heard hello');
    expect(end?.messages('sent')[0]).toBe('hello_retry_request clear');
  });

  test('name and protocol', async () => {
    const {socket, end} = await talk({alpn: ['http/1.1']}, {ALPNProtocols: ['h2', 'http/1.1']});
    expect(socket.alpnProtocol).toBe('http/1.1');
    expect(end?.agreement).toMatchObject({serverName: 'www.example.com', alpn: 'http/1.1'});
  });

  test('resumption by our tickets', async () => {
    const server = await echoing({});
    try {
      const first = await say(server.port, {});
      const second = await say(server.port, first.session ? {session: first.session} : {});
      expect([second.heard, second.reused]).toEqual(['heard hello', true]);
      expect(server.ends[1]?.messages('sent')).not.toContain('certificate handshake');
    } finally {
      server.close();
    }
  });

  test('renewed keys', async () => {
    const server = await echoing({recordsPerKey: 1});
    try {
      expect((await say(server.port, {})).heard).toBe('heard hello');
    } finally {
      server.close();
    }
  });
});
