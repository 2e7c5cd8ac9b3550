// Calls of browsers and the events that they bring: used, and misused with place and remedy pinned. Oracles: RFC 9110
// §10.1.1, RFC 9112 §3.2 and §9.3, RFC 6265 §5.3.
import {describe, expect, test} from 'vitest';
import {traceLines} from '../../../source/account/trace-json.ts';
import {fieldValues} from '../../../source/lesson/packet-field.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {flowsOf} from '../../helpers/http-network.ts';
import type {Told} from '../told-problem.ts';
import {answersOf, errorsOf, script, server, traceWith} from './site.ts';

const url = (path: string): string => `url: 'http://server${path}'`;
const client = (cause: string): string => `{at: 0ms, host: client, ${cause}}`;

/** A field of all packets that have it. */
const values = (trace: Trace, field: Parameters<typeof fieldValues>[2]) =>
  Array.from({length: trace.packetCount}, (_, index) =>
    fieldValues(trace, trace.packet(index + 1), field).map(({value}) => value),
  ).flat();

/** All that the client writes on its first connection. */
const requestText = (trace: Trace): string => {
  const [flow] = flowsOf(trace);
  return new TextDecoder().decode(flow?.bytes.client);
};

describe('used', () => {
  test('get with fields, cookies and a version', () => {
    const call = `call: get, ${url('/')}, version: 1.0, headers: {X-A: 1, Accept: [text/html, '*/*']}, cookies: {a: b, c: d}`;
    const trace = traceWith({script: script(client(call))});
    expect(values(trace, 'http.request.version')).toEqual(['HTTP/1.0']);
    expect(values(trace, 'http.accept')).toEqual(['text/html', '*/*']);
    expect(values(trace, 'http.cookie')).toEqual(['a=b; c=d']);
    expect(answersOf(trace)).toEqual(['client 200 ok 200 10']);
  });

  test('without Host, or without the space behind GET: 400 (RFC 9112 §3, §3.2)', () => {
    const raw = 'raw: "GET/ HTTP/1.1\\r\\nHost: server\\r\\n\\r\\n"';
    for (const more of ['headers: {Host: null}', raw]) {
      const trace = traceWith({script: script(client(`call: get, ${url('/')}, ${more}`))});
      expect(answersOf(trace)[0], more).toMatch(/^client 200 ok 400 /);
    }
  });

  test('post: content waits for 100 where it is expected (RFC 9110 §10.1.1)', () => {
    const runs = server('routes: [{post: /up, status: 201}]');
    const posted = (more: string) =>
      traceWith({runs, script: script(client(`call: post, ${url('/up')}, bytes: 100${more}`))});
    expect(answersOf(posted(''))).toEqual(['client 200 ok 201 0']);
    const waits = posted(', headers: {Expect: 100-continue}');
    expect(answersOf(waits)).toEqual(['client 300 ok 201 0']);
    expect(values(waits, 'http.response.code')).toEqual([100, 201]);
    expect(values(waits, 'http.content_length')).toEqual([100, 0]);
  });

  test('the fields beside Expect go along, with the type of the content', () => {
    const runs = server('routes: [{post: /up, status: 201}]');
    const fields = 'headers: {Expect: 100-continue, X-A: 1}, type: text/plain';
    const trace = traceWith({
      runs,
      script: script(client(`call: post, ${url('/up')}, bytes: 10, ${fields}`)),
    });
    expect(requestText(trace)).toMatch(/\r\nX-A: 1\r\n/);
    expect(requestText(trace)).toMatch(/\r\nContent-Type: text\/plain\r\n/);
    expect(requestText(trace)).toMatch(/\r\nExpect: 100-continue\r\n/i);
  });

  test('made-up content: rows of 63 letters, each row the next letter', () => {
    const runs = server('routes: [{post: /up, status: 201}]');
    const sent = (bytes: number) =>
      requestText(
        traceWith({runs, script: script(client(`call: post, ${url('/up')}, bytes: ${bytes}`))}),
      ).split('\r\n\r\n')[1];
    expect(sent(130)).toBe(`${'a'.repeat(63)}\n${'b'.repeat(63)}\ncc`);
    expect(sent(64 * 26 + 1)?.slice(-3)).toBe('z\na');
  });

  test('request: any method', () => {
    const trace = traceWith({script: script(client(`call: request, method: HEAD, ${url('/')}`))});
    expect(answersOf(trace)).toEqual(['client 200 ok 200 0']);
    expect(values(trace, 'http.content_length')).toEqual([10]);
  });

  test('pipeline: 1 + 1 round trips, and the first answer keeps the others waiting (lesson 24 C)', () => {
    const urls = "urls: ['http://server/', 'http://server/two']";
    const fast = script(client(`call: pipeline, ${urls}`));
    expect(answersOf(traceWith({script: fast}))).toEqual(['client 200 ok 200 20']);
    const runs = server('routes: [{get: /, body: 10B, delay: 200ms}, {get: /two, body: 20B}]');
    expect(answersOf(traceWith({script: fast, runs}))).toEqual(['client 400 ok 200 20']);
  });

  test('open and closeBrowser: what is under way is cancelled', () => {
    const trace = traceWith({
      script: script(
        client(`call: open, ${url('/')}`),
        '{at: 120ms, host: client, call: closeBrowser}',
        '{at: 1s, host: client, call: open, url: "http://server/two"}',
      ),
    });
    expect(answersOf(trace)).toEqual(['client 120 cancelled - 0', 'client 1200 ok 200 20']);
  });

  test('cookies: {from: HOST} is what that host’s browser would send', () => {
    const topology = `topology:
  hosts: {client: {ip: 192.0.2.10}, thief: {ip: 192.0.2.66}, r1: {router: true, ip: 192.0.2.1}, server: {ip: 198.51.100.20}}
  links: [{name: a, between: [client, r1]}, {name: b, between: [thief, r1]}, {name: c, between: [r1, server]}]
`;
    const trace = traceWith({
      topology,
      runs: server('routes: [{get: /}], sessions: {cookie: SID}'),
      script: script(
        client(`call: get, ${url('/')}`),
        `{at: 1s, host: client, call: get, ${url('/')}}`,
        `{at: 2s, host: thief, call: get, ${url('/')}, cookies: {from: client}}`,
        `{at: 3s, host: thief, call: get, ${url('/')}, cookies: {SID: invented}}`,
      ),
    });
    const [own, stolen, invented, ...others] = values(trace, 'http.cookie');
    expect(others).toEqual([]);
    expect(own).toMatch(/^SID=[0-9A-F]{32}$/);
    expect(stolen).toBe(own);
    expect(invented).toBe('SID=invented');
    // The invented one is nobody's: a new session.
    expect(values(trace, 'http.set_cookie')).toHaveLength(2);
  });

  test('status wakes what waits for it, once for each', () => {
    const runs = server('routes: [{get: /, status: 301, redirect: /two}, {get: /two, body: 20B}]');
    const waits = (status: string) =>
      script(
        client(`call: get, ${url('/')}`),
        `{on: {host: client, event: status${status}}, after: 1s, call: closeBrowser}`,
      );
    const calls = (status: string) =>
      [...traceWith({runs, script: waits(status)}).events()].flatMap((event) =>
        event.kind === 'call' && event.call === 'closeBrowser' ? [event.atUs / 1000] : [],
      );
    expect(calls('')).toEqual([1200, 1300]);
    expect(calls(', status: 301')).toEqual([1200]);
    expect(calls(', status: 404')).toEqual([]);
  });
});

describe('misused', () => {
  const at = (cause: string): readonly Told[] => errorsOf({script: script(cause)});

  test.each([
    ['call: get', {at: '13:5', says: 'constructKeys.needs', word: 'get', key: 'url'}],
    [`call: get, url: server`, {at: '13:45', says: 'httpScalars.noUrl', given: 'server'}],
    [
      `call: get, ${url('/')}, version: 2`,
      {at: '13:72', says: 'schemaProblems.expected.isNotWhat', what: 'http version', shown: '2'},
    ],
    [
      `call: get, ${url('/')}, of: s`,
      {at: '13:63', says: 'constructKeys.doesNotGo', key: 'of', shown: 'call: get', word: 'get'},
    ],
    [
      `call: get, ${url('/')}, headers: {Accept: null}`,
      {at: '13:81', says: 'httpCalls.onlyHost', field: 'Accept'},
    ],
    [
      `call: get, ${url('/')}, cookies: {from: thief}`,
      {at: '13:79', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'thief'},
    ],
    [`call: pipeline, urls: ['http://server/', 'x']`, {at: '13:70', says: 'httpScalars.noUrl', given: 'x'}],
    [
      `call: request, method: get, ${url('/')}`,
      {at: '13:52', says: 'schemaProblems.expected.isNotWhat', what: 'method', shown: 'get'},
    ],
  ])('%s', (cause, error) => {
    expect(at(client(cause))).toMatchObject([error]);
  });

  test('a server does not ask', () => {
    expect(at(`{at: 0ms, host: server, call: get, ${url('/')}}`)).toMatchObject([
      {at: '13:35', says: 'httpCalls.browser.besides.problem', who: 'server'},
    ]);
  });

  test('a name that is nobody’s, where nobody could be meant', () => {
    const open = script("{at: 0ms, host: client, call: open, url: 'http://www.a.com/'}");
    expect(errorsOf({runs: '', script: open})).toMatchObject([
      {at: '13:46', says: 'httpScalars.nobody', name: 'www.a.com'},
    ]);
  });

  test('status: goes with the event status alone', () => {
    expect(at(`{on: {host: client, event: answered, status: 200}, call: get, ${url('/')}}`)).toMatchObject([
      {at: '13:42', says: 'script.statusOf', event: 'answered'},
    ]);
  });
});

test('as JSON a request happens on a host of the lesson; whom it is meant for stands under a name of its own', () => {
  const trace = traceWith({script: script(client("call: get, url: 'http://shop.example.com/'"))});
  const lines = [...traceLines(trace, {title: 'x', notes: []})] as readonly Readonly<
    Record<string, unknown>
  >[];
  const requests = lines.filter(({kind}) => kind === 'request');
  expect(requests.map(({host, authority}) => [host, authority])).toEqual([
    ['client', 'shop.example.com'],
    ['server', 'shop.example.com'],
  ]);
});
