// tshark as judge of TLS 1.3 and 1.2: with the secrets that our machines tell it reads everything that they said, early data,
// renewed keys and padding included; with the server's private key what RSA transported, and nothing else.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {hexOf} from '../../source/wire/octets.ts';
import {type End, Pair, write} from '../stack/tls/pair.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const noText2pcap = spawnSync('text2pcap', ['-v']).error ? 'text2pcap is not installed' : undefined;
const missing = tsharkMissing() ?? noText2pcap;
if (missing) console.log(`tshark-tls judge skipped: ${missing}`);

/** `O`: of the client, `I`: of the server. */
type Said = readonly ['O' | 'I', Uint8Array];

const request = (path: string) => write(`GET /${path} HTTP/1.1\r\nHost: www.example.com\r\n\r\n`);
const response = write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');

/** Client and server talk until they have nothing more to say. */
const talk = (pair: Pair, said: Said[]): void => {
  const heard = (way: Said[0]) => (data: Uint8Array) => {
    said.push([way, data]);
    return data;
  };
  for (let more = true; more; ) {
    more = pair.pass(pair.client, pair.server, heard('O'));
    more = pair.pass(pair.server, pair.client, heard('I')) || more;
  }
};

type Run = {readonly said: readonly Said[]; readonly client: End};

const exchange = (options: ConstructorParameters<typeof Pair>[0], path: string, renew = false): Run => {
  const said: Said[] = [];
  const pair = new Pair({seed: path, ...options}).open();
  pair.client.happen(request(path));
  talk(pair, said);
  if (renew) pair.server.happen({kind: 'updateKeys', request: true});
  pair.server.happen(response);
  talk(pair, said);
  pair.client.happen(request(`${path}-again`)).happen({kind: 'close'});
  talk(pair, said);
  return {said, client: pair.client};
};

const runs = (): ReadonlyMap<string, Run> => {
  const early = exchange({server: {maxEarlyData: 1000}}, 'first');
  const session = early.client.of('session')[0]?.session;
  if (!session) throw new Error('no ticket');
  return new Map([
    ['aes128', exchange({client: {cipherSuites: [0x1301]}}, 'aes128')],
    ['aes256', exchange({client: {cipherSuites: [0x1302]}}, 'aes256')],
    ['chacha', exchange({client: {cipherSuites: [0x1303], paddingBlock: 64}}, 'chacha')],
    ['retry', exchange({client: {grease: true}, server: {groups: [23], cookie: 'retry'}}, 'retry')],
    ['renewed', exchange({}, 'renewed', true)],
    ['first', early],
    ['early', exchange({client: {session, earlyData: true}, server: {maxEarlyData: 1000}}, 'early')],
  ]);
};

const only12 = {versions: [0x0303]};

/** Of TLS 1.2. */
const exchange12 = (path: string, client: object): Run =>
  exchange({client: {...only12, ...client}, server: only12}, path);

const runs12 = (): ReadonlyMap<string, Run> => {
  const first = exchange12('ecdhe', {cipherSuites: [0xc02b]});
  const session = first.client.of('session')[0]?.session;
  if (!session) throw new Error('no ticket');
  return new Map([
    ['rsa128', exchange12('rsa128', {cipherSuites: [0x009c], sessionTickets: false})],
    ['rsa256', exchange12('rsa256', {cipherSuites: [0x009d]})],
    ['unbound', exchange12('unbound', {cipherSuites: [0x009c], extendedMasterSecret: false})],
    ['ecdhe', first],
    ['ecdhe256', exchange12('ecdhe256', {cipherSuites: [0xc030], groups: [23]})],
    ['resumed', exchange12('resumed', {session})],
  ]);
};

const dump = (said: readonly Said[]): string =>
  said.map(([way, data]) => `${way}\n000000 ${hexOf(data, 0, data.length, ' ')}\n`).join('');

const keyLog = ({client}: Run): string =>
  client
    .of('secret')
    .map(({label, clientRandom, secret}) => `${label} ${hexOf(clientRandom)} ${hexOf(secret)}\n`)
    .join('');

/** What tshark sees of HTTP, handshake types and complaints, by the client's port; it gets the secrets, or that key. */
const judge = (all: ReadonlyMap<string, Run>, key?: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-tls-'));
  try {
    const files = [...all.values()].map(({said}, n) => {
      const [text, file] = [join(folder, `${n}.txt`), join(folder, `${n}.pcapng`)];
      writeFileSync(text, dump(said));
      execFileSync(
        'text2pcap',
        ['-q', '-D', '-4', '10.0.0.1,10.0.0.2', '-T', `${40_000 + n},443`, text, file],
        {stdio: 'ignore'},
      );
      return file;
    });
    const [merged, keys] = [join(folder, 'all.pcapng'), join(folder, 'keys')];
    execFileSync('mergecap', ['-a', '-w', merged, ...files]);
    writeFileSync(keys, [...all.values()].map(keyLog).join(''));
    const names = [
      'tcp.stream',
      'tls.handshake.type',
      'http.request.uri',
      'http.response.code',
      'tls.alert_message.desc',
    ];
    const fields = [...names, '_ws.expert.message'].flatMap((name) => ['-e', name]);
    const args = [
      '-n',
      '-r',
      merged,
      '-o',
      key === undefined ? `tls.keylog_file:${keys}` : `uat:rsa_keys:"${key}",""`,
      '-Y',
      'tls',
      '-T',
      'fields',
      ...fields,
    ];
    const lines = execFileSync('tshark', args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
      .trimEnd()
      .split('\n');
    return lines.map((line) => line.split('\t'));
  } finally {
    rmSync(folder, {recursive: true});
  }
};

const column = (rows: readonly (readonly string[])[], stream: number, n: number): readonly string[] =>
  rows.filter(([of]) => of === String(stream)).flatMap((row) => (row[n] ? [row[n]] : []));

const complaints = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap(([, , , , , said = '']) => (/TLS|tls|decrypt/i.test(said) ? [said] : []));

const rsaKey = fileURLToPath(new URL('../fixtures/tls/rsa-key.pem', import.meta.url));

describe.skipIf(missing)('tshark', () => {
  test('reads what was said', () => {
    const older = runs12();
    const all = new Map([...runs(), ...older]);
    const rows = judge(all);
    for (const [stream, name] of [...all.keys()].entries()) {
      const own = (n: number) => column(rows, stream, n);
      expect([name, own(2).join()]).toEqual([name, `/${name},/${name}-again`]);
      expect([name, own(3).join()]).toEqual([name, '200']);
      // Both Finished, and close_notify, which TLS 1.2 answers.
      const types = own(1).join().split(',');
      expect([name, types.filter((type) => type === '20').length]).toEqual([name, 2]);

      expect([name, own(4)]).toEqual([name, older.has(name) ? ['0', '0'] : ['0']]);
      expect([name, types.includes('24')]).toEqual([name, name === 'renewed']);
      expect([name, types.includes('5')]).toEqual([name, name === 'early']);
    }
    expect(complaints(rows)).toEqual([]);
  });

  test('with the private key alone: only what RSA transported (RFC 5246 §F.1.1.2)', () => {
    const all = runs12();
    const rows = judge(all, rsaKey);
    const read = [...all.keys()].filter((_, stream) => column(rows, stream, 2).length > 0);
    expect(read).toEqual(['rsa128', 'rsa256', 'unbound']);
  });
});
