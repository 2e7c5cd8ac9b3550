// Oracle: RFC 6265, its examples of §3.1, §4.1, §5.1, §5.2 and the steps of §5.3 and §5.4; SameSite by the draft of 6265bis.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  type Access,
  afterSession,
  type CookieJar,
  cookiesFor,
  emptyJar,
  type JarSettings,
  jarSettings,
  type Site,
  storeCookie,
  whyWithheld,
  withoutExpired,
} from '../../../source/wire/http/cookie-jar.ts';
import {defaultPath, domainMatches, pathMatches} from '../../../source/wire/http/cookie-match.ts';
import {readCookieField, readSetCookie, writeSetCookie} from '../../../source/wire/http/set-cookie.ts';
import {type HttpUrl, readHttpUrl} from '../../../source/wire/http/uri.ts';
import {runs} from '../../helpers/seeds.ts';

const urlOf = (text: string): HttpUrl => {
  const url = readHttpUrl(text);
  if (url === undefined) throw new RangeError(`no URL: ${text}`);
  return url;
};

const second = 1_000_000;
/** 1 January 2026. */
const start = 1_767_225_600 * second;
const access = (url: string, atS = 0, api: Access['api'] = 'http'): Access => ({
  url: urlOf(url),
  nowUs: start + atS * second,
  api,
});

/** `['http://a/', 'a=1; Path=/']`, and a time in seconds. */
type Stored = readonly [url: string, text: string, atS?: number];

const jarOf = (stored: readonly Stored[], settings?: JarSettings): CookieJar => {
  let jar = emptyJar;
  for (const [url, text, atS] of stored) {
    const set = readSetCookie(text);
    if (set) jar = storeCookie(jar, set, access(url, atS), settings);
  }
  return jar;
};

const sent = (jar: CookieJar, url: string, atS = 0, site?: Site): string | undefined =>
  cookiesFor(jar, access(url, atS), site).field;

describe('Set-Cookie, read (RFC 6265 §5.2)', () => {
  const plain = {secure: false, httpOnly: false};

  test.each([
    ['SID=31d4d96e407aad42', {name: 'SID', value: '31d4d96e407aad42'}],
    [
      'SID=31d4d96e407aad42; Path=/; Secure; HttpOnly',
      {name: 'SID', value: '31d4d96e407aad42', path: '/', secure: true, httpOnly: true},
    ],
    [
      'lang=en-US; Path=/; Domain=example.com',
      {name: 'lang', value: 'en-US', path: '/', domain: 'example.com'},
    ],
    [
      'lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT',
      {name: 'lang', value: 'en-US', expiresUs: Date.parse('2021-06-09T10:18:14Z') * 1000},
    ],
    [' a = b ; path = /x ', {name: 'a', value: 'b', path: '/x'}],
    ['a=b=c', {name: 'a', value: 'b=c'}],
    ['a=', {name: 'a', value: ''}],
    ['a="b c"', {name: 'a', value: '"b c"'}],
    ['a=b;', {name: 'a', value: 'b'}],
    ['a=b; Secure=no; httponly=', {name: 'a', value: 'b', secure: true, httpOnly: true}],
    ['a=b; Max-Age=3600', {name: 'a', value: 'b', maxAgeS: 3600}],
    ['a=b; Max-Age=-1', {name: 'a', value: 'b', maxAgeS: -1}],
    ['a=b; Max-Age=1h', {name: 'a', value: 'b'}],
    ['a=b; Max-Age=+1', {name: 'a', value: 'b'}],
    ['a=b; Max-Age=', {name: 'a', value: 'b'}],
    ['a=b; Expires=soon', {name: 'a', value: 'b'}],
    ['a=b; Domain=.Example.COM', {name: 'a', value: 'b', domain: 'example.com'}],
    ['a=b; Domain=', {name: 'a', value: 'b'}],
    ['a=b; Domain; Path; SameSite', {name: 'a', value: 'b'}],
    ['a=b; Path=x', {name: 'a', value: 'b'}],
    ['a=b; Path=/x; Path=y', {name: 'a', value: 'b'}],
    ['a=b; Path=/x; Path=/y; Domain=x; Domain=y', {name: 'a', value: 'b', path: '/y', domain: 'y'}],
    ['a=b; Unknown=1; ; =', {name: 'a', value: 'b'}],
    ['a=b; SameSite=lax', {name: 'a', value: 'b', sameSite: 'Lax'}],
    ['a=b; SameSite=Strict; SameSite=what', {name: 'a', value: 'b'}],
  ])('%s', (text, cookie) => expect(readSetCookie(text)).toEqual({...plain, ...cookie}));

  test.each(['', 'a', ';', '=b', ' =b', 'a; b=c'])('%j is ignored', (text) => {
    expect(readSetCookie(text)).toBeUndefined();
  });
});

test('Set-Cookie, written (RFC 6265 §4.1.1)', () => {
  const write = (cookie: Parameters<typeof writeSetCookie>[0]) => {
    const result = writeSetCookie(cookie);
    return result.ok ? result.value : `! ${result.error.code}`;
  };
  const plain = {secure: false, httpOnly: false};
  expect(
    write({...plain, name: 'SID', value: '31d4d96e407aad42', path: '/', secure: true, httpOnly: true}),
  ).toBe('SID=31d4d96e407aad42; Path=/; Secure; HttpOnly');
  expect(
    write({...plain, name: 'lang', value: '', expiresUs: Date.parse('1994-11-06T08:49:37Z') * 1000}),
  ).toBe('lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT');
  expect(write({...plain, name: 'a', value: 'b', maxAgeS: 60, domain: 'x', sameSite: 'Lax'})).toBe(
    'a=b; Max-Age=60; Domain=x; SameSite=Lax',
  );
  for (const value of ['a;b', 'a b', 'a,b', 'a"b', 'a\\b', 'ä', '\r\n'])
    expect(write({...plain, name: 'a', value})).toBe('! field-value');
  expect(write({...plain, name: 'a=', value: 'b'})).toBe('! field-name');
  expect(write({...plain, name: 'a', value: 'b', path: '/;x'})).toBe('! field-value');
});

test('what is written reads back as it was', () => {
  const cookie = fc.record(
    {
      name: fc.stringMatching(/^[a-zA-Z0-9_-]{1,8}$/),
      value: fc.stringMatching(/^[!#-+.-:<-Z^-~-]{0,12}$/),
      expiresUs: fc.integer({min: -11_000_000_000, max: 253_402_300_799}).map((seconds) => seconds * second),
      maxAgeS: fc.integer(),
      domain: fc.stringMatching(/^[a-z]{1,5}(\.[a-z]{1,5})?$/),
      path: fc.stringMatching(/^\/([!-:<-~]{0,10})$/),
      secure: fc.boolean(),
      httpOnly: fc.boolean(),
      sameSite: fc.constantFrom('Strict' as const, 'Lax' as const, 'None' as const),
    },
    {requiredKeys: ['name', 'value', 'secure', 'httpOnly']},
  );
  fc.assert(
    fc.property(cookie, (each) => {
      const text = writeSetCookie(each);
      expect(text.ok && readSetCookie(text.value)).toEqual(each);
    }),
    {numRuns: runs(1000)},
  );
});

test('Cookie, as a server reads it (RFC 6265 §4.2.1)', () => {
  expect(readCookieField('SID=31d4d96e407aad42; lang=en-US')).toEqual([
    {name: 'SID', value: '31d4d96e407aad42'},
    {name: 'lang', value: 'en-US'},
  ]);
  expect(readCookieField('a=1;b; =c; a=2=3')).toEqual([
    {name: 'a', value: '1'},
    {name: 'a', value: '2=3'},
  ]);
});

test.each([
  ['example.com', 'example.com', true],
  ['www.example.com', 'example.com', true],
  ['a.b.example.com', 'example.com', true],
  ['badexample.com', 'example.com', false],
  ['example.com', 'www.example.com', false],
  ['192.0.2.1', '0.2.1', false],
  ['192.0.2.1', '192.0.2.1', true],
])('RFC 6265 §5.1.3: %s matches %s: %s', (host, domain, matches) => {
  expect(domainMatches(host, domain)).toBe(matches);
});

test.each([
  ['/', '/', true],
  ['/docs', '/docs', true],
  ['/docs/', '/docs', true],
  ['/docs/a', '/docs', true],
  ['/docs/a', '/docs/', true],
  ['/docsets', '/docs', false],
  ['/doc', '/docs', false],
  ['/docs', '/docs/', false],
  ['/Docs', '/docs', false],
])('RFC 6265 §5.1.4: %s matches %s: %s', (path, cookiePath, matches) => {
  expect(pathMatches(path, cookiePath)).toBe(matches);
});

test.each([
  ['http://a', '/'],
  ['http://a/x', '/'],
  ['http://a/x/', '/x'],
  ['http://a/x/y?/z', '/x'],
])('RFC 6265 §5.1.4: the default path of %s is %s', (url, path) =>
  expect(defaultPath(urlOf(url))).toBe(path),
);

describe('the jar (RFC 6265 §3.1, §5.3, §5.4)', () => {
  test('a session id and a language: the exchange of §3.1', () => {
    const first = jarOf([['https://example.com/login', 'SID=31d4d96e407aad42; Path=/; Secure; HttpOnly']]);
    expect(sent(first, 'https://example.com/x')).toBe('SID=31d4d96e407aad42');
    const both = jarOf([
      ['https://example.com/login', 'SID=31d4d96e407aad42; Path=/; Secure; HttpOnly'],
      ['https://example.com/login', 'lang=en-US; Path=/; Domain=example.com', 1],
    ]);
    expect(sent(both, 'https://example.com/', 2)).toBe('SID=31d4d96e407aad42; lang=en-US');
    expect(sent(both, 'https://www.example.com/', 2)).toBe('lang=en-US');
    expect(sent(both, 'http://example.com/', 2)).toBe('lang=en-US');
  });

  test('§3.1: an Expires in the past takes a cookie out', () => {
    const jar = jarOf([
      ['http://a/', 'lang=en-US; Expires=Wed, 09 Jun 2100 10:18:14 GMT'],
      ['http://a/', 'lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT', 1],
    ]);
    expect(jar.cookies).toEqual([]);
  });

  test('§5.3(3): Max-Age goes before Expires, whatever their order', () => {
    const jar = jarOf([['http://a/', 'x=1; Max-Age=10; Expires=Sun, 06 Nov 1994 08:49:37 GMT']]);
    expect(sent(jar, 'http://a/', 9)).toBe('x=1');
    expect(sent(jar, 'http://a/', 10)).toBeUndefined();
    expect(withoutExpired(jar, start + 10 * second).cookies).toEqual([]);
    expect(jarOf([['http://a/', 'x=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT; Max-Age=0']]).cookies).toEqual(
      [],
    );
    expect(jarOf([['http://a/', `x=1; Max-Age=${'9'.repeat(30)}`]]).cookies[0]?.persistent).toBe(true);
  });

  test('§5.3(3): neither: until the user agent is closed', () => {
    const jar = jarOf([
      ['http://a/', 'session=1'],
      ['http://a/', 'kept=2; Max-Age=100'],
    ]);
    expect(sent(jar, 'http://a/', 1e9)).toBe('session=1');
    expect(sent(afterSession(jar), 'http://a/', 50)).toBe('kept=2');
  });

  test('§5.3(5): no cookie for all of a public suffix', () => {
    const settings = {...jarSettings, publicSuffixes: new Set(['com'])};
    expect(jarOf([['http://a.com/', 'x=1; Domain=com']], settings)).toEqual(emptyJar);
    const [own] = jarOf([['http://com/', 'x=1; Domain=com']], settings).cookies;
    expect(own?.hostOnly).toBe(true);
    expect(jarOf([['http://a.com/', 'x=1; Domain=com']]).cookies).toHaveLength(1);
  });

  test('§5.3(6): only for a domain that the host is in', () => {
    expect(jarOf([['http://a.example/', 'x=1; Domain=b.example']])).toEqual(emptyJar);
    expect(jarOf([['http://example/', 'x=1; Domain=a.example']])).toEqual(emptyJar);
    const jar = jarOf([['http://a.example/', 'x=1; Domain=example']]);
    expect(sent(jar, 'http://b.example/')).toBe('x=1');
    const own = jarOf([['http://a.example/', 'x=1']]);
    expect([sent(own, 'http://a.example/'), sent(own, 'http://b.a.example/')]).toEqual(['x=1', undefined]);
  });

  test('ports are nothing to cookies (§8.5)', () => {
    expect(sent(jarOf([['http://a:8080/', 'x=1']]), 'http://a:9/')).toBe('x=1');
  });

  test('an IPv6 host', () => {
    expect(sent(jarOf([['http://[::1]/', 'x=1']]), 'http://[::1]/')).toBe('x=1');
  });

  test('§5.3(11): the same name, domain and path: a new value, the old age', () => {
    const jar = jarOf([
      ['http://a/', 'x=1'],
      ['http://a/', 'y=1', 1],
      ['http://a/', 'x=2', 2],
      ['http://a/', 'x=3; Path=/b', 3],
    ]);
    expect(sent(jar, 'http://a/', 4)).toBe('x=2; y=1');
    expect(sent(jar, 'http://a/b', 4)).toBe('x=3; x=2; y=1');
    expect(jar.cookies.map(({createdUs}) => (createdUs - start) / second)).toEqual([0, 1, 3]);
  });

  test('§5.4(1): each condition that keeps a cookie back has its name', () => {
    const jar = jarOf([
      ['http://www.a.example/', 'own=1'],
      ['http://www.a.example/', 'all=1; Domain=a.example'],
      ['http://www.a.example/', 'deep=1; Path=/deep'],
      ['https://www.a.example/', 'safe=1; Secure'],
      ['http://www.a.example/', 'mute=1; HttpOnly'],
      ['http://www.a.example/', 'strict=1; SameSite=Strict'],
      ['http://www.a.example/', 'short=1; Max-Age=10'],
    ]);
    const held = (...asked: Parameters<typeof access>) =>
      jar.cookies.map((cookie) => `${cookie.name} ${whyWithheld(cookie, access(...asked)) ?? 'sent'}`);
    expect(held('http://www.a.example/', 20)).toEqual([
      ...['own sent', 'all sent', 'deep path', 'safe secure', 'mute sent', 'strict sent', 'short expired'],
    ]);
    expect(held('https://b.a.example/deep', 5)).toEqual([
      ...['own host', 'all sent', 'deep host', 'safe host', 'mute host', 'strict host', 'short host'],
    ]);
    expect(held('http://else.example/', 5)).toContain('all domain');
    expect(held('http://www.a.example/deep/er', 5, 'script')).toEqual([
      ...['own sent', 'all sent', 'deep sent', 'safe secure', 'mute http-only', 'strict sent', 'short sent'],
    ]);
    const sites = (['cross-site', 'navigation'] as const).map((site) =>
      jar.cookies
        .filter((cookie) => whyWithheld(cookie, access('http://www.a.example/', 5), site) === 'same-site')
        .map(({name}) => name),
    );
    expect(sites).toEqual([['strict'], ['strict']]);
  });

  test('§5.4(2): longer paths first, then the older', () => {
    const jar = jarOf([
      ['http://a/', 'short=1; Path=/'],
      ['http://a/', 'long=2; Path=/b/c', 1],
      ['http://a/', 'middle=3; Path=/b', 2],
      ['http://a/', 'late=4; Path=/b', 3],
    ]);
    expect(sent(jar, 'http://a/b/c', 4)).toBe('long=2; middle=3; late=4; short=1');
  });

  test('§5.4(3): a look-up is an access; nothing to send leaves the jar alone', () => {
    const jar = jarOf([['http://a/', 'x=1']]);
    expect(cookiesFor(jar, access('http://a/', 5)).jar.cookies[0]?.lastAccessUs).toBe(start + 5 * second);
    const other = cookiesFor(jar, access('http://b/', 5));
    expect(other.jar).toBe(jar);
    expect('field' in other).toBe(false);
  });

  test('HttpOnly: no script reads, sets or changes it (§5.3(10), (11.2), §5.4(1))', () => {
    const jar = jarOf([
      ['http://a/', 'sid=1; HttpOnly'],
      ['http://a/', 'theme=dark'],
    ]);
    expect(cookiesFor(jar, access('http://a/', 1, 'script')).field).toBe('theme=dark');
    const set = (text: string) => {
      const cookie = readSetCookie(text);
      return cookie && storeCookie(jar, cookie, access('http://a/', 1, 'script'));
    };
    expect(set('sid=2')).toBe(jar);
    expect(set('new=1; HttpOnly')).toBe(jar);
    expect(set('theme=light')?.cookies.map(({value}) => value)).toEqual(['1', 'light']);
  });

  test('§5.3: of one domain too many, of all too many: the one used longest ago goes', () => {
    const settings = {...jarSettings, mostPerDomain: 2, most: 3};
    let jar = jarOf([
      ['http://a/', 'x=1'],
      ['http://a/', 'y=1', 1],
      ['http://b/', 'z=1', 2],
    ]);
    ({jar} = cookiesFor(jar, access('http://a/', 3)));
    const add = (url: string, text: string, atS: number): void => {
      const set = readSetCookie(text);
      if (set) jar = storeCookie(jar, set, access(url, atS), settings);
    };
    const names = (): string => jar.cookies.map(({name}) => name).join('');
    add('http://c/', 'w=1', 4);
    expect(names()).toBe('xyw');
    add('http://a/', 'v=1', 5);
    expect(names()).toBe('ywv');
  });

  test('§6.1: as many cookies as it asks for', () => {
    expect([jarSettings.mostPerDomain, jarSettings.most]).toEqual([50, 3000]);
  });

  test('§6.1: 4096 octets of name and value are kept, with one more the field is ignored (rfc6265bis)', () => {
    const names = (octets: number): readonly string[] =>
      jarOf([['http://a/', `sid=${'x'.repeat(octets - 3)}`]]).cookies.map(({name}) => name);
    expect(names(4096)).toEqual(['sid']);
    expect(names(4097)).toEqual([]);
  });

  test.each([
    ['Strict', 'same-site', true],
    ['Strict', 'navigation', false],
    ['Strict', 'cross-site', false],
    ['Lax', 'same-site', true],
    ['Lax', 'navigation', true],
    ['Lax', 'cross-site', false],
    ['None', 'cross-site', true],
    ['', 'cross-site', true],
  ] as const)('6265bis §5.8.3: SameSite %s from %s is sent: %s', (sameSite, site, goes) => {
    const jar = jarOf([['https://a/', `x=1; Secure${sameSite && `; SameSite=${sameSite}`}`]]);
    expect(sent(jar, 'https://a/', 1, site) !== undefined).toBe(goes);
  });
});
