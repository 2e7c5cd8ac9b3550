// Oracle: RFC 3986, its examples of §1.1.2, §5.2.4, §5.4, §6.2.2; RFC 9110 §4.2, §7.2, §10.2.2.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {percentDecode, percentEncode, percentNormalized} from '../../../source/wire/http/percent.ts';
import {
  hostField,
  httpUrlText,
  originForm,
  readHttpUrl,
  readUriReference,
  redirectTarget,
  removeDotSegments,
  resolveReference,
  uriText,
} from '../../../source/wire/http/uri.ts';
import {runs} from '../../helpers/seeds.ts';

const base = {scheme: 'http', authority: 'a', path: '/b/c/d;p', query: 'q'};

const normal = `
g:h           g:h
g             http://a/b/c/g
./g           http://a/b/c/g
g/            http://a/b/c/g/
/g            http://a/g
//g           http://g
?y            http://a/b/c/d;p?y
g?y           http://a/b/c/g?y
#s            http://a/b/c/d;p?q#s
g#s           http://a/b/c/g#s
g?y#s         http://a/b/c/g?y#s
;x            http://a/b/c/;x
g;x           http://a/b/c/g;x
g;x?y#s       http://a/b/c/g;x?y#s
.             http://a/b/c/
./            http://a/b/c/
..            http://a/b/
../           http://a/b/
../g          http://a/b/g
../..         http://a/
../../        http://a/
../../g       http://a/g`;

const abnormal = `
../../../g    http://a/g
../../../../g http://a/g
/./g          http://a/g
/../g         http://a/g
g.            http://a/b/c/g.
.g            http://a/b/c/.g
g..           http://a/b/c/g..
..g           http://a/b/c/..g
./../g        http://a/b/g
./g/.         http://a/b/c/g/
g/./h         http://a/b/c/g/h
g/../h        http://a/b/c/h
g;x=1/./y     http://a/b/c/g;x=1/y
g;x=1/../y    http://a/b/c/y
g?y/./x       http://a/b/c/g?y/./x
g?y/../x      http://a/b/c/g?y/../x
g#s/./x       http://a/b/c/g#s/./x
g#s/../x      http://a/b/c/g#s/../x
http:g        http:g`;

const rows = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split(/ +/));

const resolved = (text: string): string | undefined => {
  const reference = readUriReference(text);
  return reference && uriText(resolveReference(base, reference));
};

test.each(rows(normal))('RFC 3986 §5.4.1: %s → %s', (reference, target) => {
  expect(resolved(reference ?? '')).toBe(target);
});

test('RFC 3986 §5.4.1: the empty reference is the base', () => {
  expect(resolved('')).toBe('http://a/b/c/d;p?q');
});

test.each(rows(abnormal))('RFC 3986 §5.4.2: %s → %s', (reference, target) => {
  expect(resolved(reference ?? '')).toBe(target);
});

test.each([
  ['/a/b/c/./../../g', '/a/g'],
  ['mid/content=5/../6', 'mid/6'],
  ['', ''],
  ['/', '/'],
  ['/.', '/'],
  ['/..', '/'],
  ['.', ''],
  ['..', ''],
  ['a/..', '/'],
  ['/a//../b', '/a/b'],
])('RFC 3986 §5.2.4: %j without dot segments is %j', (path, rest) => {
  expect(removeDotSegments(path)).toBe(rest);
});

test('RFC 3986 §5.2.3: a base without a path', () => {
  expect(uriText(resolveReference({scheme: 'http', authority: 'a', path: ''}, {path: 'g'}))).toBe(
    'http://a/g',
  );
});

test.each([
  'ftp://ftp.is.co.za/rfc/rfc1808.txt',
  'http://www.ietf.org/rfc/rfc2396.txt',
  'ldap://[2001:db8::7]/c=GB?objectClass',
  'mailto:John.Doe@example.com',
  'news:comp.infosystems.www.servers.unix',
  'tel:+1-816-555-1212',
  'telnet://192.0.2.16:80/',
  'urn:oasis:names:specification:docbook:dtd:xml:4.1.2',
])('RFC 3986 §1.1.2: %s is taken apart and put together again', (text) => {
  const reference = readUriReference(text);
  expect(reference?.scheme).toBe(text.slice(0, text.indexOf(':')));
  expect(reference && uriText(reference)).toBe(text);
});

test('RFC 3986 appendix B', () => {
  expect(readUriReference('http://www.ics.uci.edu/pub/ietf/uri/#Related')).toEqual({
    scheme: 'http',
    authority: 'www.ics.uci.edu',
    path: '/pub/ietf/uri/',
    fragment: 'Related',
  });
});

test.each([
  'http://a b/',
  '/a b',
  '/%4',
  '/%zz',
  '/a[b',
  'http://[::1/',
  'http://[::z]/',
  'http://a:b/',
  '1:b',
  '/\x00',
  '/ä',
])('%j is no reference', (text) => expect(readUriReference(text)).toBeUndefined());

test('any text that is a reference is its components', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-c:/?#@[\].%0-9]{0,20}$/), (text) => {
      const reference = readUriReference(text);
      if (reference) expect(uriText(reference)).toBe(text);
    }),
    {numRuns: runs(2000)},
  );
});

describe('http and https', () => {
  test.each([
    ['http://example.com:80/~smith/home.html', 'http://example.com/~smith/home.html'],
    ['http://EXAMPLE.com/%7Esmith/home.html', 'http://example.com/~smith/home.html'],
    ['http://EXAMPLE.com:/%7esmith/home.html', 'http://example.com/~smith/home.html'],
    ['HTTPS://example.com', 'https://example.com/'],
    ['https://example.com:443/?q', 'https://example.com/?q'],
    ['https://example.com:80/', 'https://example.com:80/'],
    ['http://[2001:DB8::1]:8080/a/../b#c', 'http://[2001:db8::1]:8080/b#c'],
  ])('RFC 9110 §4.2.3: %s is %s', (text, same) => {
    const url = readHttpUrl(text);
    expect(url && httpUrlText(url)).toBe(same);
  });

  test.each([
    'ftp://a/',
    'http:///a',
    'http://:80/',
    'http:a',
    '/a',
    'a',
    'http://user@a/',
    'http://a:65536/',
    'http://a:0/',
    'http://',
  ])('RFC 9110 §4.2: %s is none', (text) => expect(readHttpUrl(text)).toBeUndefined());

  test('RFC 9112 §3.2.1: Host and target; the fragment stays at home', () => {
    const url = readHttpUrl('http://www.example.org:8001/where?q=now#here');
    expect(url && [hostField(url), originForm(url)]).toEqual(['www.example.org:8001', '/where?q=now']);
    const bare = readHttpUrl('http://www.example.org');
    expect(bare && [hostField(bare), originForm(bare)]).toEqual(['www.example.org', '/']);
  });

  test.each([
    ['http://www.example.org/~tim', '/People.html#tim', 'http://www.example.org/People.html#tim'],
    [
      'http://www.example.org/index.html#larry',
      'http://www.example.net/index.html',
      'http://www.example.net/index.html#larry',
    ],
    ['http://a/b/c?q', 'd', 'http://a/b/d'],
    ['http://a:8080/b', '/c', 'http://a:8080/c'],
    ['http://a/', '//b/c', 'http://b/c'],
    // RFC 3986 §5.2.2: without a path of its own the reference has that of what was asked for, and its query.
    ['http://a/b?q=1', '#here', 'http://a/b?q=1#here'],
    ['http://a/b', '#here', 'http://a/b#here'],
  ])('RFC 9110 §10.2.2: from %s, Location: %s leads to %s', (asked, location, target) => {
    const url = readHttpUrl(asked);
    const next = url && redirectTarget(url, location);
    expect(next && httpUrlText(next)).toBe(target);
  });

  test('a Location that is no http URL leads nowhere', () => {
    const url = readHttpUrl('http://a/');
    for (const location of ['mailto:a@b', '/a b', 'http://u@b/'])
      expect(url && redirectTarget(url, location)).toBeUndefined();
  });
});

test('RFC 3986 §2.1, §2.5: percent-encoding of UTF-8', () => {
  expect(percentEncode('À')).toBe('%C3%80');
  expect(percentEncode('a b/c~', '/')).toBe('a%20b/c~');
  expect(percentEncode('a b/c?')).toBe('a%20b%2Fc%3F');
  expect(percentEncode('查询')).toBe('%E6%9F%A5%E8%AF%A2');
  expect(percentDecode('%E6%9F%A5%e8%af%a2+a')).toBe('查询+a');
  for (const wrong of ['%', '%4', '%4g', 'a%%20']) expect(percentDecode(wrong)).toBeUndefined();
  expect(percentNormalized('%7euser%2f%c3%80')).toBe('~user%2F%C3%80');
});

test('any text comes back from its encoding, which encodeURIComponent agrees with', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 20}), (text) => {
      expect(percentDecode(percentEncode(text))).toBe(text);
      expect(percentEncode(text, "!'()*")).toBe(encodeURIComponent(text));
    }),
  );
});
