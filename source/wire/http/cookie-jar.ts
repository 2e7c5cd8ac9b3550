// A user agent's stored cookies as an immutable value (RFC 6265 §5.3 and §5.4). Times are in microseconds since 1970, given by the caller.
import {canonicalHost, defaultPath, domainMatches, pathMatches} from './cookie-match.ts';
import type {SameSite, SetCookie} from './set-cookie.ts';
import type {HttpUrl} from './uri.ts';

export type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  /** True if the cookie is sent only to the host that set it, not to its subdomains. */
  readonly hostOnly: boolean;
  readonly secureOnly: boolean;
  readonly httpOnly: boolean;
  /** True if the cookie outlives the browser session, because it has Max-Age or Expires. */
  readonly persistent: boolean;
  /** The time at which the cookie expires, in microseconds since 1970; infinite for a session cookie. */
  readonly expiresUs: number;
  readonly createdUs: number;
  readonly lastAccessUs: number;
  readonly sameSite?: SameSite;
};

/** A user agent's cookies in the order of their creation. */
export type CookieJar = {readonly cookies: readonly Cookie[]};

export const emptyJar: CookieJar = {cookies: []};

export type JarSettings = {
  /**
   * Domains under which strangers register names (“com”, “co.uk”): a cookie whose Domain is one of them is refused, or kept for that host
   * alone (§5.3, step 5).
   */
  readonly publicSuffixes: ReadonlySet<string>;
  readonly mostPerDomain: number;
  readonly most: number;
  /** The most octets of a cookie's name and value. */
  readonly mostBytes: number;
};

/**
 * The limits of a cookie store: the least that RFC 6265 §6.1 asks for; the octets of name and value are limited as in
 * draft-ietf-httpbis-rfc6265bis.
 */
export const jarSettings: JarSettings = {
  publicSuffixes: new Set(),
  mostPerDomain: 50,
  most: 3000,
  mostBytes: 4096,
};

/**
 * Tells who reads or sets cookies: the page's URL, the time, and `http` for messages or `script` for a page's own code, which neither sees
 * nor sets HttpOnly cookies (§5.3, steps 10 and 11).
 */
export type Access = {readonly url: HttpUrl; readonly nowUs: number; readonly api: 'http' | 'script'};

/** The latest time at which a cookie with Max-Age can expire, the end of the year 9999 in microseconds since 1970. */
const latestUs = 253_402_300_799_000_000;

/** Returns when a cookie expires, and whether it outlives the session; Max-Age precedes Expires (§5.3, step 3). */
const expiryOf = (
  {maxAgeS, expiresUs}: SetCookie,
  nowUs: number,
): Pick<Cookie, 'expiresUs' | 'persistent'> => {
  if (maxAgeS !== undefined) {
    const expires = maxAgeS <= 0 ? Number.NEGATIVE_INFINITY : Math.min(latestUs, nowUs + maxAgeS * 1_000_000);
    return {persistent: true, expiresUs: expires};
  }
  if (expiresUs !== undefined) return {persistent: true, expiresUs};
  return {persistent: false, expiresUs: Number.POSITIVE_INFINITY};
};

/**
 * Steps 5 and 6 of storing a cookie: returns its domain, and whether only this host gets it; undefined if its Domain does not include this
 * host.
 */
const scopeOf = (
  {domain = ''}: SetCookie,
  host: string,
  {publicSuffixes}: JarSettings,
): Pick<Cookie, 'domain' | 'hostOnly'> | undefined => {
  const own = {domain: host, hostOnly: true};
  if (domain === '') return own;
  if (publicSuffixes.has(domain)) return domain === host ? own : undefined;
  return domainMatches(host, domain) ? {domain, hostOnly: false} : undefined;
};

/**
 * Why a cookie is refused and its Set-Cookie field ignored. RFC 6265 demands the first two; browsers check the last four, too
 * (draft-ietf-httpbis-rfc6265bis §5.7).
 */
export type Refusal = 'domain' | 'script' | 'too-long' | 'secure' | 'prefix' | 'same-site';

/** Tells whether a cookie's name has the prefix `__Secure-` or `__Host-`, in any case, without the attributes that the prefix promises. */
const breaksPrefix = ({name, secure, domain = '', path}: SetCookie): boolean => {
  const begins = (prefix: string): boolean => name.toLowerCase().startsWith(prefix);
  if (begins('__host-')) return !secure || domain !== '' || path !== '/';
  return begins('__secure-') && !secure;
};

/** Tells whether a cookie set over plain HTTP, where anybody may have written it, would replace or hide a stored Secure cookie. */
const hidesSecure = (jar: CookieJar, {name, path}: SetCookie, domain: string, url: HttpUrl): boolean =>
  jar.cookies.some(
    (old) =>
      old.secureOnly &&
      old.name === name &&
      (domainMatches(domain, old.domain) || domainMatches(old.domain, domain)) &&
      pathMatches(path ?? defaultPath(url), old.path),
  );

/** Returns why a cookie of a Set-Cookie field is refused; undefined if it is stored. */
export const refusalOf = (
  jar: CookieJar,
  set: SetCookie,
  {url, api}: Access,
  settings: JarSettings = jarSettings,
): Refusal | undefined => {
  const scope = scopeOf(set, canonicalHost(url.host), settings);
  if (scope === undefined) return 'domain';
  if (set.httpOnly && api === 'script') return 'script';
  if (set.name.length + set.value.length > settings.mostBytes) return 'too-long';
  const isSecure = url.scheme === 'https';
  if (!isSecure && (set.secure || hidesSecure(jar, set, scope.domain, url))) return 'secure';
  if (set.sameSite === 'None' && !set.secure) return 'same-site';
  return breaksPrefix(set) ? 'prefix' : undefined;
};

const sameCookie = (a: Cookie, b: Cookie): boolean =>
  a.name === b.name && a.domain === b.domain && a.path === b.path;

export const withoutExpired = ({cookies}: CookieJar, nowUs: number): CookieJar => ({
  cookies: cookies.filter(({expiresUs}) => expiresUs > nowUs),
});

/** Returns the cookies without `surplus` of them; those that were used the longest ago are removed. */
const withoutOldest = (cookies: readonly Cookie[], surplus: number): readonly Cookie[] => {
  if (surplus <= 0) return cookies;
  const byUse = [...cookies].sort((a, b) => a.lastAccessUs - b.lastAccessUs);
  const gone = new Set(byUse.slice(0, surplus));
  return cookies.filter((cookie) => !gone.has(cookie));
};

/**
 * Returns the cookie store without expired cookies, then without surplus ones of this cookie's domain, then without surplus ones of all
 * domains (the end of §5.3).
 */
const withinLimits = (jar: CookieJar, {domain}: Cookie, nowUs: number, settings: JarSettings): CookieJar => {
  const {cookies} = withoutExpired(jar, nowUs);
  const ofDomain = cookies.filter((cookie) => cookie.domain === domain);
  const kept = new Set(withoutOldest(ofDomain, ofDomain.length - settings.mostPerDomain));
  const left = cookies.filter((cookie) => cookie.domain !== domain || kept.has(cookie));
  return {cookies: withoutOldest(left, left.length - settings.most)};
};

/** Returns the cookie store after a Set-Cookie in the response to `url` (§5.3); the same store if the cookie is refused. */
export const storeCookie = (
  jar: CookieJar,
  set: SetCookie,
  access: Access,
  settings: JarSettings = jarSettings,
): CookieJar => {
  const {url, nowUs, api} = access;
  const scope = scopeOf(set, canonicalHost(url.host), settings);
  if (scope === undefined || refusalOf(jar, set, access, settings) !== undefined) return jar;
  const cookie: Cookie = {
    name: set.name,
    value: set.value,
    ...scope,
    ...expiryOf(set, nowUs),
    path: set.path ?? defaultPath(url),
    secureOnly: set.secure,
    httpOnly: set.httpOnly,
    createdUs: nowUs,
    lastAccessUs: nowUs,
    ...(set.sameSite && {sameSite: set.sameSite}),
  };
  const at = jar.cookies.findIndex((old) => sameCookie(old, cookie));
  const old = jar.cookies[at];
  if (old === undefined) return withinLimits({cookies: [...jar.cookies, cookie]}, cookie, nowUs, settings);
  if (old.httpOnly && api === 'script') return jar;
  // A replaced cookie keeps its creation time, and with that its place among cookies with paths of one length (step 11.3).
  const cookies = jar.cookies.with(at, {...cookie, createdUs: old.createdUs});
  return withinLimits({cookies}, cookie, nowUs, settings);
};

/**
 * How a request relates to the site that it goes to, for SameSite (draft-ietf-httpbis-rfc6265bis §5.8.3, no RFC yet). `navigation`: the
 * user goes to another site's page with a safe method. A cookie without SameSite is always sent, as in RFC 6265.
 */
export type Site = 'same-site' | 'cross-site' | 'navigation';

const sameSiteAllows = ({sameSite}: Cookie, site: Site): boolean => {
  if (site === 'same-site' || sameSite === undefined || sameSite === 'None') return true;
  return sameSite === 'Lax' && site === 'navigation';
};

/**
 * The first condition of §5.4, step 1, for which a cookie is not sent with a request; `host` means that it is only for the host that set
 * it.
 */
export type Withheld = 'host' | 'domain' | 'path' | 'secure' | 'http-only' | 'same-site' | 'expired';

/** Returns why a cookie is not sent with a request; undefined if it is sent. */
export const whyWithheld = (
  cookie: Cookie,
  {url, nowUs, api}: Access,
  site: Site = 'same-site',
): Withheld | undefined => {
  const host = canonicalHost(url.host);
  if (cookie.hostOnly && cookie.domain !== host) return 'host';
  if (!cookie.hostOnly && !domainMatches(host, cookie.domain)) return 'domain';
  if (!pathMatches(url.path, cookie.path)) return 'path';
  if (cookie.secureOnly && url.scheme !== 'https') return 'secure';
  if (cookie.httpOnly && api !== 'http') return 'http-only';
  if (!sameSiteAllows(cookie, site)) return 'same-site';
  return cookie.expiresUs > nowUs ? undefined : 'expired';
};

/** Compares cookies for their order in a request: longer paths first, then older ones (§5.4, step 2). */
const bySpecificity = (a: Cookie, b: Cookie): number =>
  b.path.length - a.path.length || a.createdUs - b.createdUs;

/**
 * Returns the cookies to send with a request, the value of its Cookie `field` (absent without cookies), and the cookie store with the time
 * of this use (§5.4, step 3).
 */
export const cookiesFor = (
  jar: CookieJar,
  access: Access,
  site: Site = 'same-site',
): {readonly jar: CookieJar; readonly sent: readonly Cookie[]; readonly field?: string} => {
  const chosen = new Set(jar.cookies.filter((cookie) => whyWithheld(cookie, access, site) === undefined));
  const sent = [...chosen].sort(bySpecificity);
  if (sent.length === 0) return {jar, sent};
  const cookies = jar.cookies.map((cookie) =>
    chosen.has(cookie) ? {...cookie, lastAccessUs: access.nowUs} : cookie,
  );
  return {jar: {cookies}, sent, field: sent.map(({name, value}) => `${name}=${value}`).join('; ')};
};

/** Returns the cookie store after the browser was closed, without session cookies (§5.3). */
export const afterSession = ({cookies}: CookieJar): CookieJar => ({
  cookies: cookies.filter(({persistent}) => persistent),
});
