// Our TLS machines against Node's own TLS (OpenSSL), in this process: always installed.
import {readFileSync} from 'node:fs';
import {type ConnectionOptions, connect, createServer, type TLSSocket, type TlsOptions} from 'node:tls';
import {describe, expect, test} from 'vitest';
import type {TlsClientSettings, TlsServerSettings} from '../../source/stack/tls/settings.ts';
import {clientSettings, credentials, serverSettings, write} from '../stack/tls/pair.ts';
import {listen, ourClient, ourServer} from './tls/loopback.ts';

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const keys = {rsa: {cert: pem('rsa'), key: pem('rsa-key')}, p256: {cert: pem('p256'), key: pem('p256-key')}};

const suites = [
  ['TLS_AES_128_GCM_SHA256', 0x1301],
  ['TLS_AES_256_GCM_SHA384', 0x1302],
  ['TLS_CHACHA20_POLY1305_SHA256', 0x1303],
] as const;
const x25519 = 29;
const secp256r1 = 23;

/** Node's server says what it heard, once, and closes. */
const nodeServer = async (options: TlsOptions) => {
  const heard: TLSSocket[] = [];
  const server = createServer({...keys.p256, minVersion: 'TLSv1.3', ...options}, (socket) => {
    heard.push(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => socket.end(`heard ${data}`));
  });
  server.on('tlsClientError', () => {});
  return {port: await listen(server), heard, close: () => server.close()};
};

const ask = async (settings: Partial<TlsClientSettings>, port: number) => {
  const client = await ourClient({...clientSettings, ...settings}, port);
  client.happen(write('hello'));
  await client.until((end) => end.of('closed').length > 0);
  client.happen({kind: 'close'});
  client.destroy();
  return client.end;
};

describe("our client, Node's server", () => {
  const talk = async (settings: Partial<TlsClientSettings>, options: TlsOptions = {}) => {
    const server = await nodeServer(options);
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
    const server = await nodeServer({});
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
  const answer = (heard: string) => (heard.length > 0 ? `heard ${heard}` : undefined);

  const say = (port: number, options: ConnectionOptions) =>
    new Promise<{
      readonly socket: TLSSocket;
      readonly heard: string;
      readonly session?: Buffer;
      readonly reused: boolean;
      readonly cipher: string;
    }>((resolve, reject) => {
      const given = {
        port,
        host: '127.0.0.1',
        servername: 'www.example.com',
        minVersion: 'TLSv1.3',
        rejectUnauthorized: false,
      } as const;
      let heard = '';
      let session: Buffer | undefined;
      let reused = false;
      let cipher = '';
      const socket = connect({...given, ...options}, () => {
        reused = socket.isSessionReused();
        cipher = socket.getCipher().standardName;
        socket.write('hello');
      });
      socket.on('session', (ticket) => {
        session = ticket;
      });
      socket.on('data', (data) => {
        heard += data;
      });
      socket.on('error', reject);
      socket.on('end', () => resolve({socket, heard, reused, cipher, ...(session && {session})}));
    });

  const talk = async (settings: Partial<TlsServerSettings>, options: ConnectionOptions = {}) => {
    const server = await ourServer({...serverSettings, ...settings}, answer);
    try {
      return {...(await say(server.port, options)), end: server.ends[0]};
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
    const server = await ourServer(serverSettings, answer);
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
    const server = await ourServer({...serverSettings, recordsPerKey: 1}, answer);
    try {
      expect((await say(server.port, {})).heard).toBe('heard hello');
    } finally {
      server.close();
    }
  });
});
