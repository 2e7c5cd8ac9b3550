// Which fields a section may have (RFC 9113 §8.2, §8.3, §8.5; RFC 8441 §4).
import {describe, expect, test} from 'vitest';
import {fieldError} from '../../source/observe/http2-fields.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

const errorOf = (section: 'request' | 'response' | 'trailers', pairs: Pairs) =>
  fieldError(
    section,
    pairs.map(([name, value]) => ({name, value})),
  );

const get: Pairs = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':path', '/'],
];
const ok: Pairs = [[':status', '200']];

test('what is needed is there', () => {
  expect(errorOf('request', get)).toBeUndefined();
  expect(errorOf('request', [...get, [':authority', 'a'], ['a', '']])).toBeUndefined();
  expect(errorOf('response', ok)).toBeUndefined();
  expect(errorOf('trailers', [])).toBeUndefined();
  expect(errorOf('trailers', [['a', 'b']])).toBeUndefined();
});

test.each<readonly ['request' | 'response' | 'trailers', Pairs]>([
  ['request', get.slice(1)],
  ['request', get.slice(0, 2)],
  ['request', [...get.slice(0, 1), ...get.slice(2)]],
  ['request', [...get, [':path', '/']]],
  ['request', [...get, [':status', '200']]],
  ['request', [['a', 'b'], ...get]],
  ['request', [...get, [':x', '']]],
  ['response', []],
  ['response', get],
  ['response', [...ok, [':path', '/']]],
  ['response', [['a', 'b'], ...ok]],
  ['trailers', ok],
])('pseudo-fields of a %s: %j', (section, pairs) => {
  expect(errorOf(section, pairs)).toBe('pseudo-field');
});

describe('CONNECT', () => {
  const connect: Pairs = [[':method', 'CONNECT']];

  test('names a host and nothing else', () => {
    expect(errorOf('request', [...connect, [':authority', 'a:1']])).toBeUndefined();
    expect(errorOf('request', connect)).toBe('pseudo-field');
  });

  test('of a protocol is like any other request', () => {
    const websocket: Pairs = [...connect, [':protocol', 'websocket'], [':authority', 'a']];
    expect(errorOf('request', websocket)).toBe('pseudo-field');
    expect(errorOf('request', [...websocket, ...get.slice(1)])).toBeUndefined();
  });

  test('only as a method', () => {
    const named: Pairs = [
      [':method', 'GET'],
      [':authority', 'CONNECT'],
    ];
    expect(errorOf('request', named)).toBe('pseudo-field');
  });
});

test.each(['', 'A', 'a b', 'a:', '::a', 'ä', 'a\n'])('no name: %j', (name) => {
  expect(errorOf('response', [...ok, [name, '']])).toBe('field-name');
});

test('each letter that a token has (RFC 9110 §5.6.2), but capitals', () => {
  for (const letter of "!#$%&'*+-.^_`|~09az")
    expect(errorOf('response', [...ok, [letter, '']])).toBeUndefined();
});

test.each(['a\0', 'a\rb', 'a\nb', ' a', '\ta', 'a ', 'a\t'])('no value: %j', (value) => {
  expect(errorOf('response', [...ok, ['a', value]])).toBe('field-value');
});

test.each(['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'upgrade'])(
  '%s is a matter of HTTP/1',
  (name) => {
    expect(errorOf('response', [...ok, [name, 'trailers']])).toBe('field-of-connection');
  },
);

test('TE says trailers, or nothing', () => {
  expect(errorOf('request', [...get, ['te', 'trailers']])).toBeUndefined();
  expect(errorOf('request', [...get, ['te', 'gzip']])).toBe('field-of-connection');
  expect(errorOf('request', [...get, ['a', 'b c'], ['a', 'b c']])).toBeUndefined();
});
