// OpenSSL's command line as judge: its client gets a page from our server machine, our client machine one from its server.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {TlsClientSettings, TlsServerSettings} from '../../source/stack/tls/settings.ts';
import {clientSettings, credentials, serverSettings, write} from '../stack/tls/pair.ts';
import {ourClient, ourServer} from './tls/loopback.ts';
import {answer, noCurl, noOpenssl, pem, request, type Said, say, started} from './tls/openssl.ts';

describe.skipIf(noOpenssl)('openssl s_client, our server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  const visit = async (
    settings: Partial<TlsServerSettings>,
    ...connections: readonly (readonly string[])[]
  ) => {
    const server = await ourServer({...serverSettings, ...settings}, answer);
    const said: Said[] = [];
    try {
      for (const words of connections) {
        const fixed = [
          '-connect',
          `127.0.0.1:${server.port}`,
          '-servername',
          'www.example.com',
          '-tls1_3',
          '-ign_eof',
        ];
        said.push(await say('openssl', ['s_client', ...fixed, ...words], request));
      }
    } finally {
      server.close();
    }
    return {said, ends: server.ends};
  };

  test.each(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    '%s',
    async (suite) => {
      const {said} = await visit({}, [
        '-ciphersuites',
        suite,
        '-CAfile',
        pem('p256'),
        '-verify_return_error',
      ]);
      expect(said[0]?.stdout).toContain('hello');
      expect(said[0]?.stdout).toContain(`Cipher is ${suite}`);
      expect(said[0]?.stdout).toContain('Verify return code: 0 (ok)');
    },
  );

  test.each([
    ['X25519', 'Server Temp Key: X25519', 'rsa', 'RSA-PSS'],
    ['P-256', 'Server Temp Key: ECDH, prime256v1', 'p256', 'ECDSA'],
  ] as const)('group %s', async (group, shown, kind, signature) => {
    const {said} = await visit({credentials: [credentials[kind]]}, ['-groups', group]);
    expect(said[0]?.stdout).toContain(shown);
    expect(said[0]?.stdout.toLowerCase()).toContain(`peer signature type: ${signature}`.toLowerCase());
  });

  test('HelloRetryRequest with a cookie', async () => {
    const settings = {groups: [23], cookie: 'retry'} as const;
    const {said, ends} = await visit(settings, ['-groups', 'X25519:P-256']);
    expect(said[0]?.stdout).toContain('hello');
    expect(ends[0]?.messages('sent')[0]).toBe('hello_retry_request clear');
  });

  test('resumption, early data', async () => {
    const [session, early] = [join(folder, 'session'), join(folder, 'early')];
    writeFileSync(early, request);
    const {said, ends} = await visit(
      {maxEarlyData: 1000},
      ['-sess_out', session],
      ['-sess_in', session],
      ['-sess_in', session, '-early_data', early],
    );
    expect(said[1]?.stdout).toContain('Reused, TLSv1.3');
    expect(said[2]?.stdout).toContain('Early data was accepted');
    expect(ends.map(({agreement}) => [agreement?.resumed, agreement?.earlyData])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, 'accepted'],
    ]);
    expect(said.map(({stdout}) => stdout.includes('hello'))).toEqual([true, true, true]);
  });

  test.skipIf(noCurl)('curl gets the page', async () => {
    const server = await ourServer({...serverSettings, alpn: ['http/1.1']}, answer);
    try {
      const url = `https://www.example.com:${server.port}/`;
      const to = ['--connect-to', `::127.0.0.1:${server.port}`, '--cacert', pem('p256')];
      const {stdout, stderr} = await say('curl', [
        '-sS',
        '--noproxy',
        '*',
        '--http1.1',
        '--tlsv1.3',
        ...to,
        url,
      ]);
      expect([stdout, stderr]).toEqual(['hello\n', '']);
    } finally {
      server.close();
    }
  });
});

describe.skipIf(noOpenssl)('our client, openssl s_server', () => {
  const visit = async (port: number, settings: Partial<TlsClientSettings>) => {
    const client = await ourClient({...clientSettings, ...settings}, port);
    client.happen(write('hello\n'));
    await client.until(({text}) => text.length > 0);
    client.happen({kind: 'close'});
    client.destroy();
    return client.end;
  };

  let plain: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    plain = await started(['-tls1_3', '-rev', '-groups', 'P-256:X25519']);
  });
  afterAll(() => plain?.stop());

  test.each([0x1301, 0x1302, 0x1303])('suite %i', async (suite) => {
    const end = await visit(plain.port, {cipherSuites: [suite]});
    expect([end.text, end.agreement?.suite]).toEqual(['olleh\n', suite]);
  });

  test.each([
    [[29], 29],
    [[23], 23],
  ])('key share for %j', async (keyShares, group) => {
    const end = await visit(plain.port, {keyShares, groups: [group]});
    expect([end.text, end.agreement?.group]).toEqual(['olleh\n', group]);
  });

  test('HelloRetryRequest', async () => {
    const end = await visit(plain.port, {keyShares: []});
    expect(end.text).toBe('olleh\n');
    expect(end.messages('received')[0]).toBe('hello_retry_request clear');
  });

  test('resumption', async () => {
    const session = (await visit(plain.port, {})).of('session')[0]?.session;
    const end = await visit(plain.port, session ? {session} : {});
    expect([end.text, end.agreement?.resumed]).toEqual(['olleh\n', true]);
  });

  test('early data', async () => {
    const server = await started(['-tls1_3', '-early_data']);
    try {
      const first = await ourClient(clientSettings, server.port);
      await first.until((end) => end.of('session').length > 0);
      first.destroy();
      const session = first.end.of('session')[0]?.session;
      if (!session) throw new Error('no ticket');
      const second = await ourClient({...clientSettings, session, earlyData: true}, server.port);
      second.happen(write('said early\n'));
      await second.until((end) => end.of('established').length > 0);
      expect(second.end.agreement).toMatchObject({resumed: true, earlyData: 'accepted'});
      await vi.waitFor(() => expect(server.printed()).toContain('said early'));
      second.destroy();
    } finally {
      server.stop();
    }
  });
});
