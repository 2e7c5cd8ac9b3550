// The first page of `inspect`: names, a line for each connection, bars. Oracle: side files (names, addresses, numbers of requests), and
// the places of the bars, which are shares of the capture's time.
import {readFileSync} from 'node:fs';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {barLines} from '../../source/view/inspect/first-page.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf, Conversations} from '../../source/view/inspect/selection.ts';
import {whoText} from '../../source/view/inspect/who.ts';
import {openingWords} from '../../source/words/catalogue/inspect.ts';
import {inspectedPassing} from '../helpers/passed-capture.ts';
import {captureFolder} from '../wire/captures.ts';
import '../helpers/meaning.ts';

const pageOf = async (name: string, language: 'en' | 'zh' = 'en'): Promise<readonly string[]> => {
  const read = await inspectCapture(captureFolder + name);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const told = allOf(inspector, capturedTls(inspector.connections, undefined));
  return inspectionReport({name, facts, inspector, told}, {language, columns: 120, ascii: false});
};

describe('what happened', () => {
  it('names the site by what was asked for, and counts its requests', async () => {
    const name = '17c-url-to-page-plain';
    const side = JSON.parse(readFileSync(`${captureFolder}${name}.json`, 'utf8'));
    const page = (await pageOf(`${name}.pcap`)).join('\n');
    const [{qname, answers}] = side.dns;
    expect(page).toContain(`${qname} → ${answers[0].data} (`);
    expect(page).toMatch(new RegExp(`#1 .* → ${qname}:80; ${side.http.length} requests?; `));
  });

  it('says of a connection that never opened that it did not', async () => {
    // tshark: two of its SYNs are answered with RST (`tcp.flags.reset == 1 && tcp.flags.ack == 1`), the third opens.
    const page = await pageOf('06c-refused-three-ports.pcap');
    expect(page.filter((line) => /^ {2}#\d .*; refused; 0 bytes in/.test(line))).toHaveLength(2);
    const chinese = await pageOf('06c-refused-three-ports.pcap', 'zh');
    const told = openingWords.refused.zh;
    expect(chinese.filter((line) => line.includes(`；${told}；`))).toHaveLength(2);
  });
});

const width = 120;

const barsIn = (passed: Parameters<typeof inspectedPassing>[0]): readonly string[] => {
  const {inspector, told} = inspectedPassing(passed);
  const lines = barLines(told, inspector, {language: 'en', columns: width, ascii: false});
  const [axis = ''] = lines;
  return lines.slice(1, -1).map((line) => line.slice(axis.indexOf('0')));
};

/** Of data that the client sends at 100 ms and again at 300, 700 and 1500 ms. */
const repeated = [
  {atMs: 0, by: 'client', flags: 'S', seq: 1000},
  {atMs: 10, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
  {atMs: 20, by: 'client', flags: 'A', seq: 1001, ack: 9001},
  ...[100, 300, 700, 1500].map(
    (atMs) => ({atMs, by: 'client', flags: 'PA', seq: 1001, ack: 9001, data: 'x'.repeat(100)}) as const,
  ),
] as const;

describe('what is sent again', () => {
  it('has a sign of its own from its first repeat on, while nobody answers', () => {
    const [bar = ''] = barsIn(repeated);
    const at = bar.indexOf('↺');
    expect(bar).toMatch(/^[▒█─]+↺+✗?$/);
    expect(at / bar.length).toBeCloseTo(300 / 1500, 1);
  });

  it('has none once it is answered', () => {
    const answer = {atMs: 1510, by: 'server', flags: 'A', seq: 9001, ack: 1101} as const;
    expect(barsIn([...repeated, answer]).join('')).not.toContain('↺');
  });
});

test('the first sentence on one connection counts its own time, as the list does', () => {
  const syn = (atMs: number, seq: number) => ({atMs, by: 'client', flags: 'S', seq}) as const;
  const {inspector} = inspectedPassing([
    syn(0, 1000),
    {atMs: 250, by: 'server', flags: 'RA', seq: 0, ack: 1001},
    syn(500, 9_000_000),
    {atMs: 1000, by: 'server', flags: 'RA', seq: 0, ack: 9_000_001},
  ]);
  const conversations = new Conversations(inspector, (each) => capturedTls([each], undefined)[0]);
  expect(whoText(conversations.all, inspector).en).toContain('in 1.000 s.');
  expect(whoText(conversations.of(1), inspector).en).toContain('in 250 ms.');
  expect(whoText(conversations.of(2), inspector).en).toContain('in 500 ms.');
});

describe('bars of time', () => {
  it('stand where the time of each connection is', () => {
    const opening = (atMs: number, seq: number) => ({atMs, by: 'client', flags: 'S', seq}) as const;
    // Between the same ports: one from 0 to 250 ms, one from 500 ms to the end; both are refused.
    const bars = barsIn([
      opening(0, 1000),
      {atMs: 250, by: 'server', flags: 'RA', seq: 0, ack: 1001},
      opening(500, 9_000_000),
      {atMs: 1000, by: 'server', flags: 'RA', seq: 0, ack: 9_000_001},
    ]);
    const cells = bars[1]?.length ?? 0;
    const places = bars.map((bar) => [bar.search(/▒/), bar.indexOf('✗')]);
    expect(places).toEqual([
      [0, Math.floor(cells / 4)],
      [Math.floor(cells / 2), cells - 1],
    ]);
  });

  it('tell opening, waiting, data and quiet apart, by their shares of the time', () => {
    const page = 'HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n';
    const [bar = ''] = barsIn([
      {atMs: 0, by: 'client', flags: 'S', seq: 1000},
      {atMs: 100, by: 'server', flags: 'SA', seq: 5000, ack: 1001},
      {atMs: 200, by: 'client', flags: 'A', seq: 1001, ack: 5001},
      {atMs: 200, by: 'client', flags: 'PA', seq: 1001, ack: 5001, data: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'},
      {atMs: 500, by: 'server', flags: 'PA', seq: 5001, ack: 1028, data: `${page}${'x'.repeat(100)}`},
      {atMs: 700, by: 'server', flags: 'PA', seq: 5001 + page.length + 100, ack: 1028, data: 'y'.repeat(100)},
      {atMs: 700, by: 'client', flags: 'A', seq: 1028, ack: 5201 + page.length},
      {atMs: 1000, by: 'client', flags: 'FA', seq: 1028, ack: 5201 + page.length},
    ]);
    const share = (sign: string) => [...bar].filter((cell) => cell === sign).length / bar.length;
    expect([...new Set(bar)].join('')).toBe('▒┈█─');
    const isNear = (sign: string, part: number) =>
      expect(Math.abs(share(sign) - part)).toBeLessThan(2 / bar.length);
    isNear('▒', 0.2);
    isNear('┈', 0.3);
    isNear('─', 0.3);
  });

  /** The signs of a connection that stands open since 0.1 s and carries these. */
  const signsOf = (...said: Parameters<typeof inspectedPassing>[0]): string => {
    const [bar = ''] = barsIn([
      {atMs: 0, by: 'client', flags: 'S', seq: 1000},
      {atMs: 50, by: 'server', flags: 'SA', seq: 5000, ack: 1001},
      {atMs: 100, by: 'client', flags: 'A', seq: 1001, ack: 5001},
      ...said,
      {atMs: 1000, by: 'client', flags: 'RA', seq: 1001, ack: 5001},
    ]);
    return [...bar].filter((sign, at) => sign !== '✗' && sign !== bar[at - 1]).join('');
  };
  const says = (atMs: number, by: 'client' | 'server', seq: number, data: string) =>
    ({atMs, by, flags: 'PA', seq, ack: by === 'client' ? 5001 : 1001, data}) as const;

  it('nobody waits for an answer who has not asked, and a question takes its time', () => {
    expect(signsOf(says(500, 'client', 1001, 'hello'))).toBe('▒─█─');
    expect(signsOf(says(500, 'server', 5001, '220 ready'))).toBe('▒─█─');
    const asked = says(300, 'client', 1001, 'what time?');
    expect(signsOf(asked, says(700, 'server', 5001, 'noon'))).toBe('▒─┈█─');
    // The server greets, and the client uploads much later.
    expect(signsOf(says(200, 'server', 5001, 'ok'), says(600, 'client', 1001, 'x'.repeat(99)))).toBe(
      '▒─█─█─',
    );
    // An upload, then silence until its answer.
    const sent = [asked, says(400, 'client', 1011, 'and so on'), says(800, 'server', 5001, 'noon')];
    expect(signsOf(...sent)).toBe('▒─█┈█─');
  });

  it('a long silence in the middle of data is drawn as one', () => {
    // The server says something twice, and nothing passes from 200 to 900 ms.
    expect(signsOf(says(200, 'server', 5001, 'one'), says(900, 'server', 5004, 'two'))).toBe('▒─█─█─');
  });

  it('hours in which nothing passes are cut from the axis, and said', () => {
    const hour = 3_600_000;
    const {inspector, told} = inspectedPassing([
      {atMs: 0, by: 'client', flags: 'S', seq: 1000},
      {atMs: 500, by: 'server', flags: 'RA', seq: 0, ack: 1001},
      {atMs: 10 * hour, by: 'client', flags: 'S', seq: 9_000_000},
      {atMs: 10 * hour + 500, by: 'server', flags: 'RA', seq: 0, ack: 9_000_001},
    ]);
    const lines = barLines(told, inspector, {language: 'en', columns: width, ascii: false});
    const bars = lines.filter((line) => line.includes('✗') && line.includes('#'));
    // Each takes half of what is left of the time.
    const cells = bars.map((bar) => [...bar].filter((cell) => cell === '▒').length);
    expect(Math.abs((cells[0] ?? 0) - (cells[1] ?? 0))).toBeLessThan(3);
    expect(cells[0]).toBeGreaterThan(20);
    expect(lines.at(-1)).toSay({says: 'inspect.timeBarTexts.cut', from: '500 ms', us: '35999 s'});
  });

  it('of many those with most packets are drawn, the others counted', () => {
    const refused = (n: number) =>
      [
        {atMs: 10 * n, by: 'client', flags: 'S', seq: 100_000 * (n + 1)},
        {atMs: 10 * n + 1, by: 'server', flags: 'RA', seq: 0, ack: 100_000 * (n + 1) + 1},
      ] as const;
    const {inspector, told} = inspectedPassing([...Array(8).keys()].flatMap(refused));
    const lines = barLines(told, inspector, {language: 'en', columns: width, ascii: true}, 6);
    expect(lines.filter((line) => /^ {2}#\d/.test(line))).toHaveLength(6);
    expect(lines.at(-2)).toContain('2 more conversations');
    expect(lines.join('')).toMatch(/^[\u0020-\u007e…]*$/);
  });
});

describe('in short', () => {
  // Of the side files: how many names, requests and connections there were, and which answers were errors.
  it.each([
    [
      '17c-url-to-page-plain.pcap',
      {says: 'story.storyTexts.requests', count: 3, protocol: 'HTTP/1', connections: 1},
    ],
    ['06c-refused-three-ports.pcap', {says: 'findings.openingTexts.refused'}],
    [
      '14e-http-redirect-and-404.pcap',
      {says: 'story.storyTexts.requests', count: 4, protocol: 'HTTP/1', failed: 2},
    ],
    ['14k-http-large-download.pcap', {says: 'findings.carryingTexts.congestion-window', by: 'server'}],
    [
      '16i-tls-untrusted-certificate.pcap',
      {says: 'findings.messagesTexts.tls-untrusted', alert: 'unknown_ca'},
    ],
    ['01a-client-close-idle.pcap', {says: 'story.storyTexts.idle', count: 1}],
  ])('%s', async (name, said) => {
    const page = (await pageOf(name)).join(' ').replaceAll(/\s+/g, ' ');
    expect(page).toSay(said);
    expect((await pageOf(name, 'zh')).join('')).toMatch(/概要/);
  });
});
