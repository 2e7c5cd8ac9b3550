// tshark as judge of simulated HTTP: it finds the same messages, cookies and content in our packets, and nothing to complain of.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {after, at, flowsOf, get, httpScenario, notesOf, site} from '../helpers/http-network.ts';
import {run} from '../helpers/traces.ts';
import {contentOf} from '../wire/http/reading.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tshark-http judge skipped: ${missing}`);
const judged = missing ? describe.skip : describe;

/** Does with the run's capture, in a folder of its own, what `ask` says. */
const withCapture = <T>(trace: Trace, ask: (file: string, folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-http-'));
  try {
    const file = join(folder, 'capture.pcapng');
    const wanted = {trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'} as const;
    writeFileSync(file, Buffer.concat([...(captureFile(wanted) ?? [])]));
    return ask(file, folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
};

const fieldsOf = (trace: Trace, filter: string, fields: readonly string[]): readonly (readonly string[])[] =>
  withCapture(trace, (file) => {
    const asked = fields.flatMap((field) => ['-e', field]);
    const args = ['-n', '-r', file, '-Y', filter, '-T', 'fields', ...asked];
    const text = execFileSync('tshark', args, {encoding: 'utf8'}).trimEnd();
    return text === '' ? [] : text.split('\n').map((line) => line.split('\t'));
  });

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The contents that tshark puts together out of segments and chunks. */
const objectsOf = (trace: Trace): readonly string[] =>
  withCapture(trace, (file, folder) => {
    const objects = join(folder, 'objects');
    execFileSync('tshark', ['-n', '-q', '-r', file, '--export-objects', `http,${objects}`]);
    return readdirSync(objects).map((name) => digest(readFileSync(join(objects, name))));
  });

const routes = [
  {method: 'GET', path: '/', type: 'text/plain', body: 'welcome', session: {kind: 'open'}, etag: '"v1"'},
  {method: 'GET', path: '/large', body: {bytes: 20_000}},
  {method: 'GET', path: '/chunks', body: {bytes: 5000}, chunkBytes: 700},
  {method: 'GET', path: '/old', status: 301, redirect: '/'},
  {method: 'POST', path: '/form', body: 'thanks'},
] as const;
const script = [
  at(0, get('/old', {as: 'a'})),
  after('a', get('/large', {as: 'b'})),
  after('b', get('/chunks', {as: 'c', version: '1.0'})),
  after('c', {call: 'post', url: `${site}/form`, body: 'x'.repeat(3000), expect: true, as: 'd'}),
  after('d', {
    call: 'pipeline',
    urls: ['/chunks', '/none', '/large'].map((path) => `${site}${path}`),
    as: 'e',
  }),
  after('e', {call: 'request', method: 'HEAD', url: `${site}/large`, as: 'f'}),
  after('f', get('/')),
];

judged('simulated HTTP', () => {
  const trace = run(httpScenario(script, {routes}));

  test('requests: methods, targets, versions, hosts, cookies as the client says that it sent them', () => {
    const fields = ['http.request.method', 'http.request.uri', 'http.request.version', 'http.host'];
    const seen = fieldsOf(trace, 'http.request', fields).map((row) => row.join(' '));
    const sent = notesOf(trace, 'request', 'client');
    expect(seen).toEqual(
      sent.map(({method, target, version, host}) => `${method} ${target} ${version} ${host}`),
    );
    const cookies = fieldsOf(trace, 'http.cookie', ['http.cookie_pair']).map(([pair]) => pair);
    const told = notesOf(trace, 'cookie', 'client').filter(({op}) => op === 'sent');
    expect(cookies).toEqual(told.map(({name, value}) => `${name}=${value}`));
    expect(cookies.length).toBeGreaterThan(5);
  });

  test('responses: statuses and content, reassembled', () => {
    const seen = fieldsOf(trace, 'http.response', ['http.response.code']).map(([code]) => Number(code));
    const read = notesOf(trace, 'response', 'client').filter(({op}) => op === 'started');
    expect(seen).toEqual(read.map(({status}) => status));
    const contents = flowsOf(trace).flatMap(({bytes, requests, responses}) => [
      ...requests.map((message) => contentOf(message, bytes.client)),
      ...responses.map((message) => contentOf(message, bytes.server)),
    ]);
    const ours = contents.filter(({length}) => length > 0).map(digest);
    expect(objectsOf(trace).toSorted()).toEqual(ours.toSorted());
    expect(ours).toHaveLength(8);
  });

  test('nothing that tshark would warn of', () => {
    // The filter finds what is there: a SYN is worth a chat.
    expect(fieldsOf(trace, '_ws.expert.severity >= "Chat"', ['frame.number']).length).toBeGreaterThan(3);
    expect(
      fieldsOf(trace, '_ws.expert.severity >= "Warning"', ['frame.number', '_ws.expert.message']),
    ).toEqual([]);
    expect(fieldsOf(trace, '_ws.malformed', ['frame.number'])).toEqual([]);
  });
});
