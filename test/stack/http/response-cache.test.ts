// What a client's cache keeps and for how long: RFC 9111 §3, §4.2 and §5.2, each row with its arithmetic.
import {expect, test} from 'vitest';
import {
  freshened,
  freshUs,
  isFor,
  mayStore,
  type Stored,
  wantsOrigin,
} from '../../../source/stack/http/response-cache.ts';
import {isIdempotent, isSafe, redirectedMethod} from '../../../source/wire/http/methods.ts';

const second = 1_000_000;
/** Sun, 06 Nov 1994 08:49:37 GMT. */
const dateUs = 784_111_777 * second;
const date = 'Sun, 06 Nov 1994 08:49:37 GMT';

type Fields = Readonly<Record<string, string>>;

const listed = (fields: Fields) => Object.entries(fields).map(([name, value]) => ({name, value}));

const stored = (fields: Fields, [askedS, cameS] = [0, 0], asked: Fields = {}): Stored => ({
  url: 'http://a/',
  requestFields: listed(asked),
  fields: listed({Date: date, ...fields}),
  content: new Uint8Array(),
  requestUs: dateUs + askedS * second,
  responseUs: dateUs + cameS * second,
});

/** [what, fields, when asked and answered, seconds that it is fresh 10 s after Date] */
test.each([
  ['max-age', {'Cache-Control': 'max-age=60'}, [0, 0], 50],
  ['max-age in quotes, among others', {'Cache-Control': 'public, max-age="60"'}, [0, 0], 50],
  ['max-age before Expires (§5.3)', {'Cache-Control': 'max-age=60', Expires: date}, [0, 0], 50],
  ['Expires − Date', {Expires: 'Sun, 06 Nov 1994 08:50:37 GMT'}, [0, 0], 50],
  ['Expires: 0 has passed (§5.3)', {Expires: '0'}, [0, 0], -10],
  ['a tenth of its age (§4.2.2)', {'Last-Modified': 'Sun, 06 Nov 1994 08:33:37 GMT'}, [0, 0], 86],
  ['the way took time (§4.2.3)', {'Cache-Control': 'max-age=60', Age: '20'}, [1, 3], 60 - 20 - 2 - 7],
  ['no-cache is never fresh (§5.2.2.4)', {'Cache-Control': 'no-cache, max-age=60'}, [0, 0], 0],
  ['nothing said', {}, [0, 0], -10],
] as const)('freshness: %s', (_, fields, times, freshS) => {
  const after = stored(fields, [times[0], times[1]]);
  expect(freshUs(after, dateUs + 10 * second) / second).toBe(freshS);
});

test.each([
  ['GET', 200, {}, {ETag: '"a"'}, true],
  ['GET', 200, {}, {'Cache-Control': 'max-age=1'}, true],
  ['GET', 200, {}, {}, false],
  ['POST', 200, {}, {ETag: '"a"'}, false],
  ['HEAD', 200, {}, {ETag: '"a"'}, false],
  ['GET', 404, {}, {ETag: '"a"'}, false],
  ['GET', 200, {'Cache-Control': 'no-store'}, {ETag: '"a"'}, false],
  ['GET', 200, {}, {ETag: '"a"', 'Cache-Control': 'no-store'}, false],
  ['GET', 200, {Authorization: 'Basic eA=='}, {ETag: '"a"'}, false],
  ['GET', 200, {}, {ETag: '"a"', Vary: 'Accept'}, true],
  ['GET', 200, {}, {ETag: '"a"', Vary: '*'}, false],
] as const)('stored: %s %i, request %j, response %j: %s (§3)', (method, status, asked, told, expected) => {
  expect(mayStore({method, status}, stored(told, [0, 0], asked))).toBe(expected);
});

test.each([
  ['', {'Accept-Language': 'zh'}, {}, true],
  ['Accept-Language', {'Accept-Language': 'zh'}, {'accept-language': 'zh'}, true],
  ['Accept-Language', {'Accept-Language': 'zh'}, {'Accept-Language': 'en'}, false],
  ['Accept-Language', {}, {}, true],
  ['Accept-Language', {}, {'Accept-Language': 'en'}, false],
  ['Accept, accept-language', {Accept: '*/*'}, {Accept: '*/*', 'Accept-Language': 'en'}, false],
  ['Cookie', {}, {}, false],
] as const)(
  'Vary: %s, asked with %j, then with %j: the stored answer counts: %s (§4.1)',
  (vary, first, then, expected) => {
    const answer = stored(vary === '' ? {} : {Vary: vary}, [0, 0], first);
    expect(isFor(answer, listed(then))).toBe(expected);
  },
);

test.each([
  ['Cache-Control', 'no-cache', true],
  ['Cache-Control', 'max-age=0', true],
  ['Pragma', 'no-cache', true],
  ['Cache-Control', 'max-age=10', false],
])('a request with %s: %s goes to the origin: %s (§5.2.1, §5.4)', (name, value, expected) => {
  expect(wantsOrigin([{name, value}])).toBe(expected);
});

test('a 304 renews fields and time, and leaves the length of the content alone (§3.2, §4.3.4)', () => {
  const old = stored({'Content-Length': '5', ETag: '"a"', 'Cache-Control': 'max-age=60'});
  const told = [
    {name: 'cache-control', value: 'max-age=120'},
    {name: 'Content-Length', value: '0'},
  ];
  const times = {requestUs: dateUs + 100 * second, responseUs: dateUs + 100 * second};
  const {fields, responseUs} = freshened(old, told, times);
  expect(fields.map(({name, value}) => `${name}: ${value}`)).toEqual([
    `Date: ${date}`,
    'Content-Length: 5',
    'ETag: "a"',
    'cache-control: max-age=120',
  ]);
  expect(responseUs).toBe(times.responseUs);
});

/** RFC 9110 §9.2.1, §9.2.2, table of §16.1; POST and PATCH are neither. */
test.each([
  ['GET', true, true],
  ['HEAD', true, true],
  ['OPTIONS', true, true],
  ['TRACE', true, true],
  ['PUT', false, true],
  ['DELETE', false, true],
  ['POST', false, false],
  ['PATCH', false, false],
  ['CONNECT', false, false],
])('%s: safe %s, idempotent %s', (method, safe, idempotent) => {
  expect([isSafe(method), isIdempotent(method)]).toEqual([safe, idempotent]);
});

/** RFC 9110 §15.4: only 303 changes all, only 301 and 302 change POST. */
test.each([
  [301, 'PUT', 'PUT'],
  [302, 'DELETE', 'DELETE'],
  [303, 'PUT', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [301, 'HEAD', 'HEAD'],
  [307, 'DELETE', 'DELETE'],
])('after %i a %s is a %s', (status, method, next) => {
  expect(redirectedMethod(status, method)).toBe(next);
});
