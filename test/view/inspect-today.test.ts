// What `inspect` tells of today's captures beside their lists. Oracle: `story` and the fields of the side files, of which each line here
// quotes a fact.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import type {Lock, TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {ok} from '../../source/wire/result.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {ContentType} from '../../source/wire/tls/registry.ts';
import {keyLogOf, keysOf, todayFolder} from '../helpers/captured-today.ts';
import type {Meaning} from '../helpers/meaning.ts';
import {some} from '../helpers/seeds.ts';
import '../helpers/meaning.ts';

const made = async (
  name: string,
  language: 'en' | 'zh',
  opened: boolean,
  keys: (path: string) => TlsKeys | undefined = keysOf,
): Promise<string> => {
  const path = todayFolder + name;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const file = opened ? keyLogOf(path) : undefined;
  const log = parseKeyLog(file === undefined ? new Uint8Array(0) : readFileSync(file));
  const quic = capturedQuic(inspector, {log, crypto: nodeCrypto});
  const told = allOf(inspector, capturedTls(inspector.connections, opened ? keys(path) : undefined), quic);
  return inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false}).join('\n');
};

const pages = new Map<string, Promise<string>>();

/** Several facts stand on one page. */
const pageOf = (name: string, language: 'en' | 'zh', opened: boolean): Promise<string> => {
  const key = `${name} ${language} ${opened}`;
  const page = pages.get(key) ?? made(name, language, opened);
  pages.set(key, page);
  return page;
};

const facts: readonly (readonly [name: string, said: Meaning])[] = [
  [
    '21e-h2-ping-reset-goaway.pcap',
    {says: 'http2.http2Told.left', by: 'server', error: 'NO_ERROR', last: '7', frame: 48},
  ],
  ['21i-h2c-upgrade.pcap', {says: 'http2.http2Told.began', start: 'upgrade'}],
  [
    '24a-tls13-hybrid-two-segments.pcap',
    {says: 'inspect.reportTexts.hybrid', group: 'X25519MLKEM768', there: 1216, back: 1120},
  ],
  ['24a-tls13-hybrid-two-segments.pcap', {says: 'inspect.reportTexts.longHello', bytes: 1587, segments: 2}],
  [
    '27a-traceroute.pcap',
    {
      says: 'story.storyTexts.way',
      to: '10.77.73.40',
      by: ['UDP', 'ICMP'],
      hops: ['10.77.73.1', '10.77.73.18', '10.77.73.40'],
      reached: true,
      routers: {says: 'icmp.icmpNames.11.0'},
      ends: 'port unreachable, echo reply',
    },
  ],
  [
    '27c-dhcp.pcap',
    {
      says: 'inspect.networkTexts.dhcp',
      type: 'Request',
      client: '8e:27:66:06:fc:08 (tutor)',
      server: '10.77.58.80',
      frame: 7,
      act: 'Renewing',
      address: '10.77.58.119',
    },
  ],
  [
    '25c-http-early-hints.pcap',
    {
      says: 'inspect.overviewTexts.hinted',
      count: 1,
      targets: 2,
      names: ['/style.css', '/app.js'],
      early: true,
    },
  ],
  [
    '27c-dhcp.pcap',
    {says: 'story.storyTexts.leased', address: '10.77.58.119', renewed: 1, released: true, lease: '3600 s'},
  ],
  [
    '23c-dnssec-walk.pcap',
    {
      says: 'story.storyTexts.names',
      count: 1,
      typeNames: ['A'],
      together: true,
      walked: 9,
      zones: 3,
      zoneNames: ['<Root>', 'test', 'signed.test'],
      algorithms: ['ECDSAP256SHA256'],
      checked: true,
    },
  ],
  [
    '24k-tls13-grease-hello.pcap',
    {
      says: 'story.storyTexts.closedTls',
      names: ['www.example.com'],
      count: 1,
      version: 'TLS 1.3',
      file: 'FILE',
    },
  ],
  ['21g-h2-hpack.pcap', {says: 'story.storyTexts.packed', least: 7, never: 1, guarded: ['authorization']}],
  ['21i-h2c-upgrade.pcap', {says: 'story.storyTexts.upgraded'}],
  [
    '21m-h2-trailers.pcapng',
    {
      says: 'story.storyTexts.among',
      list: {says: 'inspect.overviewTexts.trailers', count: 2, last: 'grpc-status: 0'},
    },
  ],
  ['22a-h3-get.pcap', {says: 'quic.quicTexts.closedBy', by: 'client', code: 'H3_NO_ERROR'}],
  [
    '23a-dns-a-aaaa-https-together.pcap',
    {
      says: 'story.storyTexts.names',
      count: 1,
      types: 3,
      typeNames: ['A', 'AAAA', 'HTTPS'],
      together: true,
      zoneNames: [],
      algorithms: [],
    },
  ],
  [
    '23e-dnssec-bogus.pcap',
    {
      says: 'story.storyTexts.names',
      count: 1,
      typeNames: ['A'],
      walked: 14,
      again: 5,
      zones: 3,
      zoneNames: ['<Root>', 'test', 'bogus.test'],
      algorithms: ['ECDSAP256SHA256'],
    },
  ],
  [
    '23g-dns-dname.pcap',
    {says: 'story.storyTexts.redirected', owner: 'old.plain.test', target: 'new.plain.test'},
  ],
  [
    '24a-tls13-hybrid-two-segments.pcap',
    {says: 'story.storyTexts.hybrid', count: 1, groups: ['X25519MLKEM768'], segments: 2},
  ],
  [
    '25a-http-gzip-chunked.pcap',
    {
      says: 'story.storyTexts.among',
      list: {says: 'inspect.overviewTexts.compressed', count: 1, chunked: true, codings: ['gzip']},
    },
  ],
  [
    '27c-dhcp.pcap',
    {
      says: 'inspect.networkTexts.dhcp',
      type: 'Discover',
      client: '8e:27:66:06:fc:08 (tutor)',
      server: '0.0.0.0',
      frame: 1,
      toAll: true,
    },
  ],
  [
    '22i-h3-three-connections.pcap',
    {says: 'story.storyTexts.requests', count: 9, protocol: 'HTTP/3', connections: 3, failed: 3},
  ],
  [
    '23i-dns-over-https.pcap',
    {
      says: 'story.storyTexts.names',
      count: 1,
      methods: 'GET + POST',
      zeroId: true,
      typeNames: ['A', 'AAAA'],
      over: {says: 'inspect.reportTexts.transports.https'},
    },
  ],
  ['24c-tls13-mutual-resumed.pcap', {says: 'inspect.reportTexts.clientCertificate'}],
  ['25e-http-server-sent-events.pcap', {says: 'inspect.overviewTexts.eventStreams', count: 2, again: 1}],
  ['25i-http-cors-preflight.pcap', {says: 'inspect.overviewTexts.preflights', count: 2, refused: 1}],
  ['21c-h2-priorities-window-updates.pcap', {says: 'story.storyTexts.priorities', count: 5}],
  ['22a-h3-get.pcap', {says: 'quic.quicTexts.packets', datagrams: 24, first: 1252}],
  ['22c-quic-retry.pcapng', {says: 'quic.quicTexts.retried'}],
  ['22g-h3-key-update.pcap', {says: 'quic.quicTexts.updated', count: 4}],
];

/** What stands there as the packets have it. */
const quoted: readonly (readonly [name: string, text: string])[] = [
  ['21a-h2-one-stream.pcap', 'h2 (offered: h2, http/1.1)'],
  ['21e-h2-ping-reset-goaway.pcap', '1 PING, 1 answered'],
  ['21m-h2-trailers.pcapng', '10 bytes, grpc-status: 0'],
  ['21e-h2-ping-reset-goaway.pcap', '35 bytes, broken off'],
  ['23c-dnssec-walk.pcap', '(ns.signed.test.), DS for key 35504 ('],
  ['23e-dnssec-bogus.pcap', 'www.bogus.test A, checking disabled (CD) @ 10.77.89.53:53 → 10.77.89.66;'],
  [
    '23a-dns-a-aaaa-https-together.pcap',
    'www.plain.test → 10.77.89.80, 2001:db8:77::80, HTTPS 1 . alpn=h3,h2 port=8443 ipv4hint=10.77.89.80',
  ],
  ['23a-dns-a-aaaa-https-together.pcap', 'HTTPS 1 . alpn=h3,h2 port=8443'],
  ['23e-dnssec-bogus.pcap', 'Names  www.bogus.test: SERVFAIL ('],
  ['23g-dns-dname.pcap', 'a.old.plain.test → a.new.plain.test (DNAME) → 10.77.67.91'],
  ['25a-http-gzip-chunked.pcap', 'GET /story → 200 OK, text/plain, 5941 bytes ('],
  ['24k-tls13-grease-hello.pcap', '(GREASE, RFC 8701)'],
  ['25a-http-gzip-chunked.pcap', '126 bytes, Content-Encoding: gzip'],
  ['25c-http-early-hints.pcap', 'GET /page → 103, 200 OK'],
  ['25e-http-server-sent-events.pcap', 'GET /events, Last-Event-ID: 4 →'],
  ['25i-http-cors-preflight.pcap', 'Access-Control-Allow-Methods: '],
  ['22a-h3-get.pcap', '(stream 4, packets 18, 23)'],
  ['22i-h3-three-connections.pcap', 'POST /upload, 2000 bytes → 200'],
  ['27c-dhcp.pcap', ', mask 255.255.255.0, router'],
  ['27a-traceroute.pcap', '3 10.77.73.40 (69 µs, port unreachable: the end)'],
  ['27a-traceroute.pcap', 'ICMP 10.77.73.40'],
];

describe('a fact of the story is told', () => {
  it.each(some(facts, 12))('%s: %j', async (name, said) => {
    expect(await pageOf(name, 'en', true)).toSay(said);
  });

  it.each(some(quoted, 6))('%s: %s', async (name, text) => {
    expect(await pageOf(name, 'en', true)).toContain(text);
  });
});

it('QUIC without its secrets is named, with what would open it', async () => {
  const page = await pageOf('22a-h3-get.pcap', 'en', false);
  // tshark: `quic` counts 27 packets in 24 datagrams.
  expect(page).toSay({
    ...{says: 'story.storyTexts.closedQuic', names: ['www.example.com'], count: 1, packets: 27},
    file: 'FILE',
  });
});

it('several connections of QUIC are one sentence', async () => {
  const page = await pageOf('22i-h3-three-connections.pcap', 'en', false);
  expect(page).toSay({
    ...{says: 'story.storyTexts.closedQuic', names: ['www.example.com'], count: 3, packets: 95},
    file: 'FILE',
  });
});

it('what only whoever asks for recursion says is not told of what a resolver asks of others', async () => {
  const page = await pageOf('23e-dnssec-bogus.pcap', 'en', false);
  expect(page.match(/checking disabled \(CD\) @/g)).toHaveLength(1);
});

/** As if an empty record that goes before data held their first octet: in AES-CBC both take as many octets. */
const firstOctetApart = (lock: Lock, opened: {last: number | undefined}): Lock => ({
  open: (record) => {
    const inside = lock.open(record);
    if (!inside) return undefined;
    const {last} = opened;
    const {content, next: behind} = inside;
    const next = firstOctetApart(behind, opened);
    opened.last = record.type === ContentType.application_data ? content.length : undefined;
    if (opened.last === 0) return {...inside, next, content: Uint8Array.of('G'.charCodeAt(0))};
    return {...inside, next, content: last === 0 ? content.subarray(1) : content};
  },
});

const splitKeysOf = (path: string): TlsKeys | undefined => {
  const keys = keysOf(path);
  if (!keys) return undefined;
  const unlock: TlsKeys['unlock'] = (session, sender, log) => {
    const lock = keys.unlock(session, sender, log);
    return lock.ok && sender === 'client' ? ok(firstOctetApart(lock.value, {last: undefined})) : lock;
  };
  return {...keys, unlock};
};

it('an octet of data in a record of its own begins what is read whole', async () => {
  const name = '24e-tls10-tls11.pcap';
  const pages = await Promise.all((['en', 'zh'] as const).map((l) => made(name, l, true, splitKeysOf)));
  for (const page of pages) {
    // Put together again; TLS 1.1 has an IV in each record, nothing goes before there.
    expect(page).toContain('#1 GET / → 200');
  }
});
