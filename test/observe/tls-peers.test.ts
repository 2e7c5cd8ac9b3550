// Recordings of connections between two ends of Node's own TLS, and between our machines: oracle is what the programs said.
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {Duplex} from 'node:stream';
import {connect, createSecureContext, TLSSocket} from 'node:tls';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Connection, Side} from '../../source/observe/connections.ts';
import {exchangesAt} from '../../source/observe/http-exchanges.ts';
import {programStreamsIn} from '../../source/observe/program-streams.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {packetView} from '../../source/view/bytes/inspector-view.ts';
import {hexOf} from '../../source/wire/octets.ts';
import {cipherSuiteName} from '../../source/wire/tls/cipher-suites.ts';
import {ContentType, groupName, versionName} from '../../source/wire/tls/registry.ts';
import {root} from '../helpers/root.ts';
import {runs, some} from '../helpers/seeds.ts';
import {Pair} from '../stack/tls/pair.ts';
import {computed, record, resumedRecord, resumedSecret} from '../stack/tls/rfc8448.ts';
import {recordedTrace, type Said} from './tls-recorded.ts';

const request = 'GET /page HTTP/1.1\r\nHost: www.example.com\r\n\r\n';
const body = 'x'.repeat(40_000);
const response = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** What the programs of one side heard, by the capture. */
const heard = ({arrived}: Connection, side: Side): string =>
  Buffer.concat(
    arrived.flatMap((told) => (told.side === side && told.piece.kind === 'bytes' ? [told.piece.bytes] : [])),
  ).toString();

const programs = (trace: Trace): readonly [string, string] => {
  const [connection] = programStreamsIn(trace).all;
  if (!connection) throw new Error('no connection');
  return [heard(connection, 0), heard(connection, 1)];
};

type Recording = {readonly said: readonly Said[]; readonly log: string; readonly suite: string};

/** Two streams, each the other's far end; what is written is kept. */
const wires = (said: Said[]): readonly [Duplex, Duplex] => {
  const ends: Duplex[] = [];
  for (const side of [0, 1] as const)
    ends.push(
      new Duplex({
        read: () => undefined,
        write: (chunk: Buffer, _, done) => {
          said.push({side, bytes: new Uint8Array(chunk)});
          ends[1 - side]?.push(chunk);
          done();
        },
        final: (done) => {
          ends[1 - side]?.push(null);
          done();
        },
      }),
    );
  const [client, server] = ends;
  if (!client || !server) throw new Error('no ends');
  return [client, server];
};

const certificate = readFileSync(`${root}test/fixtures/tls/rsa.pem`);
const key = readFileSync(`${root}test/fixtures/tls/rsa-key.pem`);

/** OpenSSL's SSL_OP_NO_ENCRYPT_THEN_MAC, which Node has no name for. */
const noEncryptThenMac = 2 ** 19;

type Options = {
  readonly ciphers: string;
  readonly version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly plainMac?: boolean;
  readonly fragment?: number;
};

const recorded = async ({ciphers, version, plainMac, fragment}: Options): Promise<Recording> => {
  const said: Said[] = [];
  const [near, far] = wires(said);
  const common = {
    ciphers: version === 'TLSv1.3' ? ciphers : `${ciphers}@SECLEVEL=0`,
    minVersion: version,
    maxVersion: version,
    ...(plainMac && {secureOptions: noEncryptThenMac}),
  };
  const secureContext = createSecureContext({...common, key, cert: certificate});
  const server = new TLSSocket(far, {isServer: true, secureContext, ALPNProtocols: ['http/1.1']});
  if (fragment !== undefined) server.setMaxSendFragment(fragment);
  const client = connect({
    ...common,
    socket: near,
    servername: 'www.example.com',
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  const lines: string[] = [];
  client.on('keylog', (line: Buffer) => lines.push(line.toString()));
  server.on('data', () => server.end(response));
  await once(client, 'secureConnect');
  const suite = client.getCipher().standardName;
  client.write(request);
  client.resume();
  await once(client, 'end');
  client.end();
  return {said, log: lines.join(''), suite};
};

const peers: readonly Options[] = [
  ...['AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305', 'AES128-SHA'].map(
    (ciphers) => ({ciphers, version: 'TLSv1.2' as const}),
  ),
  ...['AES128-SHA', 'AES256-SHA', 'AES128-SHA256', 'ECDHE-RSA-AES256-SHA384'].map((ciphers) => ({
    ciphers,
    version: 'TLSv1.2' as const,
    plainMac: true,
  })),
  {ciphers: 'ECDHE-RSA-AES256-SHA384', version: 'TLSv1.2'},
  ...['AES128-CCM', 'AES256-CCM8'].map((ciphers) => ({ciphers, version: 'TLSv1.2' as const})),
  ...(['TLSv1', 'TLSv1.1'] as const).flatMap((version) => [
    {ciphers: 'AES128-SHA', version},
    {ciphers: 'ECDHE-RSA-AES256-SHA', version, plainMac: true},
  ]),
  ...[
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_CCM_SHA256',
    'TLS_AES_128_CCM_8_SHA256',
  ].map((ciphers) => ({
    ciphers,
    version: 'TLSv1.3' as const,
  })),
];

describe.each(some(peers, 7))('$version, $ciphers, MAC before encryption: $plainMac', (options) => {
  test('the log opens what the programs said, each byte in its packet', async () => {
    const {said, log, suite} = await recorded(options);
    const trace = recordedTrace(said, {log});
    const [session] = tlsSessionsIn(trace);
    expect(session).toMatchObject({
      serverName: 'www.example.com',
      alpn: 'http/1.1',
      closed: [],
      resumed: false,
    });
    expect(versionName(session?.version ?? 0)).toBe(options.version.replace(/v1$/, ' 1.0').replace('v', ' '));
    expect(cipherSuiteName(session?.suite ?? 0)).toBe(suite);
    expect(programs(trace)).toEqual([request, response]);
    expect(exchangesAt(trace, trace.length).map(({response: answer}) => answer?.whole)).toEqual([true]);
    expect(programs(recordedTrace(said))[0]).not.toContain('GET');
  });
});

test('a message in several encrypted records is shown where it ends (RFC 9846 §5.1)', async () => {
  const options = {ciphers: 'TLS_AES_128_GCM_SHA256', version: 'TLSv1.3', fragment: 512} as const;
  const {said, log} = await recorded(options);
  const trace = recordedTrace(said, {log});
  const [session] = tlsSessionsIn(trace);
  const split = session?.contents.filter(({content}) => content?.length === 512) ?? [];
  expect(split.length).toBeGreaterThan(2);
  const shown = Array.from({length: trace.packetCount}, (_, at) =>
    packetView(trace, at + 1, {language: 'en', cursor: trace.length, hides: []}),
  ).flatMap(({layers}) =>
    layers
      .filter(({opened}) => opened)
      .flatMap(({fields}) =>
        fields.flatMap(({name, value}) => (name === 'tls.handshake.type' ? [value] : [])),
      ),
  );
  const encrypted = session?.messages.filter((message) => message.encrypted) ?? [];
  expect(shown).toEqual(encrypted.map(({bytes}) => String(bytes[0])));
});

/** In the words of a key log. */
const logOf = ({client}: Pair): string =>
  client
    .of('secret')
    .map(({label, clientRandom, secret}) => `${label} ${hexOf(clientRandom)} ${hexOf(secret)}\n`)
    .join('');

/** What the ends of a pair say from here on. */
const listened = (pair: Pair, said: Said[]): Pair => {
  const pass = pair.pass.bind(pair);
  pair.pass = (from, to, changed = (data) => data) =>
    pass(from, to, (data) => {
      const bytes = changed(data);
      said.push({side: from === pair.client ? 0 : 1, bytes});
      return bytes;
    });
  return pair;
};

const write = (text: string) => ({kind: 'write', data: Buffer.from(text)}) as const;

describe('between our machines', () => {
  test('keys that change in between (RFC 9846 §4.7.3)', () => {
    const said: Said[] = [];
    const pair = listened(new Pair(), said).open().run();
    for (const [index, word] of ['a', 'b', 'c', 'd'].entries()) {
      pair.client.happen({kind: 'updateKeys', request: index % 2 === 0}).happen(write(word));
      pair.run();
      pair.server.happen(write(word.toUpperCase()));
      pair.run();
    }
    expect(programs(recordedTrace(said, {log: logOf(pair), size: 50}))).toEqual(['abcd', 'ABCD']);
  });

  test.each([[true], [false]])('early data, taken by the server: %s (RFC 9846 §4.3.10)', (taken) => {
    const server = {maxEarlyData: 1000};
    const first = new Pair({server}).open().run();
    const session = first.client.of('session').at(-1)?.session;
    const again = {
      client: {...(session && {session}), earlyData: true},
      server: taken ? server : {maxEarlyData: 0},
      seed: 'again',
      nowUs: 1_000_000,
    };
    const said: Said[] = [];
    const pair = listened(new Pair(again), said).open();
    pair.client.happen(write('early '));
    pair.run();
    pair.client.happen(write('late'));
    pair.run();
    const trace = recordedTrace(said, {log: logOf(pair)});
    expect(programs(trace)[0]).toBe(pair.server.text);
    expect(pair.server.text).toBe(taken ? 'early late' : 'late');
    expect(tlsSessionsIn(trace)[0]).toMatchObject({resumed: true, earlyDataOffered: true, pskOffered: true});
  });
});

describe('RFC 8448', () => {
  const labels = {
    CLIENT_HANDSHAKE_TRAFFIC_SECRET: 'client_handshake_traffic_secret',
    SERVER_HANDSHAKE_TRAFFIC_SECRET: 'server_handshake_traffic_secret',
    CLIENT_TRAFFIC_SECRET_0: 'client_application_traffic_secret_0',
    SERVER_TRAFFIC_SECRET_0: 'server_application_traffic_secret_0',
  };
  /** Both ends say the octets 00 … 31 (hexadecimal). */
  const octets = Buffer.from(Array.from({length: 50}, (_, octet) => octet)).toString();
  const sideOf = (name: string): 0 | 1 => (/^client|^Client|^early|^EndOf/.test(name) ? 0 : 1);

  test('§3: the trace opens under its own secrets', () => {
    const names = ['ClientHello', 'ServerHello', 'serverFlight', 'clientFinished', 'NewSessionTicket'];
    const all = [...names, 'clientData', 'serverData', 'clientCloseNotify', 'serverCloseNotify'];
    const random = hexOf(record('ClientHello').slice(11, 43));
    const log = Object.entries(labels)
      .map(([label, name]) => `${label} ${random} ${hexOf(computed(name))}\r\n`)
      .join('');
    const trace = recordedTrace(
      all.map((name) => ({side: sideOf(name), bytes: record(name)})),
      {log},
    );
    const [session] = tlsSessionsIn(trace);
    expect(groupName(session?.group ?? 0)).toBe('x25519');
    expect(session?.messages.map(({name}) => name)).toEqual([
      ...['client_hello', 'server_hello', 'encrypted_extensions', 'certificate', 'certificate_verify'],
      ...['finished', 'finished', 'new_session_ticket'],
    ]);
    expect(programs(trace)).toEqual([octets, octets]);
  });

  test('§4: early data of a resumed connection', () => {
    const all = [
      ...['ClientHello', 'earlyData', 'ServerHello', 'serverFlight', 'EndOfEarlyData', 'clientFinished'],
      ...['clientData', 'serverData', 'clientCloseNotify', 'serverCloseNotify'],
    ];
    const random = hexOf(resumedRecord('ClientHello').slice(11, 43));
    const early = {...labels, CLIENT_EARLY_TRAFFIC_SECRET: 'client_early_traffic_secret'};
    const log = Object.entries(early)
      .map(([label, name]) => `${label} ${random} ${resumedSecret(name)}\n`)
      .join('');
    const trace = recordedTrace(
      all.map((name) => ({side: sideOf(name), bytes: resumedRecord(name)})),
      {log},
    );
    const [sent, got] = programs(trace);
    expect([sent.length, sent.slice(-50), got]).toEqual([56, octets, octets]);
  });
});

describe('what is damaged is told, never thrown', () => {
  const made = recorded({ciphers: 'AES128-GCM-SHA256', version: 'TLSv1.2'});
  const made13 = recorded({ciphers: 'TLS_AES_128_GCM_SHA256', version: 'TLSv1.3'});

  const readWhole = (trace: Trace): void => {
    programs(trace);
    exchangesAt(trace, trace.length);
    for (let id = 1; id <= Math.min(12, trace.packetCount); id++)
      packetView(trace, id, {language: 'zh', cursor: trace.length, hides: []});
  };

  test.each([
    ['TLS 1.2', made],
    ['TLS 1.3', made13],
  ] as const)('%s: secrets of another connection', async (_, making) => {
    const {said, log} = await making;
    const wrong = log.replace(/[0-9a-f]{8}$/gm, (end) =>
      end.replace(/./g, (digit) => (digit === '0' ? '1' : '0')),
    );
    const trace = recordedTrace(said, {log: wrong});
    readWhole(trace);
    const [session] = tlsSessionsIn(trace);
    expect(session?.closed.map(({side, why}) => [side, why]).sort()).toEqual([
      [0, 'record'],
      [1, 'record'],
    ]);
    const other = recordedTrace(said, {log: log.replace(/(?<= )[0-9a-f]{64}(?= )/g, '00'.repeat(32))});
    expect(tlsSessionsIn(other)[0]?.closed.map(({why}) => why)).toEqual(['secret', 'secret']);
  });

  test.each([
    ['TLS 1.2', made],
    ['TLS 1.3', made13],
  ] as const)('%s: damage and loss', async (_, making) => {
    const {said, log} = await making;
    const [clean] = [programs(recordedTrace(said, {log}))];
    const places = fc.array(fc.record({at: fc.nat(), part: fc.nat(), mask: fc.integer({min: 1, max: 255})}), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(places, fc.array(fc.integer({min: 1, max: 70}), {maxLength: 2}), (changes, lost) => {
        const altered = said.map(({side, bytes}) => ({side, bytes: Uint8Array.from(bytes)}));
        for (const {at, part, mask} of changes) {
          const {bytes = new Uint8Array(1)} = altered[part % altered.length] ?? {};
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ mask;
        }
        const trace = recordedTrace(altered, {log, lost});
        readWhole(trace);
        const [session] = tlsSessionsIn(trace);
        const opened = session?.contents.some(
          ({type, encrypted, content}) =>
            encrypted && type === ContentType.application_data && content !== undefined,
        );
        // An AEAD lets nothing pass that was not said.
        if (opened) for (const side of [0, 1] as const) expect(clean[side]).toContain(programs(trace)[side]);
      }),
      {numRuns: runs(40, 4)},
    );
  });
});
