// A user agent's cookies (RFC 6265 §5.3 and §5.4) as a value. Times are in microseconds since 1970, given by the caller.
import {canonicalHost, defaultPath, domainMatches, pathMatches} from './cookie-match.ts';
import type {SameSite, SetCookie} from './set-cookie.ts';
import type {HttpUrl} from './uri.ts';

export type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  /** True if only the host that set the cookie gets it. */
  readonly hostOnly: boolean;
  readonly secureOnly: boolean;
  readonly httpOnly: boolean;
  /** True if the cookie outlives the session. */
  readonly persistent: boolean;
  /** The time of expiry; a cookie that is not persistent never expires. */
  readonly expiresUs: number;
  readonly createdUs: number;
  readonly lastAccessUs: number;
  readonly sameSite?: SameSite;
};

/** The cookies in order of creation. */
export type CookieJar = {readonly cookies: readonly Cookie[]};

export const emptyJar: CookieJar = {cookies: []};

export type JarSettings = {
  /** Names under which strangers register (“com”, “co.uk”): no cookie is for such a whole name (§5.3, step 5). */
  readonly publicSuffixes: ReadonlySet<string>;
  readonly mostPerDomain: number;
  readonly most: number;
  /** The most octets of a cookie's name and value. */
  readonly mostBytes: number;
};

/** The least limits of RFC 6265 §6.1; name and value have no more octets than that (draft-ietf-httpbis-rfc6265bis). */
export const jarSettings: JarSettings = {
  publicSuffixes: new Set(),
  mostPerDomain: 50,
  most: 3000,
  mostBytes: 4096,
};

/** The access to a jar. `script` is a page's own code, which neither sees nor sets what is HttpOnly (§5.3, steps 10 and 11). */
export type Access = {readonly url: HttpUrl; readonly nowUs: number; readonly api: 'http' | 'script'};

/** The latest time, the end of the year 9999. */
const latestUs = 253_402_300_799_000_000;

/** Returns the expiry of a cookie; Max-Age precedes Expires (§5.3, step 3). */
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

/** Steps 5 and 6: returns the domain of a cookie, and whether only this host gets it; undefined if the cookie is for other hosts. */
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

/** The reason why the whole field is ignored. Browsers check the last four, RFC 6265 does not (draft-ietf-httpbis-rfc6265bis §5.7). */
export type Refusal = 'domain' | 'script' | 'too-long' | 'secure' | 'prefix' | 'same-site';

/** Tells whether the prefix `__Secure-` or `__Host-`, in any case, promises something that the cookie breaks. */
const breaksPrefix = ({name, secure, domain = '', path}: SetCookie): boolean => {
  const begins = (prefix: string): boolean => name.toLowerCase().startsWith(prefix);
  if (begins('__host-')) return !secure || domain !== '' || path !== '/';
  return begins('__secure-') && !secure;
};

/** Tells whether a cookie from a plain connection, on which anybody may have written it, would replace a secure one. */
const hidesSecure = (jar: CookieJar, {name, path}: SetCookie, domain: string, url: HttpUrl): boolean =>
  jar.cookies.some(
    (old) =>
      old.secureOnly &&
      old.name === name &&
      (domainMatches(domain, old.domain) || domainMatches(old.domain, domain)) &&
      pathMatches(path ?? defaultPath(url), old.path),
  );

/** Returns why a cookie is refused; undefined if it is kept. */
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

/** Returns the cookies without the surplus; those that were used the longest ago are removed first. */
const withoutOldest = (cookies: readonly Cookie[], surplus: number): readonly Cookie[] => {
  if (surplus <= 0) return cookies;
  const byUse = [...cookies].sort((a, b) => a.lastAccessUs - b.lastAccessUs);
  const gone = new Set(byUse.slice(0, surplus));
  return cookies.filter((cookie) => !gone.has(cookie));
};

/** Returns the jar without expired cookies, then without surplus ones of a domain, then without surplus ones of all (the end of §5.3). */
const withinLimits = (jar: CookieJar, {domain}: Cookie, nowUs: number, settings: JarSettings): CookieJar => {
  const {cookies} = withoutExpired(jar, nowUs);
  const ofDomain = cookies.filter((cookie) => cookie.domain === domain);
  const kept = new Set(withoutOldest(ofDomain, ofDomain.length - settings.mostPerDomain));
  const left = cookies.filter((cookie) => cookie.domain !== domain || kept.has(cookie));
  return {cookies: withoutOldest(left, left.length - settings.most)};
};

/** Returns the jar after a Set-Cookie in the answer to `url` (§5.3); the same jar if the cookie is refused. */
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
  // The cookie keeps its age, and with that its place among cookies of one path (step 11.3).
  const cookies = jar.cookies.with(at, {...cookie, createdUs: old.createdUs});
  return withinLimits({cookies}, cookie, nowUs, settings);
};

/**
 * The origin of a request, for SameSite (draft-ietf-httpbis-rfc6265bis §5.8.3, no RFC yet). `navigation`: the user goes to another page
 * with a safe method. A cookie without the attribute is always sent, as in RFC 6265.
 */
export type Site = 'same-site' | 'cross-site' | 'navigation';

const sameSiteAllows = ({sameSite}: Cookie, site: Site): boolean => {
  if (site === 'same-site' || sameSite === undefined || sameSite === 'None') return true;
  return sameSite === 'Lax' && site === 'navigation';
};

/** The first condition of §5.4, step 1, that a cookie fails; `host` means that it is only for the host that set it. */
export type Withheld = 'host' | 'domain' | 'path' | 'secure' | 'http-only' | 'same-site' | 'expired';

/** Returns why a cookie is withheld; undefined if it is sent. */
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

/** Compares cookies: longer paths first, then older ones (§5.4, step 2). */
const bySpecificity = (a: Cookie, b: Cookie): number =>
  b.path.length - a.path.length || a.createdUs - b.createdUs;

/** Returns the cookies for a request and the jar that notes the access (§5.4, step 3). Without cookies there is no `field`. */
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

/** Returns the jar after the user agent was closed, without session cookies (§5.3). */
export const afterSession = ({cookies}: CookieJar): CookieJar => ({
  cookies: cookies.filter(({persistent}) => persistent),
});
