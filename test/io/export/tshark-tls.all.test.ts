// Our pcapng carries its secrets: tshark reads the same requests and responses out of it as our programs wrote, early data included;
// without the secrets it reads none. Where tshark is not installed the test is skipped and says so.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import {keyLogOf} from '../../../source/sim/key-log.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {page, runOf} from '../../lesson/tls/page.ts';
import {tsharkMissing} from '../../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`${missing}: nobody decrypts what we export`);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const pieces = (trace: Trace, format: 'pcap' | 'pcapng'): Uint8Array =>
  Buffer.concat([
    ...(captureFile({trace, format, at: undefined, language: 'en', application: 'test'}) ?? []),
  ]);

const messages = (bytes: Uint8Array, ...more: readonly string[]): readonly string[] => {
  const file = join(folder, 'export.cap');
  writeFileSync(file, bytes);
  const fields = ['http.request.method', 'http.request.uri', 'http.response.code', 'http.content_length'];
  const args = ['-r', file, '-Y', 'http', '-T', 'fields', '-E', 'separator=,', ...more];
  const {stdout} = spawnSync('tshark', [...args, ...fields.flatMap((each) => ['-e', each])], {
    encoding: 'utf8',
  });
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '');
};

describe.skipIf(missing)('tshark', () => {
  const lesson = page(`apps:
  - {host: server, tls: {certificate: good, versions: [1.3], earlyData: true, http: {routes: [{get: /, body: 100B}, {get: /b, status: 404, body: 14B}]}}}
script:
  - {at: 0ms, host: client, call: get, url: 'https://www.example.com/'}
  - {at: 30s, host: client, call: get, url: 'https://www.example.com/b', earlyData: true}
`);
  const told = ['GET,/,,', ',,200,100', 'GET,/b,,', ',,404,14'];

  test('with the secrets inside', () => {
    expect(messages(pieces(runOf(lesson), 'pcapng'))).toEqual(told);
  });

  // The server answers a replayed hello with secrets of its own, under the name of the first one's (RFC 9846 §8).
  test('a replayed hello too, whose secrets stand before what they open', () => {
    const early = allRuns().find(({name}) => name === 'https-tls13 early');
    const found = early ? messages(pieces(traceOf(early), 'pcapng')) : [];
    expect(found.filter((line) => line.startsWith('GET'))).toHaveLength(3);
    expect(found.filter((line) => line.includes('200'))).toHaveLength(3);
  });

  test('with the secrets beside, and not without', () => {
    const trace = runOf(lesson);
    const keys = join(folder, 'keys.log');
    writeFileSync(keys, keyLogOf(trace));
    expect(messages(pieces(trace, 'pcap'), '-o', `tls.keylog_file:${keys}`)).toEqual(told);
    expect(messages(pieces(trace, 'pcap'))).toEqual([]);
  });
});
