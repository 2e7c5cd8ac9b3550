// A server's answers. Oracles: RFC 9110 §13.2 (conditions), §15.4.5 (what a 304 says), §15.5, §15.6, RFC 6585 §5, RFC 8470 §5.2.
import {describe, expect, test} from 'vitest';
import {
  codingReply,
  deniedReply,
  errorReply,
  missingReply,
  type Reply,
  routeReply,
  timeoutReply,
  tooEarlyReply,
} from '../../../source/stack/http/reply.ts';
import type {Route} from '../../../source/stack/http/route.ts';
import type {Head} from '../../../source/wire/http/framing.ts';
import {feed, requestParser} from '../../../source/wire/http/parser.ts';
import type {RequestLine} from '../../../source/wire/http/start-line.ts';
import {decodeUtf8, encodeUtf8} from '../../../source/wire/utf8.ts';

const told = ({status, fields, content, because, close}: Reply): readonly unknown[] => [
  status,
  fields.map(({name, value}) => `${name}: ${value}`).join(', '),
  decodeUtf8(content),
  because,
  close,
];
const plain = 'Content-Type: text/plain';

describe('pages for people', () => {
  test.each([
    ['version-major', 505, 'HTTP Version Not Supported', '9110:15.6.6/version'],
    ['start-line-long', 414, 'URI Too Long', '9110:15.5.15/uri-too-long'],
    ['fields-long', 431, 'Request Header Fields Too Large', '6585:5/fields-too-large'],
    ['fields-many', 431, 'Request Header Fields Too Large', '6585:5/fields-too-large'],
    ['host-missing', 400, 'Bad Request', '9110:15.5.1/bad-request'],
  ] as const)('%s: %i', (code, status, reason, because) =>
    expect(told(errorReply(code))).toEqual([status, plain, `${status} ${reason}\n`, because, true]),
  );

  test('of time, of codings, of early data', () => {
    expect(told(timeoutReply)).toEqual([408, plain, '408 Request Timeout\n', '9110:15.5.9/timeout', true]);
    expect(told(codingReply)).toEqual([
      501,
      plain,
      '501 Not Implemented\n',
      '9110:15.6.2/not-implemented',
      true,
    ]);
    expect(told(tooEarlyReply)).toEqual([425, plain, '425 Too Early\n', '8470:5.2/too-early', false]);
  });

  test('what no route answers: a 405 says for which methods there is something', () => {
    expect(told(missingReply({kind: 'none'}))).toEqual([
      404,
      plain,
      '404 Not Found\n',
      '9110:15.5.5/not-found',
      false,
    ]);
    expect(told(missingReply({kind: 'method', allow: ['GET', 'PUT']}))).toEqual([
      ...[405, `${plain}, Allow: GET, PUT`, '405 Method Not Allowed\n', '9110:15.5.6/method', false],
    ]);
    expect(told(missingReply({kind: 'unknown-method'}))[0]).toBe(501);
  });

  test('without a session to the place where one is had, or a 401 that names a way', () => {
    const because = '9110:15.5.2/session-needed';
    const unauthorized = [
      401,
      `${plain}, WWW-Authenticate: Cookie realm="login"`,
      '401 Unauthorized\n',
      because,
      false,
    ];
    expect(told(deniedReply('session', '/login'))).toEqual([
      302,
      `${plain}, Location: /login`,
      '302 Found\n',
      because,
      false,
    ]);
    expect(told(deniedReply('session'))).toEqual(unauthorized);
    expect(told(deniedReply('wrong', '/login'))).toEqual(unauthorized);
  });
});

const headOf = (...fields: readonly string[]): Head<RequestLine> => {
  const {parts} = feed(
    requestParser(),
    encodeUtf8(['GET / HTTP/1.1', 'Host: a', ...fields, '', ''].join('\r\n')),
  );
  const head = parts.find((part) => part.kind === 'head')?.head;
  if (head?.start.kind !== 'request') throw new Error('no request');
  return {...head, start: head.start};
};
const answer = (route: Partial<Route>, ...fields: readonly string[]) =>
  told(routeReply({method: 'GET', path: '/', ...route}, headOf(...fields), 0));

describe('a route', () => {
  test('its status, its type, what it says', () => {
    expect(answer({})).toEqual([200, '', '', '9110:15/answer', false]);
    expect(answer({type: 'a/b', body: 'hi', status: 203, close: true})).toEqual([
      ...[203, 'Content-Type: a/b', 'hi', '9110:15/answer', true],
    ]);
    expect(answer({redirect: '/x'})).toEqual([302, 'Location: /x', '', '9110:15.4/redirect', false]);
    expect(answer({redirect: '/x', status: 301})[0]).toBe(301);
  });

  test('validators before its own fields', () => {
    const headers = [{name: 'A', value: 'b'}];
    // 1994-11-06 08:49:37 is the example of §5.6.7.
    expect(answer({type: 't/t', etag: '"e"', lastModifiedUs: 784_111_777_000_000, headers})[1]).toBe(
      'Content-Type: t/t, ETag: "e", Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT, A: b',
    );
  });

  test('content that is made up: rows of 64, a letter each', () => {
    const text = String(answer({body: {bytes: 130}})[2]);
    expect(text).toBe(`${'a'.repeat(63)}\n${'b'.repeat(63)}\ncc`);
    const long = String(answer({body: {bytes: 64 * 27}})[2]);
    expect(long.at(-64)).toBe('a');
    expect(long[64 * 25]).toBe('z');
  });

  test('chunks and cuts as it has them, and nothing where it has none', () => {
    const reply = (route: Partial<Route>) => routeReply({method: 'GET', path: '/', ...route}, headOf(), 0);
    expect(reply({chunkBytes: 5, cutAfter: 9})).toMatchObject({chunkBytes: 5, cutAfter: 9});
    expect(Object.keys(reply({}))).toEqual(['status', 'fields', 'content', 'because', 'close']);
  });
});

describe('conditions (§13.2.2)', () => {
  const route = {body: 'hi', type: 'a/b', etag: '"e"', lastModifiedUs: 784_111_777_000_000};

  test('304: the validators and what caches go by, no content', () => {
    const headers = ['Cache-Control', 'content-location', 'Expires', 'VARY', 'X'].map((name) => ({
      name,
      value: 'v',
    }));
    expect(answer({...route, headers}, 'If-None-Match: "e"')).toEqual([
      304,
      'ETag: "e", Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT, Cache-Control: v, content-location: v, Expires: v, VARY: v',
      ...['', '9110:13.2.2/not-modified', false],
    ]);
    expect(answer({...route, close: true}, 'If-None-Match: "e"')[4]).toBe(true);
    expect(answer(route, 'If-None-Match: "f"')[0]).toBe(200);
    expect(answer(route, 'If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT')[0]).toBe(304);
    expect(answer(route, 'If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT')[0]).toBe(200);
  });

  test('412: what is there is not what was meant', () => {
    expect(answer({...route, close: true}, 'If-Match: "f"')).toEqual([
      ...[412, plain, '412 Precondition Failed\n', '9110:13.2.2/failed', true],
    ]);
    expect(answer(route, 'If-Match: "e"')[0]).toBe(200);
  });

  test('only a success can be made conditional (§13.2.1)', () => {
    expect([200, 299, 199, 300, 404].map((status) => answer({...route, status}, 'If-Match: "f"')[0])).toEqual(
      [...[412, 412, 199, 300, 404]],
    );
  });
});
