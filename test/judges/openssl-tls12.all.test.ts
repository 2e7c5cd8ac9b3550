// OpenSSL's command line as judge of TLS 1.2: its client gets a page from our server machine, our client machine one from its server.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {TlsClientSettings, TlsServerSettings} from '../../source/stack/tls/settings.ts';
import {clientSettings, serverSettings, write} from '../stack/tls/pair.ts';
import {ourClient, ourServer} from './tls/loopback.ts';
import {answer, noCurl, noOpenssl, pem, request, type Said, say, started} from './tls/openssl.ts';

const only12 = {versions: [0x0303]};

const suites = [
  ['AES128-GCM-SHA256', 0x009c],
  ['AES256-GCM-SHA384', 0x009d],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 0xc02b],
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 0xc02c],
  ['ECDHE-RSA-AES128-GCM-SHA256', 0xc02f],
  ['ECDHE-RSA-AES256-GCM-SHA384', 0xc030],
] as const;

describe.skipIf(noOpenssl)('openssl s_client, our server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls12-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  const visit = async (
    settings: Partial<TlsServerSettings>,
    ...connections: readonly (readonly string[])[]
  ) => {
    const server = await ourServer({...serverSettings, ...only12, ...settings}, answer);
    const said: Said[] = [];
    try {
      for (const words of connections) {
        const fixed = ['-connect', `127.0.0.1:${server.port}`, '-servername', 'www.example.com', '-ign_eof'];
        said.push(await say('openssl', ['s_client', ...fixed, ...words], request));
      }
    } finally {
      server.close();
    }
    return {said, ends: server.ends};
  };

  test('every suite, one after the other', async () => {
    const {said, ends} = await visit({}, ...suites.map(([name]) => ['-tls1_2', '-cipher', name]));
    expect(said.map(({stdout}) => stdout.includes('hello'))).toEqual(suites.map(() => true));
    expect(said.map(({stdout}) => /Cipher is (\S+)/.exec(stdout)?.[1])).toEqual(suites.map(([name]) => name));
    expect(said.every(({stdout}) => stdout.includes('Extended master secret: yes'))).toBe(true);
    expect(said.every(({stdout}) => stdout.includes('Secure Renegotiation IS supported'))).toBe(true);
    expect(ends.map(({agreement}) => agreement?.suite)).toEqual(suites.map(([, suite]) => suite));
  });

  test('resumption by our ticket', async () => {
    const session = join(folder, 'session');
    const {said, ends} = await visit({}, ['-tls1_2', '-sess_out', session], ['-tls1_2', '-sess_in', session]);
    expect(said[1]?.stdout).toContain('Reused, TLSv1.2');
    expect(ends.map(({agreement}) => agreement?.resumed)).toEqual([false, true]);
  });

  test('a client of both versions, a server of 1.2; a needless fallback', async () => {
    const {said} = await visit({}, []);
    expect(said[0]?.stdout).toContain('New, TLSv1.2');
    const fallback = await visit({versions: [0x0304, 0x0303]}, ['-tls1_2', '-fallback_scsv']);
    expect(fallback.said[0]?.stderr).toContain('inappropriate fallback');
  });

  test.skipIf(noCurl)('curl gets the page', async () => {
    const server = await ourServer({...serverSettings, ...only12, alpn: ['http/1.1']}, answer);
    try {
      const url = `https://www.example.com:${server.port}/`;
      const to = ['--connect-to', `::127.0.0.1:${server.port}`, '--cacert', pem('p256')];
      const fixed = ['-sS', '--noproxy', '*', '--http1.1', '--tls-max', '1.2'];
      const {stdout, stderr} = await say('curl', [...fixed, ...to, url]);
      expect([stdout, stderr]).toEqual(['hello\n', '']);
    } finally {
      server.close();
    }
  });
});

describe.skipIf(noOpenssl)('our client, openssl s_server', () => {
  const visit = async (port: number, settings: Partial<TlsClientSettings>) => {
    const client = await ourClient({...clientSettings, ...only12, ...settings}, port);
    client.happen(write('hello\n'));
    await client.until(({text}) => text.length > 0);
    client.happen({kind: 'close'});
    client.destroy();
    return client.end;
  };

  let server: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    const both = ['-dcert', pem('rsa'), '-dkey', pem('rsa-key')];
    server = await started(['-tls1_2', '-rev', ...both, '-cipher', 'ALL']);
  });
  afterAll(() => server?.stop());

  test.each(suites)('suite %s', async (_, suite) => {
    const end = await visit(server.port, {cipherSuites: [suite]});
    expect([end.text, end.agreement?.suite]).toEqual(['olleh\n', suite]);
  });

  test.each([
    ['PKCS #1 v1.5', 0x0401],
    ['PSS', 0x0804],
  ])('RSA signs by %s', async (_, scheme) => {
    const end = await visit(server.port, {cipherSuites: [0xc02f], signatureSchemes: [scheme]});
    expect([end.text, end.agreement?.signatureScheme]).toEqual(['olleh\n', scheme]);
  });

  test('resumption', async () => {
    const session = (await visit(server.port, {})).of('session')[0]?.session;
    const end = await visit(server.port, session ? {session} : {});
    expect([end.text, end.agreement?.resumed]).toEqual(['olleh\n', true]);
  });
});
