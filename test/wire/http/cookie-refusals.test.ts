// Cookies that browsers refuse and RFC 6265 would keep. Oracle: draft-ietf-httpbis-rfc6265bis §4.1.3 and §5.7.
import {describe, expect, test} from 'vitest';
import {
  type Access,
  type CookieJar,
  emptyJar,
  refusalOf,
  storeCookie,
} from '../../../source/wire/http/cookie-jar.ts';
import {readSetCookie} from '../../../source/wire/http/set-cookie.ts';
import {readHttpUrl} from '../../../source/wire/http/uri.ts';

const access = (text: string): Access => {
  const url = readHttpUrl(text);
  if (!url) throw new Error(text);
  return {url, nowUs: 0, api: 'http'};
};

const jarAfter = (jar: CookieJar, url: string, text: string): CookieJar => {
  const set = readSetCookie(text);
  return set ? storeCookie(jar, set, access(url)) : jar;
};

describe('what browsers refuse and RFC 6265 would keep (draft-ietf-httpbis-rfc6265bis §4.1.3, §5.7)', () => {
  test.each([
    ['http://a/', 'x=1; Secure', 'secure'],
    ['https://a/', 'x=1; Secure', undefined],
    ['https://a/', 'x=1; SameSite=None', 'same-site'],
    ['https://a/', 'x=1; SameSite=None; Secure', undefined],
    ['http://a/', 'x=1; SameSite=Lax', undefined],
    ['https://a/', '__Secure-x=1', 'prefix'],
    ['https://a/', '__sEcUrE-x=1', 'prefix'],
    ['https://a/', '__Secure-x=1; Secure; Domain=a', undefined],
    ['https://a/', '__Secure=1', undefined],
    ['https://a/', '__Host-x=1; Secure; Path=/', undefined],
    ['https://a/', '__Host-x=1; Path=/', 'prefix'],
    ['https://a/', '__Host-x=1; Secure', 'prefix'],
    ['https://a/', '__HOST-x=1; Secure; Path=/b', 'prefix'],
    ['https://a/', '__Host-x=1; Secure; Path=/; Domain=a', 'prefix'],
    ['http://a/', '__Host-x=1; Secure; Path=/', 'secure'],
  ])('%s %s: %s', (url, text, refusal) => {
    const set = readSetCookie(text);
    expect(set && refusalOf(emptyJar, set, access(url))).toBe(refusal);
    expect(jarAfter(emptyJar, url, text).cookies).toHaveLength(refusal === undefined ? 1 : 0);
  });

  test.each([
    ['http://a.example/login/', 'sid=evil', true],
    ['http://a.example/login/', 'sid=evil; Domain=example', true],
    ['http://b.a.example/login/', 'sid=evil; Domain=a.example', true],
    ['http://b.example/login/', 'sid=evil', false],
    ['http://a.example/login/', 'other=evil', false],
    ['http://a.example/', 'sid=evil; Path=/login/deep', true],
    ['http://a.example/', 'sid=evil; Path=/', false],
    ['https://a.example/', 'sid=evil; Path=/login', false],
  ])('a secure cookie of https://a.example/login, then %s %s: refused: %s', (url, text, refused) => {
    const jar = jarAfter(emptyJar, 'https://a.example/', 'sid=1; Secure; Path=/login');
    const set = readSetCookie(text);
    expect(set && refusalOf(jar, set, access(url))).toBe(refused ? 'secure' : undefined);
  });
});
