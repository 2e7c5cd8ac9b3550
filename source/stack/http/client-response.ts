// Handles a client's response: cookies are kept, pages stored, redirects followed, the call answered.
import {type Access, type Refusal, refusalOf, storeCookie} from '../../wire/http/cookie-jar.ts';
import {canonicalHost, defaultPath} from '../../wire/http/cookie-match.ts';
import {type Field, fieldValues, sameFieldName} from '../../wire/http/field-lines.ts';
import {isRedirect, isSafe, redirectedMethod} from '../../wire/http/methods.ts';
import {readSetCookie} from '../../wire/http/set-cookie.ts';
import {httpUrlText, originForm, redirectTarget} from '../../wire/http/uri.ts';
import {place} from './client-connections.ts';
import {cacheKey, cookieNote, originOf} from './client-request.ts';
import {type Exchange, note, type Turn, update} from './client-state.ts';
import {endExchange, noteExchanged} from './client-tasks.ts';
import {freshened, freshUs, isFor, mayStore, type Stored, wantsOrigin} from './response-cache.ts';
import type {HttpRuleId} from './rules.ts';
import {overTls} from './strict-transport.ts';
import {wallUs} from './wall-clock.ts';

export type Response = {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly content: Uint8Array;
};

/** Returns microseconds as whole seconds, rounded up. */
const wholeSeconds = (us: number): number => Math.ceil(us / 1_000_000);

/** The rules by which a browser refuses a cookie, by reason; `script` never occurs, because pages run no code here. */
const refusedBy = {
  domain: '6265:5.3/refuse',
  'too-long': '6265:6.1/too-long',
  secure: '6265:5.3/refuse/secure',
  prefix: '6265:5.3/refuse/prefix',
  'same-site': '6265:5.3/refuse/same-site',
  script: '6265:5.3/refuse',
} as const satisfies Record<Refusal, HttpRuleId>;

/** Stores the cookies of a response's Set-Cookie fields in the jar, as soon as the header section is complete (RFC 6265 §5.2). */
export const keepCookies = (turn: Turn, {url}: Exchange, fields: readonly Field[]): void => {
  if (!turn.state.settings.cookies) return;
  const access: Access = {url, nowUs: wallUs(turn.env.nowUs), api: 'http'};
  for (const value of fieldValues(fields, 'Set-Cookie')) {
    const set = readSetCookie(value);
    if (!set) continue;
    const before = turn.state.jar;
    const jar = storeCookie(before, set, access);
    update(turn, {jar});
    const scope = {domain: set.domain ?? canonicalHost(url.host), path: set.path ?? defaultPath(url)};
    const what = {name: set.name, value: set.value, ...scope};
    const kept = jar.cookies.find((each) => !before.cookies.includes(each));
    const refusal = refusalOf(before, set, access);
    if (refusal) note(turn, cookieNote('refused', what), refusedBy[refusal]);
    else if (kept) note(turn, cookieNote('stored', kept), '6265:5.3/store');
    else note(turn, cookieNote('expired', what), '6265:5.3/expire');
  }
};

const cacheNote = (turn: Turn, op: 'hit' | 'stale' | 'stored' | 'revalidated', stored: Stored): void => {
  const because = {
    hit: '9111:4.2/fresh',
    stale: '9111:4.3.1/revalidate',
    stored: '9111:3/store',
    revalidated: '9111:4.3.4/freshen',
  } as const;
  const freshS = wholeSeconds(freshUs(stored, wallUs(turn.env.nowUs)));
  note(turn, {kind: 'http-cache', op, url: stored.url, freshS}, because[op]);
};

const put = (turn: Turn, stored: Stored): void =>
  update(turn, {cache: turn.state.cache.with(stored.url, stored)});

/** Begins an HTTP request: answers it from the cache, revalidates the stored response at the origin, or sends it over the network. */
export const begin = (turn: Turn, wanted: Exchange): void => {
  const exchange = {...wanted, url: overTls(turn, wanted.url)};
  const {method, url, fields, cookies} = exchange;
  const {cache, settings} = turn.state;
  const stored =
    method === 'GET' && settings.cache && cookies === undefined ? cache.get(cacheKey(url)) : undefined;
  if (!stored || !isFor(stored, fields)) {
    place(turn, [exchange]);
    return;
  }
  if (!wantsOrigin(fields) && freshUs(stored, wallUs(turn.env.nowUs)) > 0) {
    cacheNote(turn, 'hit', stored);
    noteExchanged(turn, exchange, {status: 200, content: stored.content, from: 'cache'});
    endExchange(turn, exchange, 'ok');
    return;
  }
  cacheNote(turn, 'stale', stored);
  place(turn, [{...exchange, conditional: true}]);
};

/**
 * Header fields that a redirected request leaves out: `forOrigin` if it goes to another origin, `ofContent` if its method has changed (RFC
 * 9110 §15.4, steps 2 and 3).
 */
const forOrigin = ['Authorization', 'Cookie', 'Origin', 'Referer', 'Host'];
const ofContent = ['Content-Type', 'Content-Length', 'Content-Encoding', 'Content-Language', 'Expect'];

const without = (fields: readonly Field[], names: readonly string[]): readonly Field[] =>
  fields.filter(({name}) => !names.some((other) => sameFieldName(name, other)));

/**
 * Returns the HTTP request that a redirect asks for; undefined if the response is none or cannot be followed, so that it counts as an
 * ordinary response.
 */
const redirected = ({state}: Turn, exchange: Exchange, {status, fields}: Response): Exchange | undefined => {
  const [location] = fieldValues(fields, 'Location');
  const url = location === undefined ? undefined : redirectTarget(exchange.url, location);
  if (!isRedirect(status) || !url || (url.scheme === 'https' && !state.settings.secure)) return undefined;
  const method = redirectedMethod(status, exchange.method);
  const elsewhere = originOf(url) !== originOf(exchange.url);
  const {body, cookies, addresses, ...rest} = exchange;
  const keepsBody = method === exchange.method;
  const dropped = [...(elsewhere ? forOrigin : []), ...(keepsBody ? [] : ofContent)];
  return {
    ...rest,
    url,
    method,
    fields: without(exchange.fields, dropped),
    ...(body && keepsBody ? {body} : {}),
    ...(cookies !== undefined && !elsewhere ? {cookies} : {}),
    ...(addresses && !elsewhere ? {addresses} : {}),
    holding: keepsBody && (body?.expect ?? false),
    conditional: false,
    redirects: exchange.redirects + 1,
    attempts: 0,
    early: false,
    ...(elsewhere ? {address: 0} : {}),
  };
};

/**
 * Stores the response in the cache if it may be stored, and returns the response for the caller: after a 304, the stored one that it
 * validates.
 */
const keepResponse = (
  turn: Turn,
  exchange: Exchange,
  response: Response,
): Response & {revalidated?: true} => {
  const {method, url, fields: requestFields, conditional, sentUs} = exchange;
  const {status, fields, content} = response;
  const key = cacheKey(url);
  const times = {requestUs: wallUs(sentUs), responseUs: wallUs(turn.env.nowUs)};
  const old = turn.state.cache.get(key);
  if (status === 304 && conditional && old) {
    const stored = freshened(old, fields, times);
    put(turn, stored);
    cacheNote(turn, 'revalidated', stored);
    return {status: 200, fields: stored.fields, content: stored.content, revalidated: true};
  }
  // A request that may have changed the resource invalidates its stored response (RFC 9111 §4.4).
  if (!isSafe(method) && status < 400) update(turn, {cache: turn.state.cache.without(key)});
  const stored: Stored = {url: key, requestFields, fields, content, ...times};
  if (turn.state.settings.cache && mayStore({method, status}, stored)) {
    put(turn, stored);
    cacheNote(turn, 'stored', stored);
  }
  return response;
};

/** Handles a complete response at an HTTP client: stores it, follows a redirect, or ends the request. */
export const conclude = (turn: Turn, exchange: Exchange, came: Response): void => {
  // A request that the server refused as too early (425) is sent again, because the TLS handshake is complete now (RFC 8470 §5.2).
  if (came.status === 425 && exchange.early) {
    const because = '8470:5.2/again';
    const target = originForm(exchange.url);
    note(turn, {kind: 'retry', method: exchange.method, target, allowed: true}, because);
    place(turn, [{...exchange, early: false, because}]);
    return;
  }
  const response = keepResponse(turn, exchange, came);
  const {status, content} = response;
  noteExchanged(turn, exchange, {status, content, from: response.revalidated ? 'revalidated' : 'network'});
  const next = redirected(turn, exchange, response);
  if (!next) {
    endExchange(turn, exchange, 'ok', response.revalidated ? undefined : '9112:6.3/complete');
    return;
  }
  const [from, to] = [exchange.url, next.url].map(httpUrlText);
  const hop = {status, from: from ?? '', to: to ?? '', method: next.method};
  if (next.redirects > turn.state.settings.redirects) {
    note(turn, {kind: 'redirect', ...hop, refused: true}, '9110:15.4/too-many');
    endExchange(turn, exchange, 'redirects');
    return;
  }
  const because = '9110:15.4/redirect';
  note(turn, {kind: 'redirect', ...hop}, because);
  begin(turn, {...next, because});
};
