// What `inspect` tells of HTTP/2. Oracle: the side files, which say in `story` what happened: requests and responses by stream, what
// was broken off, what is against the rules.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import type {Language} from '../../source/lesson/text.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/told.ts';
import {keysOf, todayCaptures, todayFolder} from '../helpers/captured-today.ts';

type Stream = {
  readonly id: number;
  readonly method: string | null;
  readonly path: string | null;
  readonly status: number | null;
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
    for (const {id, method, path, status} of streams) {
      const request = method === null ? 'GET /index.html' : `${method} ${path}`;
      // Trailers stand behind the status.
      const place = (text: string) =>
        new RegExp(text.replaceAll(/[().?*+/[\]]/g, '\\$&').replace('~', '[^\n]*'));
      expect(english).toMatch(place(`#1 ${request} → ${status ?? 'no answer'}~ (stream ${id}, frame`));
      expect(chinese).toMatch(place(`#1 ${request} → ${status ?? '没有应答'}~（流 ${id}，帧`));
    }
    expect(english).toMatch(new RegExp(`HTTP/2, ${streams.length} requests?; `));
  });
});

const told: readonly (readonly [name: string, en: string, zh: string])[] = [
  [
    '21c-h2-priorities-window-updates.pcap',
    'windows of 3 streams (13, 15, 17) were used up',
    '3 个流（13、15、17）的窗口用完了',
  ],
  [
    '21e-h2-ping-reset-goaway.pcap',
    'the client broke off stream 3 with RST_STREAM: CANCEL',
    '客户端用 RST_STREAM 中断了流 3：CANCEL',
  ],
  [
    '21k-h2-protocol-error.pcap',
    'the server ended the connection with GOAWAY: PROTOCOL_ERROR',
    '服务器用 GOAWAY 结束连接：PROTOCOL_ERROR',
  ],
  [
    '21k-h2-protocol-error.pcap',
    'the client opens a stream under a number that it may not take',
    '客户端用了不该用的编号打开流',
  ],
];

test.each(told)('%s: %s', async (name, en, zh) => {
  expect(await reportOf(name, 'en')).toContain(en);
  expect(await reportOf(name, 'zh')).toContain(zh);
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
