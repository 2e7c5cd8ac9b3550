// Lessons about TLS: a page over it, tickets, early data, a retry, other ends; the times are those of RFC 9846 §2.
import {describe, expect, test} from 'vitest';
import {answersOf, loadPage, page, runOf, toldOf} from './page.ts';
import {firstPacketTime} from './times.ts';

const site = (more = '', http = '{routes: [{get: /, body: 100B}]}') =>
  `{host: server, tls: {certificate: good, versions: [1.3], tickets: true${more}, http: ${http}}}`;
const get = (at: string, more = '') =>
  `{at: ${at}, host: client, call: get, url: 'https://www.example.com/'${more}}`;
const parts = (apps: readonly string[], script: readonly string[]) =>
  `apps: [${apps.join(', ')}]\nscript: [${script.join(', ')}]\n`;

describe('one way takes 50 ms', () => {
  test('a page comes after TCP, one round trip of TLS and one of HTTP', () => {
    const trace = runOf(page(parts([site()], [get('0ms')])));
    expect(answersOf(trace)).toEqual(['ok 200']);
    expect(firstPacketTime(trace, 'client', 200)).toBe(300_000);
    const [client, server] = toldOf(trace, 'established');
    expect(client?.what).toMatchObject({agreement: {version: 'TLS 1.3', alpn: 'http/1.1', resumed: false}});
    expect(server?.what).toMatchObject({agreement: {serverName: 'www.example.com', resumed: false}});
  });

  test('with a ticket no certificate comes; with early data the page comes a round trip earlier', () => {
    const script = [get('0ms'), get('30s'), get('60s', ', earlyData: true')];
    const trace = runOf(page(parts([site(', earlyData: true')], script)));
    expect(answersOf(trace)).toEqual(['ok 200', 'ok 200', 'ok 200']);
    const agreements = toldOf(trace, 'established').filter(({host}) => host === 'client');
    expect(agreements.map(({what}) => what)).toMatchObject([
      {agreement: {resumed: false}},
      {agreement: {resumed: true}},
      {agreement: {resumed: true, earlyData: 'accepted'}},
    ]);
    expect(firstPacketTime(trace, 'client', 200, 2)).toBe(30_300_000);
    expect(firstPacketTime(trace, 'client', 200, 3)).toBe(60_200_000);
  });

  test('what must not happen twice is asked for again after the handshake (RFC 8470 §5.2)', () => {
    const script = [get('0ms'), get('30s', ', earlyData: true')];
    const http = '{routes: [{get: /, body: 100B, early: false}]}';
    const trace = runOf(page(parts([site(', earlyData: true', http)], script)));
    expect(answersOf(trace)).toEqual(['ok 200', 'ok 200']);
    const statuses = [...trace.events()].flatMap((event) =>
      event.kind === 'note' && event.note.kind === 'response' && event.note.op === 'finished'
        ? [event.note.status]
        : [],
    );
    expect(statuses).toEqual([200, 425, 200]);
  });

  test('early data that are not believed leave again by themselves', () => {
    const script = [get('0ms'), `{at: 20s, host: server, call: reboot}`, get('30s', ', earlyData: true')];
    const http = '{keepAlive: 1s, routes: [{get: /, body: 100B}]}';
    const trace = runOf(page(parts([site(', earlyData: true', http)], script)));
    // The server knows its tickets again: their key is made of the seed.
    expect(answersOf(trace)).toEqual(['ok 200', 'ok 200']);
  });

  test('another group costs one more round trip', () => {
    const client = '{host: client, tls: {groups: [p256, x25519], shares: [p256]}}';
    const trace = runOf(page(parts([site(', groups: [x25519]'), client], [get('0ms')])));
    expect(answersOf(trace)).toEqual(['ok 200']);
    expect(firstPacketTime(trace, 'client', 200)).toBe(400_000);
  });
});

test('ends without a common suite part with an alert that the program hears of', () => {
  const client = '{host: client, tls: {suites: [TLS_CHACHA20_POLY1305_SHA256]}}';
  const trace = runOf(page(parts([site(', suites: [TLS_AES_128_GCM_SHA256]'), client], [get('0ms')])));
  expect(answersOf(trace)).toEqual(['alert']);
  expect(toldOf(trace, 'alert').map(({host, what}) => [host, what])).toMatchObject([
    ['server', {op: 'sent', name: 'handshake_failure'}],
    ['client', {op: 'received', name: 'handshake_failure'}],
  ]);
});

describe('a recorded flight with early data comes once more, from somebody else', () => {
  const script = [
    get('0ms'),
    get('30s', ', earlyData: true'),
    `{at: 60s, host: client, call: replay, of: {sends: client, tls: {message: ClientHello}, nth: 2}, to: 'server:443'}`,
  ];
  const received = (antiReplay: string): number => {
    const trace = runOf(page(parts([site(`, earlyData: true, antiReplay: ${antiReplay}`)], script)));
    return [...trace.events()].filter(
      (event) => event.kind === 'note' && event.note.kind === 'request' && event.note.op === 'received',
    ).length;
  };

  test.each([
    ['none', 3],
    ['freshness', 2],
    ['recording', 2],
  ])('against replays %s: the request is obeyed %i times in all (RFC 9846 §8)', (antiReplay, times) => {
    expect(received(antiReplay)).toBe(times);
  });
});

test('both ends say that they are done before TCP ends (RFC 9846 §6.1)', () => {
  const trace = runOf(page(parts([site()], [get('0ms')])));
  expect(toldOf(trace, 'closed').map(({what}) => what)).toMatchObject([
    {how: 'closeNotify'},
    {how: 'closeNotify'},
  ]);
  expect(trace.endReason).toBe('quiet');
});

test('a session’s cookie is for TLS alone (RFC 6265 §4.1.2.5)', () => {
  const http = '{sessions: {cookie: ID}, routes: [{get: /, body: 10B}]}';
  const script = [get('0ms'), `{at: 5s, host: client, call: get, url: 'http://server/'}`];
  const trace = runOf(page(parts([site('', http), '{host: server, http: {routes: [{get: /}]}}'], script)));
  const withheld = [...trace.events()].flatMap((event) =>
    event.kind === 'note' && event.note.kind === 'cookie' ? [event.note.op] : [],
  );
  expect(withheld).toContain('stored');
  expect(answersOf(trace)).toEqual(['ok 200', 'ok 200']);
});

test('two sites on two ports of one host', () => {
  const other = `{host: server, tls: {port: 8443, certificate: good, versions: [1.3], http: {routes: [{get: /, status: 404}]}}}`;
  const script = [get('0ms'), `{at: 5s, host: client, call: get, url: 'https://www.example.com:8443/'}`];
  expect(answersOf(runOf(page(parts([site(), other], script))))).toEqual(['ok 200', 'ok 404']);
});

test('the same seed gives the same octets, another seed others', () => {
  const lesson = page(parts([site()], [get('0ms')]));
  const octets = (seed: number) => {
    const trace = runOf(lesson, undefined, seed);
    return Array.from({length: trace.packetCount}, (_, n) =>
      Buffer.from(trace.packet(n + 1).bytes).toString('hex'),
    );
  };
  const first = octets(1);
  expect(octets(1)).toEqual(first);
  expect(octets(2).filter((each) => first.includes(each)).length).toBeLessThan(first.length / 2);
});

test.each([
  ['{host: server, tls: {certificate: god}}', /no certificate “god” \| did you mean good\?/],
  ['{host: server, tls: {certificate: good, roots: lesson}}', /a TLS program is a server or a client/],
  ['{host: client, tls: {groups: [x25518]}}', /no group “x25518” \| did you mean x25519\?/],
  ['{host: client, tls: {versions: [1.1]}}', /write 1\.2 or 1\.3/],
])('%s', (app, message) => {
  const lesson = loadPage(parts([app], [get('0ms')]));
  if (lesson.ok) expect.fail('it loads');
  const [first] = lesson.error;
  expect(`${first?.message.en} | ${first?.remedy.en}`).toMatch(message);
});
