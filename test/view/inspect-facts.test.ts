// What `inspect` says of slow readers, of a RST outside the window, of what limited a transfer and of names. Oracles: the frames that
// stand here, RFC 9293 §3.10.7.4, and the side files of captures.
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {askedIn} from '../../source/view/inspect/asked-names.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {capturePath} from '../helpers/captured.ts';
import {idsIn, inspectedPassing, type Passed} from '../helpers/passed-capture.ts';
import '../helpers/meaning.ts';

const opened: readonly Passed[] = [
  {atMs: 0, by: 'client', flags: 'S', seq: 1000},
  {atMs: 10, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
  {atMs: 20, by: 'client', flags: 'A', seq: 1001, ack: 9001},
  {atMs: 30, by: 'client', flags: 'PA', seq: 1001, ack: 9001, data: 'x'.repeat(100)},
  {atMs: 40, by: 'server', flags: 'A', seq: 9001, ack: 1101},
];

const reset = (seq: number): Passed => ({atMs: 50, by: 'client', flags: 'R', seq});
const after: Passed = {atMs: 60, by: 'client', flags: 'PA', seq: 1101, ack: 9001, data: 'y'};

describe('a RST', () => {
  it.each([
    ['below the window', 1100],
    ['behind it', 1101 + 64_000],
  ])('%s ends nothing', (_, seq) => {
    const inspected = inspectedPassing([...opened, reset(seq), after]);
    const [connection] = inspected.inspector.connections;
    expect(connection?.course.closing(0)).toBe('none');
  });

  it.each([
    ['at its first number', 1101],
    ['at its last', 1100 + 64_000],
  ])('%s breaks off', (_, seq) => {
    const inspected = inspectedPassing([...opened, reset(seq)]);
    expect(inspected.inspector.connections[0]?.course.closing(0)).toBe('reset-by-client');
    expect(idsIn(inspected)).not.toContain('reset-forged');
  });
});

const reportOf = async (name: string, language: 'en' | 'zh' = 'en'): Promise<string> => {
  const read = await inspectCapture(capturePath(name));
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const told = allOf(inspector, []);
  return inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false}).join('\n');
};

it('names who read too slowly', async () => {
  const text = await reportOf('10a-zero-window-probes.pcap');
  expect(text).toSay({says: 'findings.carryingTexts.zero-window', to: 'server', times: 2, us: '2.951 s'});
});

it('a reader that closes without having read is told so', async () => {
  expect(await reportOf('10e-zero-window-reset.pcap')).toSay({
    ...{says: 'findings.endingTexts.reset-unread', by: 'server', frame: 20, octets: 1448, certain: true},
  });
});

it('a name takes as long as who asked first waited, not until it was last asked', async () => {
  // Side file: asked at 3, answered at 18 and asked once more a second later; NXDOMAIN both times.
  const name = '13c-dns-nxdomain.pcap';
  expect(await reportOf(name)).toMatch(/Names {2}nosuch\.example\.com: NXDOMAIN \(\d\.\d+ ms\)\n/);
});

// tshark: the first and the last segment with data at 16.254 and 16.448 ms, all of it acknowledged at 16.488; the client's FIN a tenth
// of a second later. In the other file data begin at 0.246187, and are acknowledged at 0.287897; its capture counts nanoseconds.
it.each([
  ['18l-offload-giant-segments.pcap', 'back: 2.05 Gbit/s for 234 µs'],
  ['01c-client-close-download.pcapng', 'back: 3.84 Mbit/s for 41.7 ms'],
])('a transfer lasts as its data: %s', async (name, told) => {
  expect(await reportOf(name)).toContain(told);
});

it.each([
  ['13c-dns-nxdomain.pcap', {says: 'story.storyTexts.names', count: 1, missing: 0}],
  ['13f-dns-aaaa-and-a.pcap', {says: 'story.storyTexts.names', count: 2, empty: 1, typeNames: ['A', 'AAAA']}],
])('%s: names without an answer', async (name, said) => {
  expect(await reportOf(name)).toSay(said);
});

// What the side files say was done, and what they count.
it.each([
  ['13i-dns-cname-across-zones.pcapng', '10.77.142.90 and 1 more (', '10.77.142.90，另有 1 个地址（'],
  ['13k-dns-resolver-tcp-fallback.pcap', '10.77.87.112 and 47 more (', '10.77.87.112，另有 47 个地址（'],
  ['14c-http11-pipelining.pcap', '3 requests, 2 sent without waiting', '3 个请求，2 个没等前一个'],
  [
    '15a-cookie-login.pcap',
    'GET /account, Cookie: theme=dark → 403',
    'GET /account，Cookie: theme=dark → 403',
  ],
  [
    '15a-cookie-login.pcap',
    'Set-Cookie: sid=; Path=/; Max-Age=0',
    'Set-Cookie: theme=dark; Path=/; Max-Age=3600',
  ],
])('%s: %s', async (name, en, zh) => {
  const told = async (language: 'en' | 'zh') => (await reportOf(name, language)).replaceAll(/\n +/g, ' ');
  expect(await told('en')).toContain(en);
  expect((await told('zh')).replaceAll('， ', '，')).toContain(zh);
});

it('who waits for a name is drawn, whoever asked first: a second stub is answered from the cache', async () => {
  const read = await inspectCapture(capturePath('13i-dns-cname-across-zones.pcapng'));
  if (!read.ok) throw new Error('no capture');
  const [[, named] = []] = askedIn(allOf(read.value.inspector, []).dns);
  // tshark: asked in frames 3 and 29, answered in 28 and 32; the second time 367 ms later.
  expect(named?.waits).toHaveLength(2);
  expect(named?.count).toBe(1);
});
