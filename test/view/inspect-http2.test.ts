// What `inspect` tells of HTTP/2. Oracle: the side files, which say in `story` what happened: requests and responses by stream, what
// was broken off, what is against the rules.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import type {Language} from '../../source/lesson/text.ts';
import type {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {http2Texts} from '../../source/view/inspect/story-http.ts';
import {keysOf, todayCaptures, todayFolder} from '../helpers/captured-today.ts';
import '../helpers/meaning.ts';
import type {Meaning} from '../helpers/meaning.ts';

type Stream = {
  readonly id: number;
  readonly method: string | null;
  readonly path: string | null;
  readonly status: number | null;
  readonly dataBytesToServer: number;
  readonly dataBytesToClient: number;
};

const reportOf = async (name: string, language: Language): Promise<string> => {
  const path = todayFolder + name;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const told = allOf(inspector, capturedTls(inspector.connections, keysOf(path)));
  const lines = inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false});
  return lines.join('\n');
};

describe.each(todayCaptures('21'))('%s', (name) => {
  test('each stream stands in the list, in both languages', async () => {
    const side = JSON.parse(readFileSync(`${todayFolder}${name.replace(/\.pcap(ng)?$/, '')}.json`, 'utf8'));
    const streams: readonly Stream[] = side.http2[0].streams;
    const [english, chinese] = [await reportOf(name, 'en'), await reportOf(name, 'zh')];
    for (const {id, method, path, status, dataBytesToServer: sent, dataBytesToClient: got} of streams) {
      const request = method === null ? 'GET /index.html' : `${method} ${path}`;
      // Trailers stand behind the status.
      const place = (text: string) =>
        new RegExp(text.replaceAll(/[().?*+/[\]]/g, '\\$&').replaceAll('~', '[^\n]*'));
      const bytes = (count: number, word: string): string =>
        count === 0 ? '' : `~${count < 10_000 ? count : count.toLocaleString('en')} ${word}`;
      const [there, back] = [bytes(sent, 'bytes'), bytes(got, 'bytes')];
      expect(english).toMatch(
        place(`#1 ${request}${there} → ${status ?? 'no answer in the file'}${back}~ (stream ${id}, packet`),
      );
      const [asked, answered] = [bytes(sent, '字节'), bytes(got, '字节')];
      expect(chinese).toMatch(
        place(`#1 ${request}${asked} → ${status ?? '文件里没有应答'}${answered}~（流 ${id}，分组`),
      );
    }
    expect(english).toMatch(new RegExp(`HTTP/2, ${streams.length} requests?[;,] `));
  });
});

test.each<readonly [name: string, told: Meaning]>([
  [
    '21e-h2-ping-reset-goaway.pcap',
    {says: 'http2.http2Told.changed', by: 'client', names: ['INITIAL_WINDOW_SIZE 100000']},
  ],
  ['21k-h2-protocol-error.pcap', {says: 'http2.http2Faults.number', by: 'client'}],
])('%s', async (name, told) => {
  expect(await reportOf(name, 'en')).toSay(told);
  expect(await reportOf(name, 'zh')).toSay(told);
});

test('the same GOAWAY once more tells nothing', async () => {
  const report = await reportOf('21c-h2-priorities-window-updates.pcap', 'en');
  expect(report).toMatch(/, GOAWAY 3; .*\(packet 62\)$/m);
  expect(report).not.toContain('(packet 63)');
});

test('of several connections each says what happened on it, and what is so of all is said once', async () => {
  const heard: ObservedConnection[] = [];
  for (const name of ['21c-h2-priorities-window-updates.pcap', '21g-h2-hpack.pcap']) {
    const read = await inspectCapture(todayFolder + name);
    if (!read.ok) throw new Error(name);
    heard.push(...read.value.inspector.connections);
  }
  const [one, other] = heard;
  if (!one || !other) throw new Error('no connections');
  const numbered = (connection: ObservedConnection, id: number): ObservedConnection =>
    Object.create(connection, {id: {value: id}, streams: {value: connection.streams}});
  const toldOf = (...connections: readonly ObservedConnection[]) =>
    http2Texts({connections: connections.map((each, index) => numbered(each, index + 1)), tls: []});
  const alone = toldOf(one).map(({en}) => en);
  expect(alone.length).toBeGreaterThan(0);
  expect(toldOf(one, other).map(({en}) => en)).toEqual([
    ...alone.map((text) => `#1: ${text}`),
    ...toldOf(other).map(({en}) => `#2: ${en}`),
  ]);
  expect(toldOf(one, one).map(({en}) => en)).toEqual(alone.map((text) => `#1, #2: ${text}`));
});

test('where nothing went wrong nothing is odd about HTTP/2', async () => {
  for (const name of [
    '21a-h2-one-stream.pcap',
    '21g-h2-hpack.pcap',
    '21i-h2c-upgrade.pcap',
    '21m-h2-trailers.pcapng',
  ])
    expect(await reportOf(name, 'en')).not.toContain('RFC 9113');
});
