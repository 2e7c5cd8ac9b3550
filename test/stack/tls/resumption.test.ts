// Tickets, resumption, early data and what becomes of them (RFC 9846 §2.2, §2.3, §4.3.10, §4.3.11, §4.7.1, §8).
import {describe, expect, test} from 'vitest';
import {tlsClient} from '../../../source/stack/tls/connection.ts';
import {
  type TlsClientSettings,
  type TlsServerSettings,
  type TlsSession,
  tlsClientDefaults,
} from '../../../source/stack/tls/settings.ts';
import {ContentType} from '../../../source/wire/tls/registry.ts';
import {Pair, write} from './pair.ts';

type Changes = {readonly client?: Partial<TlsClientSettings>; readonly server?: Partial<TlsServerSettings>};

const early: Partial<TlsServerSettings> = {maxEarlyData: 1000};

const ticketOf = (changes: Changes = {}): TlsSession => {
  const [session] = new Pair(changes).open().run().client.sessions;
  if (!session) throw new Error('no ticket');
  return session;
};

/** A second connection, a second later; what the client writes first is `GET`. */
const again = (
  session: TlsSession,
  changes: Changes = {},
  memory = new Set<string>(),
  nowUs = 1_000_000,
): Pair => {
  const client = {session, earlyData: true, ...changes.client};
  const pair = new Pair({client, server: {...early, ...changes.server}, seed: 'again', nowUs, memory}).open();
  pair.client.happen(write('GET'));
  return pair;
};

describe('resumption', () => {
  test('no certificate; both ends know', () => {
    const pair = again(ticketOf(), {client: {earlyData: false}}).run();
    expect(pair.client.messages('received').slice(0, 3)).toEqual([
      'server_hello clear',
      'encrypted_extensions handshake',
      'finished handshake',
    ]);
    expect([pair.client.agreement?.resumed, pair.server.agreement?.resumed]).toEqual([true, true]);
    expect(pair.server.text).toBe('GET');
  });

  test('each ticket has another PSK', () => {
    const {sessions} = new Pair({server: {tickets: 3}}).open().run().client;
    const psks = sessions.map(({psk}) => Buffer.from(psk).toString('hex'));
    expect(new Set(psks).size).toBe(3);
  });

  test.each([
    ['SHA-256, another suite of it', 0x1301, 0x1303, true],
    ['SHA-384', 0x1302, 0x1302, true],
    ['another hash', 0x1301, 0x1302, false],
  ])('%s', (_, first, second, resumed) => {
    const pair = again(ticketOf({client: {cipherSuites: [first]}}), {server: {cipherSuites: [second]}}).run();
    expect(pair.client.agreement).toMatchObject({resumed, suite: second});
    expect(pair.server.text).toBe('GET');
  });

  test('after HelloRetryRequest, with a binder over both hellos', () => {
    const retry = {client: {keyShares: [29]}, server: {groups: [23]}};
    const pair = again(ticketOf({server: early}), retry).run();
    expect(pair.client.agreement).toMatchObject({resumed: true, group: 23, earlyData: 'rejected'});
  });

  test.each([
    ['a lifetime that is over', {}, 7_201_000_000],
    ['another name', {client: {serverName: 'other.example.com'}}, 1000],
    ['a key that is gone', {server: {ticketKey: new Uint8Array(32).fill(9)}}, 1000],
  ] as const)('not with %s', (_, changes, nowUs) => {
    const pair = again(ticketOf(), changes, new Set(), nowUs).run();
    expect([pair.client.agreement?.resumed, pair.client.state]).toEqual([false, 'CONNECTED']);
  });

  test('a ticket of a connection without a name is good for another one without a name', () => {
    const nameless = (session?: TlsSession): Pair => {
      const pair = new Pair({seed: session ? 'again' : 'a', nowUs: session ? 1_000_000 : 0});
      pair.client.connection = tlsClient({...tlsClientDefaults, ...(session && {session})});
      return pair.open().run();
    };
    const [session] = nameless().client.sessions;
    expect(nameless(session).client.agreement).toMatchObject({resumed: true});
    expect(nameless(ticketOf()).client.agreement).toMatchObject({resumed: false});
  });

  test('a ticket whose lifetime is 0 is thrown away', () => {
    expect(new Pair({server: {ticketLifetimeS: 0}}).open().run().client.of('session')).toEqual([]);
  });
});

describe('early data', () => {
  test('no more of them than the ticket allows, before and behind ServerHello (§4.3.10)', () => {
    const session = ticketOf({server: {maxEarlyData: 10}});
    const pair = again(session, {server: {maxEarlyData: 10}});
    const early = (): string =>
      pair.client
        .of('note')
        .flatMap(({note}) =>
          note.kind === 'record' && note.epoch === 'early' && note.type === ContentType.application_data
            ? [Buffer.from(note.content).toString()]
            : [],
        )
        .join();
    pair.client.happen(write('four'));
    expect(early()).toBe('GET,four');
    pair.pass(pair.client, pair.server);
    const flight = Buffer.concat(pair.server.take());
    const helloEnd = 5 + flight.readUInt16BE(3);
    pair.client.happen({kind: 'bytes', data: new Uint8Array(flight.subarray(0, helloEnd))});
    pair.client.happen(write('three')).happen(write('late'));
    expect(early()).toBe('GET,four,thr');
    pair.client.happen({kind: 'bytes', data: new Uint8Array(flight.subarray(helloEnd))});
    expect(pair.run().server.text).toBe('GETfourthreelate');
  });

  test('are heard before the handshake is over', () => {
    const pair = again(ticketOf({server: early}));
    pair.pass(pair.client, pair.server);
    expect(pair.server.of('deliver').map(({early: first}) => first)).toEqual([true]);
    expect([pair.server.text, pair.server.state]).toEqual(['GET', 'WAIT_EOED']);
    pair.server.happen(write('200'));
    pair.run();
    expect(pair.client.text).toBe('200');
    expect([pair.client.agreement?.earlyData, pair.server.agreement?.earlyData]).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(pair.client.messages('sent')).toEqual([
      'client_hello clear',
      'end_of_early_data early',
      'finished handshake',
    ]);
  });

  test('go on until the server has finished (§4.3.11.3)', () => {
    const pair = again(ticketOf({server: early}));
    pair.pass(pair.client, pair.server);
    pair.client.happen(write(' more'));
    pair.run();
    expect(pair.server.text).toBe('GET more');
  });

  test('what is too much for the ticket waits', () => {
    const session = ticketOf({server: early});
    const pair = again(session);
    pair.client.happen(write('x'.repeat(2000)));
    pair.run();
    expect(pair.server.text.length).toBe(2003);
    const lengths = (first: boolean) =>
      pair.server
        .of('deliver')
        .filter((one) => one.early === first)
        .reduce((sum, {data}) => sum + data.length, 0);
    expect([lengths(true), lengths(false)]).toEqual([1000, 1003]);
  });

  test('a server that gets more than it allows ends it', () => {
    const pair = again(ticketOf({server: early}), {server: {maxEarlyData: 2}}).run();
    expect(pair.server.alerts).toEqual(['sent unexpected_message']);
  });

  test('only where the ticket allows it', () => {
    const pair = again(ticketOf());
    expect(pair.client.of('note').some(({note}) => note.kind === 'earlyData')).toBe(false);
    expect(pair.run().server.text).toBe('GET');
  });
});

describe('early data that are refused (§4.3.10)', () => {
  const refusals: readonly (readonly [string, Changes])[] = [
    ['server takes none', {server: {maxEarlyData: 0}}],
    ['with HelloRetryRequest', {server: {groups: [23]}}],
    ['with a cookie', {server: {cookie: 'always'}}],
    ['for another suite', {server: {cipherSuites: [0x1303]}}],
    ['an unknown ticket', {server: {ticketKey: new Uint8Array(32).fill(9)}}],
  ];

  test.each(refusals)('%s: the program hears of it', (_, changes) => {
    const pair = again(ticketOf({server: early}), changes).run();
    expect(
      pair.client.of('earlyRefused').map(({data, again: twice}) => [Buffer.from(data).toString(), twice]),
    ).toEqual([['GET', false]]);
    expect([pair.client.agreement?.earlyData, pair.server.text]).toEqual(['rejected', '']);
    pair.client.happen(write('GET once more'));
    expect(pair.run().server.text).toBe('GET once more');
  });

  test.each(refusals)('%s: they leave again if that is wanted', (_, changes) => {
    const client = {...changes.client, resendEarlyData: true};
    const pair = again(ticketOf({server: early}), {...changes, client});
    pair.client.happen(write(' and more'));
    expect(pair.run().server.text).toBe('GET and more');
    expect(pair.client.of('earlyRefused')[0]?.again).toBe(true);
  });

  test('never under another protocol', () => {
    const session = ticketOf({client: {alpn: ['a', 'b']}, server: {...early, alpn: ['a', 'b']}});
    const client = {alpn: ['a', 'b'], resendEarlyData: true};
    const pair = again(session, {client, server: {alpn: ['b']}}).run();
    expect(pair.client.agreement).toMatchObject({resumed: true, alpn: 'b', earlyData: 'rejected'});
    expect([pair.server.text, pair.client.of('earlyRefused')[0]?.again]).toEqual(['', false]);
  });
});

describe('replays (§8)', () => {
  /** The first flight of a client, sent to the server again. */
  const replayed = (antiReplay: TlsServerSettings['antiReplay'], laterUs = 0) => {
    const memory = new Set<string>();
    const session = ticketOf({server: early});
    const pair = again(session, {server: {antiReplay}}, memory);
    const recorded = pair.client.take();
    const heard = (nowUs: number) => {
      const {server} = new Pair({
        server: {...early, antiReplay},
        seed: `server ${nowUs}`,
        nowUs,
        memory,
      }).open();
      for (const data of recorded) server.happen({kind: 'bytes', data});
      return server.text;
    };
    return [heard(1_000_000), heard(1_000_000 + laterUs)];
  };

  test.each([
    ['none', 0, ['GET', 'GET']],
    ['none', 60_000_000, ['GET', 'GET']],
    ['freshness', 1_000_000, ['GET', 'GET']],
    ['freshness', 60_000_000, ['GET', '']],
    ['recording', 1_000_000, ['GET', '']],
  ] as const)('%s, %i µs later', (antiReplay, laterUs, texts) => {
    expect(replayed(antiReplay, laterUs)).toEqual(texts);
  });
});
