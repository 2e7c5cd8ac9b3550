// What is told of HTTP that breaks its rules. Oracle: the strict parser, which refuses it with the same code and clause, and what
// RFC 9112 §6.3, §9.2 and §11.2 say of each; captures of real programs have none of it.
import {readdirSync} from 'node:fs';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {HttpFaults} from '../../source/observe/http-faults.ts';
import {feed, requestParser, responseParser} from '../../source/wire/http/parser.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {inspectedPassing, oddIn, type Passed, reportIn} from '../helpers/passed-capture.ts';
import {captureFolder} from '../wire/captures.ts';

const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const response = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

type Saying = readonly [by: 'client' | 'server', text: string];

/** One segment for each, behind a handshake: the first saying is packet 4. */
const said = (...sayings: readonly Saying[]) => {
  const next = {client: 1001, server: 9001};
  const other = {client: 'server', server: 'client'} as const;
  const passed: Passed[] = [
    {atMs: 0, by: 'client', flags: 'S', seq: 1000},
    {atMs: 1, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
    {atMs: 2, by: 'client', flags: 'A', seq: 1001, ack: 9001},
  ];
  for (const [by, data] of sayings) {
    const at = {atMs: passed.length, by, flags: 'PA', data};
    passed.push({...at, seq: next[by], ack: next[other[by]]});
    next[by] += encodeUtf8(data).length;
  }
  return inspectedPassing(passed);
};

const faultsOf = (...sayings: readonly Saying[]) =>
  said(...sayings).inspector.connections[0]?.streams?.httpFaults ?? [];

const broken: readonly (readonly [what: string, text: string])[] = [
  [
    'both lengths',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'lengths that differ',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde',
  ],
  ['a length that is none', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc'],
  ['NUL in a value', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n'],
  ['obs-fold', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n'],
  ['LF alone', 'GET / HTTP/1.1\r\nHost: a\n\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n'],
  ['chunked not last', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n'],
  ['no chunk size', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  [
    'a space after a chunk size',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0 \r\n\r\n',
  ],
  ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'],
];

describe('a request that breaks a rule', () => {
  it.each(broken)('is told as what a strict reader refuses: %s', (_, text) => {
    const {error} = feed(requestParser(), encodeUtf8(text));
    expect(error).toBeDefined();
    const faults = faultsOf(['client', text], ['server', response]);
    expect(faults).toEqual([{code: error?.code, clause: error?.clause, in: 'request', frame: 4, count: 1}]);
    for (const language of ['en', 'zh'] as const)
      expect(oddIn(said(['client', text], ['server', response]), language).join(' ')).toContain(
        error?.clause,
      );
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'host-twice'],
    ['GET / HTTP/1.1\r\n\r\n', 'host-missing'],
    ['GET http://a/ HTTP/1.1\r\n\r\n', 'host-left-out'],
    ['CONNECT a:443 HTTP/1.1\r\n\r\n', 'host-left-out'],
    ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 'host-invalid'],
  ])('Host, at the server: %j', (text, code) => {
    expect(faultsOf(['client', text], ['server', response])).toMatchObject([{code, frame: 4}]);
  });

  // RFC 9110 §5.5: a NUL counts as a space, and other control characters stay. If a line is not a field, nobody knows which field it should have
  // been.
  it.each([
    ['Host: a\x1bb', ['field-value', 'host-invalid']],
    ['Host: \x0b', ['field-value', 'host-invalid']],
    ['Host: a\0', ['field-value']],
    ['hOST: \x7f', ['field-value', 'host-invalid']],
    ['Host a', ['field-colon']],
    ['Host\x0b: a', ['field-name']],
    ['\x01Host: a', ['field-name']],
    ['Host : a', ['field-name-space']],
    ['X: 1', ['host-missing']],
  ])('malformed is not missing: %j', (line, codes) => {
    const text = `GET / HTTP/1.1\r\n${line}\r\n\r\n`;
    expect(faultsOf(['client', text], ['server', response]).map(({code}) => code)).toEqual(codes);
    const octets = [...text].map((octet) => ['client', octet] as const);
    expect(faultsOf(...octets, ['server', response]).map(({code}) => code)).toEqual(codes);
  });

  it('a length followed by a NUL is read as that length, as RFC 9110 §5.5 allows', () => {
    const text = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\0\r\n\r\nabc';
    expect(faultsOf(['client', text + request], ['server', response]).map(({code}) => code)).toEqual([
      'field-value',
    ]);
    const wrong = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\x01\r\n\r\nabc';
    expect(faultsOf(['client', wrong + request], ['server', response]).map(({code}) => code)).toEqual([
      ...['field-value', 'length-syntax'],
    ]);
  });

  it('is told of responses alike', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi';
    const {error} = feed(responseParser(['GET']), encodeUtf8(text));
    expect(faultsOf(['client', request], ['server', text])).toMatchObject([
      {code: error?.code, in: 'response', frame: 5},
    ]);
  });

  it('is read on over: both messages of a pair are told', () => {
    for (const [, text] of broken) {
      const {http} = said(['client', text], ['server', response]).told;
      expect(http.map(({answer}) => answer?.status)).toEqual([200]);
    }
  });
});

it('is counted, once for each line', () => {
  const lines = 'X : b\r\n'.repeat(20);
  const text = `GET / HTTP/1.1\r\nHost: a\r\n${lines}\r\n`;
  expect(faultsOf(['client', text], ['server', response])).toMatchObject([{frame: 4, count: 20}]);
  expect(
    faultsOf(['client', text], ['server', response], ['client', text], ['server', response]),
  ).toMatchObject([{frame: 4, count: 40}]);
});

describe('a request inside a request', () => {
  const inner = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
  const both = (length: number) =>
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`;

  it('is named where Content-Length reaches over it', () => {
    expect(faultsOf(['client', both(5 + inner.length)])).toMatchObject([{behind: 'GET /admin'}]);
  });

  it('and not where both lengths end before it', () => {
    const [fault] = faultsOf(['client', both(5)]);
    expect(fault?.code).toBe('length-and-coding');
    expect(fault?.behind).toBeUndefined();
  });
});

describe('an unasked response', () => {
  const unasked = (...sayings: readonly Saying[]) =>
    faultsOf(...sayings).map(({code, frame}) => [code, frame]);

  it('is told with its packet', () => {
    expect(unasked(['client', request], ['server', response], ['server', response])).toEqual([
      ['response-unasked', 6],
    ]);
  });

  it('is none behind 103, of pipelined requests, nor 408, which may come unasked (RFC 9110 §15.5.9)', () => {
    const early = `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${response}`;
    expect(unasked(['client', request], ['server', early])).toEqual([]);
    expect(unasked(['client', request.repeat(10)], ['server', response.repeat(10)])).toEqual([]);
    const late = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
    expect(unasked(['client', request], ['server', response], ['server', late])).toEqual([]);
  });

  it('nor where the question was not captured', () => {
    expect(unasked(['server', response])).toEqual([]);
  });
});

it('is told of no other protocol: behind 101, or where only one end speaks HTTP', () => {
  const upgraded = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n';
  expect(faultsOf(['client', request], ['server', upgraded], ['client', 'no\r\nHTTP\r\n']).length).toBe(0);
  expect(faultsOf(['client', request], ['client', 'typed\n']).length).toBe(0);
});

it('is none that a stream ends before its message does', () => {
  const faults = new HttpFaults();
  for (const code of ['head-incomplete', 'content-incomplete', 'chunks-incomplete'] as const)
    faults.take({code, clause: 'RFC 9112 §8', in: 'request', frame: 1});
  expect(faults.all).toEqual([]);
});

it('real programs are told no fault', async () => {
  const http = readdirSync(captureFolder).filter((name) => /^1[47].*\.pcap(ng)?$/.test(name));
  expect(http.length).toBeGreaterThan(3);
  for (const name of http) {
    const read = await inspectCapture(captureFolder + name);
    const faults = read.ok
      ? read.value.inspector.connections.flatMap(({streams}) => streams?.httpFaults ?? [])
      : name;
    expect(faults, name).toEqual([]);
  }
});

describe('an answer that cannot be read', () => {
  it.each([
    ['CR between version and status', 'bare-cr', 'HTTP/1.1\r 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['LF behind the version', 'status-line', 'HTTP/1.1\n 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['four digits', 'status-code', 'HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['small letters', 'version', 'http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
  ])('wrong in its head: %s', (_, code, text) => {
    const inspected = said(['client', request], ['server', text]);
    const {inspector} = inspected;
    expect(inspector.connections[0]?.streams?.http.map(({unreadable}) => unreadable)).toEqual([5]);
    const faults = inspector.connections[0]?.streams?.httpFaults;
    expect(faults).toContainEqual(expect.objectContaining({code, in: 'response', frame: 5, count: 1}));
    expect(reportIn(inspected)).not.toMatch(/no answer/);
    expect(inspected.told.findings).toMatchObject([{id: 'http-fault', level: 'fault'}]);
  });

  it('is none where something else is said', () => {
    expect(
      said(['client', request], ['server', 'ICY 200 OK\r\n\r\n']).inspector.connections[0]?.streams?.http[0]
        ?.unreadable,
    ).toBe(undefined);
  });
});

test.each(['hi\n', 'hi\r\n', 'hi there\r\n'])('beyond its Content-Length: %j', (content) => {
  const text = `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${content}`;
  expect(faultsOf(['client', request], ['server', text], ['client', request], ['server', response])).toEqual([
    {code: 'content-length-wrong', clause: 'RFC 9110 §8.6', in: 'response', frame: 5, count: 1},
  ]);
});
