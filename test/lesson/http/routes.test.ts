// Routes as lessons write them, key by key (docs/lessons.md), and what a header field makes of a server's answers (RFC 9110 §8.8,
// RFC 9112 §6.3, RFC 6265 §4.1.1).
import {describe, expect, test} from 'vitest';
import {type RouteFile, readRoute, route as schema} from '../../../source/lesson/http/routes.ts';
import {Problems} from '../../../source/lesson/problems.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {toldProblem} from '../told-problem.ts';

const read = (data: RouteFile, sessions = false) => {
  const problems = new Problems();
  const place = {path: [], names: {hosts: [], connections: [], vocabulary}, problems};
  const routes = readRoute(data, ['routes', 0], {place, sessions});
  return {
    routes,
    told: problems.found.map(({path, ...problem}) => ({...toldProblem(problem), at: path.join(' ')})),
  };
};

const one = (data: RouteFile, sessions = false) => {
  const {routes, told} = read(data, sessions);
  expect(told).toEqual([]);
  expect(routes).toHaveLength(1);
  return routes[0];
};

describe('which request', () => {
  test.each<readonly [RouteFile, string, string]>([
    [{get: '/a'}, 'GET', '/a'],
    [{post: '/a'}, 'POST', '/a'],
    [{method: 'PUT', path: '/a'}, 'PUT', '/a'],
  ])('%j', (data, method, path) => {
    expect(one(data)).toEqual({method, path});
  });

  test.each<readonly [RouteFile]>([
    [{}],
    [{get: '/', post: '/'}],
    [{method: 'PUT'}],
    [{path: '/'}],
    [{get: '/', method: 'PUT'}],
    [{get: '/', path: '/'}],
    [{get: '/', method: 'PUT', path: '/'}],
  ])('not told by %j', (data) => {
    expect(read(data)).toEqual({routes: [], told: [{at: 'routes 0', says: 'httpRoutes.whichRequest'}]});
  });

  test('a path begins with / and has no space', () => {
    const taken = (get: string) => schema.safeParse({get}).success;
    expect([taken('/'), taken('/a?b'), taken('a'), taken('/a b'), taken('')]).toEqual([
      ...[true, true, false, false, false],
    ]);
  });
});

test('what an answer has', () => {
  const data = {
    status: 203,
    type: 'text/html',
    body: '2kB',
    delay: '5ms',
    redirect: '/b',
    close: true,
    chunks: '1kB',
  };
  expect(one({get: '/', ...data})).toEqual({
    ...{method: 'GET', path: '/', status: 203, type: 'text/html', body: {bytes: 2000}, delayUs: 5000},
    ...{redirect: '/b', close: true, chunkBytes: 1000},
  });
  expect(one({get: '/', body: ''})).toEqual({method: 'GET', path: '/', body: ''});
  expect(one({get: '/', early: false})).toMatchObject({notEarly: true});
  expect(one({get: '/', early: true})).toEqual({method: 'GET', path: '/'});
});

test.each<readonly [RouteFile['session'], sessions: boolean, unknown]>([
  [undefined, false, undefined],
  [undefined, true, {kind: 'open'}],
  ['none', true, undefined],
  ['open', false, {kind: 'open'}],
  ['need', true, {kind: 'need'}],
  ['end', false, {kind: 'end'}],
  [{login: 'a', password: 'b'}, false, {kind: 'login', user: 'a', password: 'b'}],
  [{need: 'session'}, false, {kind: 'need'}],
  [{need: 'user'}, false, {kind: 'need', user: true}],
  [{need: 'user', otherwise: '/login'}, false, {kind: 'need', user: true, otherwise: '/login'}],
])('session %j, where there are such: %s', (session, sessions, expected) => {
  expect(one({get: '/', ...(session === undefined ? {} : {session})}, sessions)?.session).toEqual(expected);
});

describe('fields', () => {
  const fieldsOf = (given: NonNullable<RouteFile['headers']>, body?: string) =>
    one({get: '/', headers: given, ...(body === undefined ? {} : {body})});

  test('go along', () => {
    expect(fieldsOf({A: 'b', C: ['d', 'e']})).toEqual({
      ...{method: 'GET', path: '/'},
      headers: [
        {name: 'A', value: 'b'},
        {name: 'C', value: 'd'},
        {name: 'C', value: 'e'},
      ],
    });
  });

  test('Connection: close closes, another one goes along', () => {
    expect(fieldsOf({Connection: 'Close'})).toEqual({method: 'GET', path: '/', close: true});
    expect(fieldsOf({CONNECTION: 'upgrade'})?.headers).toEqual([{name: 'CONNECTION', value: 'upgrade'}]);
  });

  test('ETag, Last-Modified: the route is conditional', () => {
    expect(fieldsOf({ETag: '"v1"'})).toEqual({method: 'GET', path: '/', etag: '"v1"'});
    expect(fieldsOf({etag: 'W/""'})?.etag).toBe('W/""');
    // 1 January 1970, 00:00:01 GMT.
    expect(fieldsOf({'Last-Modified': 'Thu, 01 Jan 1970 00:00:01 GMT'})).toEqual({
      ...{method: 'GET', path: '/', lastModifiedUs: 1_000_000},
    });
  });

  test('a Content-Length beyond the content: the rest never comes', () => {
    expect(fieldsOf({'Content-Length': 3}, 'abc')).toEqual({method: 'GET', path: '/', body: 'abc'});
    expect(fieldsOf({'Content-Length': 5}, 'abc')).toMatchObject({body: 'abc  ', cutAfter: 3});
    // Two octets in UTF-8.
    expect(fieldsOf({'Content-Length': 4}, 'äb')).toMatchObject({body: 'äb ', cutAfter: 3});
    expect(fieldsOf({'Content-Length': 1_048_576}, '5B')).toMatchObject({
      body: {bytes: 1_048_576},
      cutAfter: 5,
    });
    expect(fieldsOf({'Content-Length': 0})).toEqual({method: 'GET', path: '/'});
  });

  test.each<readonly [NonNullable<RouteFile['headers']>, string]>([
    [{ETag: 'v1'}, 'etag'],
    [{ETag: '"a"b"'}, 'etag'],
    [{ETag: 'w/"a"'}, 'etag'],
    [{'Last-Modified': 'today'}, 'lastModified'],
    [{'Content-Length': 2}, 'contentLength'],
    [{'Content-Length': 1_048_577}, 'contentLength'],
    [{'Content-Length': '5 '.trim().concat('x')}, 'contentLength'],
    [{'Transfer-Encoding': 'chunked'}, 'transferEncoding'],
  ])('%j cannot be', (headers, told) => {
    const found = read({get: '/', body: 'abc', headers: {A: 'b', ...headers}});
    expect(found.told).toEqual([
      {at: `routes 0 headers ${Object.keys(headers)[0]}`, says: `httpRoutes.${told}`},
    ]);
    expect(found.routes[0]?.headers).toEqual([{name: 'A', value: 'b'}]);
  });
});

test('cookies: behind the fields, for the whole site, with a value or so many octets of one', () => {
  const found = read({get: '/', headers: {A: 'b'}, cookies: {c: 'd', e: '3B', f: 'g h', i: ''}});
  expect(found.routes[0]?.headers).toEqual([
    {name: 'A', value: 'b'},
    {name: 'Set-Cookie', value: 'c=d; Path=/'},
    {name: 'Set-Cookie', value: 'e=aaa; Path=/'},
    {name: 'Set-Cookie', value: 'i=; Path=/'},
  ]);
  expect(found.told).toEqual([{at: 'routes 0 cookies f', says: 'httpRoutes.noCookie', name: 'f'}]);
});
