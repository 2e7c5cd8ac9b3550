// Messages of HTTP/2 and HTTP/3 put together from parts of a stream (RFC 9113 §8.1, RFC 9114 §4.1): which sections are interim, which
// the head, which trailers, and what of it was sent by then.
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../source/observe/connections.ts';
import {exchangeOf, type StreamPart, spansOf} from '../../source/observe/stream-messages.ts';

const connection: Connection = {
  id: 1,
  ends: [
    {host: 'a', port: 1},
    {host: 'b', port: 2},
  ],
  sent: [],
  arrived: [],
};

type Fields = Readonly<Record<string, string>>;

const section = (side: 0 | 1, [start, end]: readonly [number, number], fields: Fields): StreamPart => ({
  ...{kind: 'section', side, of: side === 0 ? 'request' : 'response', span: {start, end}},
  fields: Object.entries(fields).map(([name, value]) => ({name, value})),
});
const content = (side: 0 | 1, start: number, end: number): StreamPart => ({
  ...{kind: 'content', side, of: side === 0 ? 'request' : 'response', span: {start, end}},
});
const ended = (side: 0 | 1, at: number): StreamPart => ({
  ...{kind: 'end', side, of: side === 0 ? 'request' : 'response', span: {start: at, end: at}},
});

const read = (parts: readonly StreamPart[], ends: readonly [number, number] = [1000, 1000]) =>
  exchangeOf(parts, {connection, number: 3, version: 'HTTP/2', stream: 5, ends});

const get = section(0, [0, 10], {':method': 'GET', ':path': '/x', 'content-length': '4'});
const ok = section(1, [0, 8], {':status': '200'});

describe('heads', () => {
  test('method and target; all of them stand where their block stands (§8.3.1)', () => {
    const {request, number, stream} = read([get]) ?? {};
    const span = {start: 0, end: 10};
    expect([number, stream]).toEqual([3, 5]);
    expect(request?.head.start).toEqual({
      ...{kind: 'request', method: 'GET', target: '/x', version: 'HTTP/2', span},
      spans: {method: span, target: span, version: span},
    });
    expect(request?.head.fields[2]).toEqual({name: 'content-length', value: '4', span, valueSpan: span});
    expect(request).toMatchObject({headSpan: span, span, side: 0, headWhole: true, chunks: []});
  });

  test('CONNECT by whom it is for (§8.5); without either nothing is made up', () => {
    const start = (fields: Fields) => read([section(0, [0, 1], fields)])?.request?.head.start;
    expect(start({':method': 'CONNECT', ':authority': 'b:1'})).toMatchObject({target: 'b:1'});
    expect(start({':path': '/', ':authority': 'b'})).toMatchObject({method: '', target: '/'});
    expect(start({})).toMatchObject({target: ''});
  });

  test('a status is a number (§8.3.2)', () => {
    const span = {start: 0, end: 8};
    expect(read([ok])?.response?.head.start).toEqual({
      ...{kind: 'response', version: 'HTTP/2', status: 200, reason: '', span},
      spans: {version: span, status: span, reason: span},
    });
    expect(read([section(1, [0, 1], {})])?.response?.head.start).toMatchObject({status: 0});
  });
});

// RFC 9110 §15.2: 1xx.
test.each([
  [99, false],
  [100, true],
  [199, true],
  [200, false],
])('status %i before another: interim %s', (status, interim) => {
  const first = section(1, [0, 4], {':status': String(status)});
  const answers = read([first, section(1, [4, 9], {':status': '404'})]);
  const statusOf = (start: object | undefined) => (start && 'status' in start ? start.status : undefined);
  expect(statusOf(answers?.response?.head.start)).toBe(interim ? 404 : status);
  expect(answers?.interim.map(({head}) => statusOf(head.start))).toEqual(interim ? [status] : []);
  expect(answers?.interim.map(({framing, whole}) => ({framing, whole}))).toEqual(
    interim ? [{framing: {by: 'none', rule: 1}, whole: true}] : [],
  );
});

test('a request cannot be interim, whatever its fields say', () => {
  const odd = section(0, [0, 4], {':status': '100', ':method': 'GET'});
  expect(read([odd])).toMatchObject({interim: [], request: {span: {start: 0, end: 4}}});
});

describe('content and trailers', () => {
  const trailers = section(1, [30, 35], {a: 'x', b: 'y'});
  const parts = [get, ok, content(1, 12, 20), content(1, 25, 25), content(1, 26, 30), trailers, ended(1, 35)];

  test('behind the head, without what is empty; the end makes it whole', () => {
    const response = read(parts)?.response;
    expect(response?.content).toEqual([
      {start: 12, end: 20},
      {start: 26, end: 30},
    ]);
    expect(response?.trailers.map(({name, value, span}) => [name, value, span.start])).toEqual([
      ['a', 'x', 30],
      ['b', 'y', 30],
    ]);
    expect(response).toMatchObject({whole: true, span: {start: 0, end: 35}, framing: {by: 'stream'}});
    expect(read(parts.slice(0, -1))?.response).toMatchObject({whole: false, span: {start: 0, end: 35}});
    expect(read(parts)?.request).toMatchObject({whole: false, content: [], trailers: []});
  });

  // RFC 9112 §6.3, the last rule, in the words of HTTP/1: no content.
  test('a message without content says so once it is whole; until then how long it is by its own word', () => {
    expect(read([get])?.request?.framing).toEqual({by: 'stream', length: 4});
    expect(read([get, ended(0, 10)])?.request?.framing).toEqual({by: 'none', rule: 7});
    expect(read([ok])?.response?.framing).toEqual({by: 'stream', length: undefined});
    expect(read([ok, content(1, 8, 9), ended(1, 9)])?.response?.framing).toEqual({
      by: 'stream',
      length: undefined,
    });
  });

  test('of content what was sent, of a block all or nothing, by direction', () => {
    const sent = (request: number, response: number) => read(parts, [request, response]);
    expect(sent(9, 7)).toBeUndefined();
    expect(sent(10, 7)).toMatchObject({request: {}, response: undefined});
    expect(sent(9, 8)).toMatchObject({request: undefined, response: {content: [], whole: false}});
    expect(sent(0, 12)?.response?.content).toEqual([]);
    expect(sent(0, 13)?.response?.content).toEqual([{start: 12, end: 13}]);
    expect(sent(0, 34)?.response).toMatchObject({trailers: [], whole: false, span: {end: 30}});
    expect(sent(0, 35)?.response?.trailers).toHaveLength(2);
  });

  test('nothing but an interim answer is an exchange; nothing but content is none', () => {
    expect(read([section(1, [0, 4], {':status': '103'})])).toMatchObject({
      interim: [{span: {start: 0, end: 4}}],
      request: undefined,
      response: undefined,
    });
    expect(read([content(0, 0, 5)])).toBeUndefined();
  });

  test('where it stands: of a stream part by part, its trailers once; else from end to end', () => {
    const response = read(parts)?.response;
    if (!response) throw new Error('no response');
    expect(spansOf(response, undefined)).toEqual([{start: 0, end: 35}]);
    expect(spansOf(response, 5).map(({start, end}) => [start, end])).toEqual([
      [0, 8],
      [12, 20],
      [26, 30],
      [30, 35],
    ]);
  });
});
