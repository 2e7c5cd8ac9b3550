// What lessons may write of HTTP (docs/lessons.md): the forms, and which URLs somebody answers (RFC 9110 §5.5, §5.6.2).
import {describe, expect, test} from 'vitest';
import type * as z from 'zod/mini';
import {
  body,
  checkUrl,
  chunkSize,
  contentBytes,
  cookieValue,
  fieldName,
  headers,
  isContentLength,
  method,
  readBody,
  readHeaders,
  requestHeaders,
  url,
  version,
} from '../../../source/lesson/http/scalars.ts';
import {Problems} from '../../../source/lesson/problems.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {sameIn} from '../../../source/lesson/text.ts';
import {serverApp} from '../../../source/sim/http-apps.ts';
import {toldProblem} from '../told-problem.ts';

const place = (more: object = {}) => ({
  path: ['script', 0],
  names: {hosts: ['client', 'web'], connections: [], vocabulary, ...more},
  problems: new Problems(),
});

const many = (size: number): string => 'a'.repeat(size);

test.each<readonly [string, z.ZodMiniType, good: readonly unknown[], bad: readonly unknown[]]>([
  ['a URL', url, ['http://a/', 'x'], ['', 'a b', 5]],
  ['a method', method, ['GET', 'X'], ['get', 'GET ', '', 'G1']],
  ['a version', version, [1, 1.1, '1.0', '1.1'], [1.2, 2, '1', '2', 0]],
  ['a body', body, ['', 'text', '1MiB', 0, 1_048_576], ['2MiB', 1_048_577, -1, 1.5, true]],
  ['content', contentBytes, [1, 1_048_576], [0, 1_048_577, '1B']],
  ['a cookie', cookieValue, ['', 'dark', '64KiB', 65_536], ['65KiB', 65_537, -1]],
  ['chunks', chunkSize, [1, '1B', '1kB'], [0, '0B', 'x']],
  ['a field’s name', fieldName, ['Host', "a!#$%&'*+-.^_`|~0Z"], ['', 'a b', 'a:', 'ä', 'a\n']],
  ['fields', headers, [{}, {A: 'b', B: 5, C: ['x', 'y']}], [{A: null}, {'A B': 'x'}, {A: [5]}, []]],
  ['fields of a request', requestHeaders, [{Host: null, A: 'b'}], [{A: true}, {'A B': null}]],
])('%s', (_, schema, good, bad) => {
  for (const given of good) expect(schema.safeParse(given).success, JSON.stringify(given)).toBe(true);
  for (const given of bad) expect(schema.safeParse(given).success, JSON.stringify(given)).toBe(false);
});

test('a number, or text that is a size, is so many octets; other text is itself', () => {
  expect(readBody(5)).toEqual({bytes: 5});
  const sizes = ['3B', '3kB', '3KiB', '3MB', '3MiB'].map(readBody);
  expect(sizes).toEqual([3, 3000, 3072, 3_000_000, 3_145_728].map((bytes) => ({bytes})));
  for (const text of ['3', '3 B', '1234567890B', 'a3B', '3Bb', '3b', '']) expect(readBody(text)).toBe(text);
  expect(readBody('123456789B')).toEqual({bytes: 123_456_789});
  expect(body.safeParse(many(2_000_000)).success).toBe(true);
});

test('a length that a Content-Length may promise', () => {
  expect([isContentLength(1_048_576), isContentLength(1_048_577)]).toEqual([true, false]);
});

test('fields: a line for each value; what cannot be one is told where it stands', () => {
  const where = place();
  expect(readHeaders({A: 'b', B: [' c', 'd'], C: 5, D: 'e ', E: 'f\ng', F: ''}, ['x'], where)).toEqual([
    {name: 'A', value: 'b'},
    {name: 'B', value: 'd'},
    {name: 'C', value: '5'},
    {name: 'F', value: ''},
  ]);
  expect(where.problems.found.map(({path, ...found}) => [path, toldProblem(found)])).toEqual(
    ['B', 'D', 'E'].map((name) => [['x', name], {says: 'httpScalars.readHeaders', name}]),
  );
});

describe('who answers a URL', () => {
  const server = (host: string, inNameOf?: string, sites: readonly string[] = []) => ({
    ...{host, ...(inNameOf === undefined ? {} : {inNameOf})},
    spec: serverApp({
      routes: [],
      ...(sites.length === 0 ? {} : {virtualHosts: sites.map((site) => ({host: site, routes: []}))}),
    }),
  });
  const answered = (given: string, more: object = {}, before: readonly (readonly string[])[] = []) => {
    const where = place(more);
    for (const path of before) where.problems.add(path, {message: sameIn(''), remedy: sameIn('')});
    const is = checkUrl(given, ['url'], where);
    expect(where.problems.found.length - before.length).toBe(is ? 0 : 1);
    return is;
  };

  test('hosts of the lesson, and addresses', () => {
    expect(
      ['http://web/', 'http://client/x', 'http://192.0.2.1/', 'http://[2001:db8::1]/'].map((each) =>
        answered(each),
      ),
    ).toEqual([...[true, true, true, true]]);
    expect([answered('http://shop.example/'), answered('web'), answered('ftp://web/')]).toEqual([
      ...[false, false, false],
    ]);
  });

  test('any name, where there is one server; of two the sites that they have', () => {
    const shop = 'http://shop.example/';
    expect(answered(shop, {apps: [server('web')]})).toBe(true);
    expect(answered(shop, {apps: [server('web'), server('web')]})).toBe(true);
    expect(answered(shop, {apps: [server('web'), server('client')]})).toBe(false);
    expect(answered(shop, {apps: [server('web'), server('client', undefined, ['x', 'shop.example'])]})).toBe(
      true,
    );
    // Who answers in another's name is no server of a site of his own.
    expect(answered(shop, {apps: [server('web'), server('client', 'web')]})).toBe(true);
    expect(answered(shop, {apps: [server('client', 'web')]})).toBe(false);
  });

  test('of applications that cannot be read there is no telling', () => {
    expect(answered('http://shop.example/', {}, [['runs', 'apps']])).toBe(true);
    expect(answered('http://shop.example/', {}, [['runs']])).toBe(false);
  });
});
