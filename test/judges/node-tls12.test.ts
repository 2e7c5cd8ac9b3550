// Our TLS 1.2 machines against Node's own TLS (OpenSSL), in this process: always installed.
import {once} from 'node:events';
import {type ConnectionOptions, connect, type TlsOptions} from 'node:tls';
import {describe, expect, test, vi} from 'vitest';
import type {TlsClientSettings, TlsServerSettings} from '../../source/stack/tls/settings.ts';
import {clientSettings, credentials} from '../stack/tls/pair.ts';
import {ourClient} from './tls/loopback.ts';
import {ask, echoing, keys, nodeServer, say} from './tls/node.ts';

const tls12 = 0x0303;
const tls13 = 0x0304;
const x25519 = 29;
const secp256r1 = 23;

const suites = [
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 0x009c, 'AES128-GCM-SHA256', 'rsa'],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 0x009d, 'AES256-GCM-SHA384', 'rsa'],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 0xc02b, 'ECDHE-ECDSA-AES128-GCM-SHA256', 'p256'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 0xc02c, 'ECDHE-ECDSA-AES256-GCM-SHA384', 'p256'],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f, 'ECDHE-RSA-AES128-GCM-SHA256', 'rsa'],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 0xc030, 'ECDHE-RSA-AES256-GCM-SHA384', 'rsa'],
] as const;

describe("our client, Node's server", () => {
  const talk = async (settings: Partial<TlsClientSettings>, options: TlsOptions = {}) => {
    const server = await nodeServer({...keys.p256, maxVersion: 'TLSv1.2', ...options});
    try {
      const end = await ask({versions: [tls12], ...settings}, server.port);
      return {end, socket: server.heard[0]};
    } finally {
      server.close();
    }
  };

  test.each(suites)('%s', async (name, suite, ciphers, kind) => {
    const {end, socket} = await talk({cipherSuites: [suite]}, {...keys[kind], ciphers});
    expect(end.text).toBe('heard hello');
    expect(end.of('closed').map(({how}) => how)).toEqual(['closeNotify']);
    expect(end.agreement).toMatchObject({version: 'TLS 1.2', suite, extendedMasterSecret: true});
    expect(socket?.getCipher().standardName).toBe(name);
  });

  test.each([
    ['X25519', x25519],
    ['P-256', secp256r1],
  ])('group %s', async (_, group) => {
    const {end} = await talk({groups: [group]}, keys.rsa);
    expect([end.text, end.agreement?.group]).toEqual(['heard hello', group]);
  });

  test.each([
    ['PKCS #1 v1.5', 0x0401],
    ['PSS', 0x0804],
  ])('RSA signs by %s', async (_, scheme) => {
    const {end} = await talk({signatureSchemes: [scheme]}, keys.rsa);
    expect([end.text, end.agreement?.signatureScheme]).toEqual(['heard hello', scheme]);
  });

  test('a client of both versions', async () => {
    const {end, socket} = await talk({versions: [tls13, tls12]});
    expect([end.text, socket?.getProtocol()]).toEqual(['heard hello', 'TLSv1.2']);
  });

  test('without a bound master secret', async () => {
    const {end} = await talk({extendedMasterSecret: false});
    expect([end.text, end.agreement?.extendedMasterSecret]).toEqual(['heard hello', false]);
  });

  test('name and protocol', async () => {
    const {end, socket} = await talk({alpn: ['h2', 'http/1.1']}, {ALPNProtocols: ['http/1.1']});
    expect(end.agreement?.alpn).toBe('http/1.1');
    expect([socket?.servername, socket?.alpnProtocol]).toEqual(['www.example.com', 'http/1.1']);
  });

  test('a server that asks for a certificate gets none', async () => {
    const {end} = await talk({}, {requestCert: true, rejectUnauthorized: false});
    expect(end.text).toBe('heard hello');
    expect(end.messages('sent')).toContain('certificate clear');
  });

  test.each([true, false])('resumption by its ticket, bound: %s', async (extendedMasterSecret) => {
    const server = await nodeServer({...keys.p256, maxVersion: 'TLSv1.2'});
    const settings = {versions: [tls12], extendedMasterSecret};
    try {
      const first = await ask(settings, server.port);
      const session = first.of('session')[0]?.session;
      if (!session) throw new Error('no ticket');
      const second = await ask({...settings, session}, server.port);
      expect([second.text, second.agreement?.resumed]).toEqual(['heard hello', true]);
      expect(server.heard[1]?.isSessionReused()).toBe(true);
      expect(second.messages('received')).not.toContain('certificate clear');
    } finally {
      server.close();
    }
  });

  test('renegotiation is declined (RFC 5746 §4.2)', async () => {
    const server = await nodeServer({...keys.p256, maxVersion: 'TLSv1.2'});
    try {
      const client = await ourClient({...clientSettings, versions: [tls12]}, server.port);
      await client.until((end) => end.agreement !== undefined);
      await vi.waitFor(() => expect(server.heard.length).toBe(1));
      server.heard[0]?.renegotiate({}, () => {});
      await client.until((end) => end.alerts.length > 0);
      expect(client.end.alerts[0]).toBe('sent no_renegotiation');
      expect(client.end.state).toBe('CONNECTED');
      client.destroy();
    } finally {
      server.close();
    }
  });

  test('TLS 1.2 offered to a server that speaks 1.3 alone', async () => {
    const {end} = await talk({}, {minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3'});
    expect(end.alerts).toEqual(['received protocol_version']);
  });

  test('a server that can do TLS 1.3 says so to a client of TLS 1.2 (RFC 9846 §4.2.3)', async () => {
    const server = await nodeServer({...keys.p256, minVersion: 'TLSv1.2'});
    try {
      const end = await ask({versions: [tls12]}, server.port);
      const [hello] = end
        .of('note')
        .flatMap(({note}) => (note.kind === 'message' && note.name === 'server_hello' ? [note.bytes] : []));
      expect(Buffer.from(hello?.subarray(30, 38) ?? []).toString('latin1')).toBe('DOWNGRD\x01');
    } finally {
      server.close();
    }
  });
});

describe("Node's client, our server", () => {
  const talk = async (settings: Partial<TlsServerSettings>, options: ConnectionOptions = {}) => {
    const server = await echoing({versions: [tls12], ...settings});
    try {
      return {...(await say(server.port, options)), end: server.ends[0]};
    } finally {
      server.close();
    }
  };

  test.each(suites)('%s', async (name, suite, ciphers, kind) => {
    const trust = {ca: keys[kind].cert, rejectUnauthorized: true, ciphers};
    const {heard, cipher, socket} = await talk({cipherSuites: [suite]}, trust);
    expect([heard, cipher, socket.authorized]).toEqual(['heard hello', name, true]);
  });

  test.each([
    ['X25519', x25519],
    ['prime256v1', secp256r1],
  ])('group %s', async (ecdhCurve, group) => {
    const {heard, end} = await talk({credentials: [credentials.rsa]}, {ecdhCurve});
    expect([heard, end?.agreement?.group]).toEqual(['heard hello', group]);
  });

  test.each([
    ['RSA+SHA256', 0x0401],
    ['RSA-PSS+SHA256', 0x0804],
  ])('signature %s', async (sigalgs, scheme) => {
    const {heard, end} = await talk({credentials: [credentials.rsa]}, {sigalgs});
    expect([heard, end?.agreement?.signatureScheme]).toEqual(['heard hello', scheme]);
  });

  test('a server of both versions speaks the one that the client speaks', async () => {
    const both = {versions: [tls13, tls12]};
    const older = await talk(both, {maxVersion: 'TLSv1.2'});
    const newer = await talk(both);
    expect([older.heard, older.end?.agreement?.version]).toEqual(['heard hello', 'TLS 1.2']);
    expect([newer.heard, newer.end?.agreement?.version]).toEqual(['heard hello', 'TLS 1.3']);
  });

  test('name and protocol', async () => {
    const {socket, end} = await talk({alpn: ['http/1.1']}, {ALPNProtocols: ['h2', 'http/1.1']});
    expect(socket.alpnProtocol).toBe('http/1.1');
    expect(end?.agreement).toMatchObject({serverName: 'www.example.com', alpn: 'http/1.1'});
  });

  test('resumption by our tickets', async () => {
    const server = await echoing({versions: [tls12]});
    try {
      const first = await say(server.port, {});
      const second = await say(server.port, first.session ? {session: first.session} : {});
      expect([second.heard, second.reused]).toEqual(['heard hello', true]);
      expect(server.ends[1]?.messages('sent')).toEqual(['server_hello clear', 'finished application']);
    } finally {
      server.close();
    }
  });

  test('renegotiation is declined', async () => {
    const server = await echoing({versions: [tls12]});
    try {
      const socket = connect({port: server.port, host: '127.0.0.1', rejectUnauthorized: false});
      await once(socket, 'secureConnect');
      const refused = new Promise((resolve) => socket.on('error', resolve));
      socket.renegotiate({}, () => {});
      expect(String(await refused)).toContain('no renegotiation');
      expect(server.ends[0]?.alerts[0]).toBe('sent no_renegotiation');
    } finally {
      server.close();
    }
  });
});
