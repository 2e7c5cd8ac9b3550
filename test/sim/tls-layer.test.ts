// TLS between a run's TCP and its programs. Oracles: RFC 9846 §2 and RFC 5246 §7.3 (round trips until data), §4.7.1 and §4.3.10 (tickets, early
// data), §6 (alerts), RFC 9850 §2 (the key log), RFC 5246 §F.1.1.2 (who has the key of RSA reads it all); RTT is 100 ms.
import {describe, expect, test} from 'vitest';
import {browserApp, serverApp} from '../../source/sim/http-apps.ts';
import {keyLogOf, secretLinesOf} from '../../source/sim/key-log.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import {tlsJson} from '../../source/sim/tls-json.ts';
import {newestOn, tlsOn} from '../../source/sim/tls-state.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {HttpClientSettings} from '../../source/stack/http/client-settings.ts';
import type {HttpServerSettings} from '../../source/stack/http/server-settings.ts';
import {toBase64url} from '../../source/wire/base64url.ts';
import {CipherSuite} from '../../source/wire/tls/cipher-suites.ts';
import {NamedGroup, ProtocolVersion} from '../../source/wire/tls/registry.ts';
import {decodeUtf8} from '../../source/wire/utf8.ts';
import {credentials, roots} from '../helpers/certificates.ts';
import {after, answersOf, at} from '../helpers/http-network.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {eventsOf, run, statesOf} from '../helpers/traces.ts';

const credentialText = (name: string) => {
  const {chain, privateKey} = credentials(name);
  return {chain: chain.map(toBase64url), privateKey: toBase64url(privateKey)};
};

type Secure = {
  readonly server?: Partial<NonNullable<HttpServerSettings['secure']>>;
  readonly client?: Partial<NonNullable<HttpClientSettings['secure']>>;
  readonly change?: Partial<Scenario>;
  readonly notEarly?: boolean;
};

const scenario = (
  script: readonly Cause[],
  {server = {}, client = {}, change = {}, notEarly = false}: Secure = {},
): Scenario => {
  const routes = [
    {
      method: 'GET',
      path: '/',
      type: 'text/plain',
      body: 'hello',
      ...(notEarly ? {notEarly: true as const} : {}),
    },
  ];
  const secure = {credentials: [credentialText('good.ecdsa')], ...server};
  const trusting = {roots: roots().map(toBase64url), ...client};
  const hosts = {'www.example.com': '198.51.100.20'};
  return pairScenario(script, {
    apps: [
      {host: 'server', spec: serverApp({port: 443, routes, keepAliveUs: 1_000_000, secure})},
      {host: 'client', spec: browserApp({hosts, cache: false, secure: trusting})},
    ],
    limitUs: 100_000_000,
    ...change,
  });
};

const get = (as = 'a') => ({call: 'get', url: 'https://www.example.com/', as}) as const;
const once = [at(0, get())];
const twice = [...once, at(5000, get('b'))];

const told = (trace: Trace, what: string, host?: string): readonly Readonly<Record<string, unknown>>[] =>
  eventsOf(trace, 'tls')
    .filter((event) => event.what.kind === what && (host === undefined || event.host === host))
    .map((event) => ({atMs: event.atUs / 1000, host: event.host, ...tlsJson(event.what)}));

const hostsAt = (trace: Trace, atMs: number) => {
  const events = [...trace.events()].filter(({atUs}) => atUs <= 1000 * atMs).length;
  const {client, server} = trace.stateAt(events)?.hosts ?? {};
  if (!client || !server) throw new Error('two hosts');
  return {client, server};
};

const answered = (trace: Trace) =>
  answersOf(trace).map(({result, status, atUs}) => `${result} ${status} ${atUs / 1000}`);

describe('TLS 1.3', () => {
  const trace = run(scenario(twice));

  test('one round trip for TCP, one for TLS, one for the answer; the second time a ticket is shown', () => {
    expect(answered(trace)).toEqual(['ok 200 300', 'ok 200 5300']);
    expect(told(trace, 'established')).toMatchObject([
      {
        atMs: 200,
        host: 'client',
        version: 'TLS 1.3',
        resumed: false,
        alpn: 'http/1.1',
        serverName: 'www.example.com',
      },
      {atMs: 250, host: 'server', resumed: false},
      {atMs: 5200, host: 'client', resumed: true},
      {atMs: 5250, host: 'server', resumed: true},
    ]);
    expect(told(trace, 'session')).toMatchObject([
      {atMs: 300, host: 'client', version: 'TLS 1.3', ticket: expect.stringMatching(/^[0-9a-f]+$/)},
      {atMs: 5300, host: 'client'},
    ]);

    expect(told(trace, 'closed').map(({host, how}) => `${host} ${how}`)).toEqual([
      ...['client closeNotify', 'server closeNotify', 'client closeNotify', 'server closeNotify'],
    ]);
    const ends = statesOf(trace).filter((line) => /TIME-WAIT$|> CLOSED$/.test(line));
    expect(ends.slice(0, 2)).toEqual(['1350 server FIN-WAIT-2 > TIME-WAIT', '1400 client LAST-ACK > CLOSED']);
  });

  test('what the host knows meanwhile: keys of both directions, a ticket that is used once', () => {
    const {client, server} = hostsAt(trace, 300);
    expect(tlsOn(client)).toEqual({directions: 2, tickets: 1, recovered: 0, recoveredBytes: 0});
    expect(tlsOn(server)).toEqual({directions: 2, tickets: 0, recovered: 0, recoveredBytes: 0});
    expect(tlsOn(hostsAt(trace, 100).server)).toBeUndefined();
    expect(tlsOn(hostsAt(trace, 150).server)?.directions).toBe(2);
    expect(tlsOn(hostsAt(trace, 100).client)?.directions).toBe(0);
    expect(tlsOn(hostsAt(trace, 5000).client)?.tickets).toBe(0);
    expect(tlsOn(hostsAt(trace, 5300).client)?.tickets).toBe(1);
    const [first, second] = eventsOf(trace, 'answer').map(({atUs}) =>
      newestOn(hostsAt(trace, atUs / 1000).client),
    );
    expect(first).toMatch(/>198\.51\.100\.20:443$|198\.51\.100\.20:443/);
    expect(second).not.toBe(first);
  });

  test('the key log: five secrets of each connection, one line each, by when an end knew them', () => {
    const lines = secretLinesOf(trace);
    expect(keyLogOf(trace)).toBe(lines.map(({line}) => line).join(''));
    expect(lines.map(({line}) => line.split(' ')[0])).toEqual(
      [1, 2].flatMap(() => [
        ...['CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'],
        ...['CLIENT_TRAFFIC_SECRET_0', 'SERVER_TRAFFIC_SECRET_0', 'EXPORTER_SECRET'],
      ]),
    );
    for (const {line, again, event} of lines) {
      expect(line).toMatch(/^[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{64}\n$/);
      expect(again).toBe(false);
      expect(trace.event(event)).toMatchObject({kind: 'tls', host: 'server'});
    }
    expect(new Set(lines.map(({line}) => line)).size).toBe(10);
    expect(trace.tls?.log).toBeDefined();
  });

  test('as JSON: octets in hexadecimal, the type of a record and its size', () => {
    expect(told(trace, 'record', 'client')[1]).toMatchObject({
      ...{what: 'record', contentType: 23, epoch: 'application', bytes: 63},
      content: Buffer.from('GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n').toString('hex'),
    });
    expect(told(trace, 'message', 'client')[0]).toMatchObject({op: 'sent', name: 'client_hello'});
    expect(told(trace, 'path', 'client')).toHaveLength(1);
    expect(JSON.stringify(told(trace, 'established')[0])).not.toContain('because');
  });
});

test('tickets that nobody keeps, or that nobody gives', () => {
  for (const secure of [{client: {resumes: false}}, {server: {tickets: 0}}] as const) {
    const trace = run(scenario(twice, secure));
    expect(told(trace, 'established').map(({resumed}) => resumed)).toEqual([false, false, false, false]);
    expect(tlsOn(hostsAt(trace, 300).client)?.tickets).toBe(0);
  }
});

test('early data: with the second connection’s first flight, a round trip sooner (RFC 9846 §2.3)', () => {
  const script = [...once, at(5000, {...get('b'), earlyData: true as const})];
  const trace = run(scenario(script, {server: {maxEarlyData: 16_384}}));
  expect(answered(trace)).toEqual(['ok 200 300', 'ok 200 5200']);
  const refused = run(scenario(script, {server: {maxEarlyData: 0}}));
  expect(answered(refused)).toEqual(['ok 200 300', 'ok 200 5300']);
  // The program knows what came early: 425 costs the round trip that was saved (RFC 8470 §5.2).
  const late = run(scenario(script, {server: {maxEarlyData: 16_384}, notEarly: true}));
  expect(answered(late)).toEqual(['ok 200 300', 'ok 200 5300']);
  const statuses = eventsOf(late, 'note').flatMap(({note}) =>
    note.kind === 'response' && note.by === 'client' && note.op === 'finished' ? [note.status] : [],
  );
  expect(statuses).toEqual([200, 425, 200]);
});

test('groups, suites and versions that a program asks for', () => {
  const established = (secure: Secure) => told(run(scenario(once, secure)), 'established', 'client')[0];
  expect(established({client: {groups: [NamedGroup.secp256r1]}})).toMatchObject({
    group: NamedGroup.secp256r1,
  });
  expect(established({server: {groups: [NamedGroup.secp256r1]}})).toMatchObject({
    group: NamedGroup.secp256r1,
  });
  const suite = CipherSuite.TLS_CHACHA20_POLY1305_SHA256;
  expect(established({client: {suites: [suite]}})).toMatchObject({suite});
  expect(established({server: {suites: [suite]}})).toMatchObject({suite});
  const versions = [ProtocolVersion['TLS 1.2']];
  expect(established({client: {versions}})).toMatchObject({version: 'TLS 1.2', atMs: 300});
  expect(established({server: {versions}})).toMatchObject({version: 'TLS 1.2'});
});

test('a certificate that is no good: an alert, the program hears which, the server’s hears nothing', () => {
  const trace = run(scenario(once, {server: {credentials: [credentialText('expired.ecdsa')]}}));
  expect(answersOf(trace)).toMatchObject([{atUs: 200_000}]);
  expect(answersOf(trace)[0]?.result).not.toBe('ok');
  expect(told(trace, 'alert')).toMatchObject([
    {atMs: 200, host: 'client', op: 'sent', fatal: true, name: 'certificate_expired'},
    {atMs: 250, host: 'server', op: 'received', fatal: true, name: 'certificate_expired'},
  ]);
  expect(told(trace, 'closed').map(({host, how}) => `${host} ${how}`)).toEqual([
    'client alert',
    'server alert',
  ]);
  expect(eventsOf(trace, 'note').filter(({host}) => host === 'server')).toEqual([]);
  expect(statesOf(trace).filter((line) => /CLOSED$/.test(line)).length).toBeGreaterThan(0);
});

describe('the server’s key leaks (RFC 5246 §F.1.1.2)', () => {
  const leak: Cause = {
    when: {kind: 'at', atUs: 9_000_000},
    host: 'server',
    action: {call: 'leakKey', of: 'certificate'},
  };
  const leaked = (secure: Secure, script = once) => run(scenario([...script, leak], secure));
  const rsa = {
    server: {
      credentials: [credentialText('good.rsa')],
      suites: [CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256],
    },
    client: {
      ...{versions: [ProtocolVersion['TLS 1.2']], suites: [CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256]},
    },
  };

  test('what RSA has carried is read: both directions', () => {
    const trace = leaked(rsa);
    const [recovered] = eventsOf(trace, 'tls').flatMap(({what}) => (what.kind === 'recovered' ? [what] : []));
    expect(recovered && decodeUtf8(recovered.client)).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    expect(recovered && decodeUtf8(recovered.server)).toMatch(/\r\n\r\nhello$/);
    const {server} = hostsAt(trace, 9000);
    const bytes = (recovered?.client.length ?? 0) + (recovered?.server.length ?? 0);
    expect(tlsOn(server)).toMatchObject({recovered: 1, recoveredBytes: bytes});
    expect(eventsOf(trace, 'call').at(-1)).toMatchObject({call: 'leakKey', result: 'ok', host: 'server'});
  });

  test('what was agreed on by Diffie and Hellman is not', () => {
    const trace = leaked({client: {versions: [ProtocolVersion['TLS 1.2']]}});
    expect(told(trace, 'recovered')).toEqual([]);
    expect(told(trace, 'unrecovered')).toMatchObject([{host: 'server', atMs: 9000}]);
    expect(tlsOn(hostsAt(trace, 9000).server)).toMatchObject({recovered: 0, recoveredBytes: 0});
  });

  test('a host without a key has none to leak; nobody records where none leaks', () => {
    const trace = run(scenario([...once, {...leak, host: 'client'}]));
    expect(eventsOf(trace, 'call').at(-1)).toMatchObject({call: 'leakKey', result: 'ENOENT'});
    const recordings = (script: readonly Cause[]) =>
      [...hostsAt(run(scenario(script, rsa)), 400).server.tls.connections.values()].map(({recorded}) =>
        recorded === undefined ? 0 : recorded.sent.length + recorded.received.length,
      );
    expect(recordings(once)).toEqual([0]);
    expect(recordings([...once, leak])[0]).toBeGreaterThan(3);
  });
});

test('a server that is gone before the handshake ends: the program hears of a reset', () => {
  const crash: Cause = {when: {kind: 'at', atUs: 120_000}, host: 'server', action: {call: 'crash'}};
  const reboot: Cause = {when: {kind: 'at', atUs: 130_000}, host: 'server', action: {call: 'reboot'}};
  const trace = run(scenario([...once, crash, reboot]));
  expect(answersOf(trace)[0]?.result).not.toBe('ok');
  expect(told(trace, 'established')).toEqual([]);
  // What was under way belongs to an earlier life.
  const again = run(scenario([...once, crash, reboot, after('a', get('b'), 3000)]));
  expect(answersOf(again).at(-1)).toMatchObject({result: 'ok', status: 200});
});
