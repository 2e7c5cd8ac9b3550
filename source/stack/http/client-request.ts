// Writes a request: its fields, its cookies, its content (RFC 9112 §3, RFC 6265 §5.4).

import {
  type Access,
  type Cookie,
  cookiesFor,
  whyWithheld,
  withoutExpired,
} from '../../wire/http/cookie-jar.ts';
import {type Field, fieldMembers, sameFieldName} from '../../wire/http/field-lines.ts';
import {type HttpUrl, hostField, httpUrlText, originForm, readHttpUrl} from '../../wire/http/uri.ts';
import {writeHead} from '../../wire/http/write.ts';
import {joinedOctets} from '../../wire/octets.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import {type Exchange, type HttpClientState, note, type Turn, update} from './client-state.ts';
import type {HttpNote} from './note.ts';
import {conditionFields, type Stored} from './response-cache.ts';
import {wallUs} from './wall-clock.ts';

/** Returns the origin of a URL as text, with the port only if it is not the scheme's default (RFC 6454 §6.2). */
export const originOf = (url: HttpUrl): string => `${url.scheme}://${hostField(url)}`;

/** Returns the key under which the HTTP cache stores a resource: its URL without the fragment. */
export const cacheKey = ({fragment: _, ...url}: HttpUrl): string => httpUrlText(url);

export const cookieNote = (
  op: Exclude<Extract<HttpNote, {kind: 'cookie'}>['op'], 'withheld'>,
  {name, value, domain, path}: Pick<Cookie, 'name' | 'value' | 'domain' | 'path'>,
): HttpNote => ({kind: 'cookie', op, name, value, domain, path});

const dropExpired = (turn: Turn): void => {
  const {jar} = turn.state;
  const left = withoutExpired(jar, wallUs(turn.env.nowUs));
  for (const cookie of jar.cookies)
    if (!left.cookies.includes(cookie)) note(turn, cookieNote('expired', cookie), '6265:5.3/expire');
  update(turn, {jar: left});
};

/** Logs each cookie in the jar that is for the requested host but not sent with this request, and the reason. */
const noteWithheld = (turn: Turn, access: Access): void => {
  for (const cookie of turn.state.jar.cookies) {
    const reason = whyWithheld(cookie, access);
    if (reason === undefined || reason === 'host' || reason === 'domain') continue;
    const {name, value, domain, path} = cookie;
    note(turn, {kind: 'cookie', op: 'withheld', name, value, domain, path, reason}, '6265:5.4/withhold');
  }
};

/**
 * Returns the value of the Cookie field for an HTTP request, undefined if no cookie is sent; logs the sent and the withheld cookies, and
 * removes expired ones from the jar.
 */
const cookieField = (turn: Turn, {url, cookies}: Exchange): string | undefined => {
  if (cookies !== undefined) return cookies === '' ? undefined : cookies;
  if (!turn.state.settings.cookies) return undefined;
  dropExpired(turn);
  const access: Access = {url, nowUs: wallUs(turn.env.nowUs), api: 'http'};
  const {jar, sent, field} = cookiesFor(turn.state.jar, access);
  update(turn, {jar});
  for (const cookie of sent) note(turn, cookieNote('sent', cookie), '6265:5.4/send');
  noteWithheld(turn, access);
  return field;
};

const has = (fields: readonly Field[], name: string): boolean =>
  fields.some((field) => sameFieldName(field.name, name));

/** Returns the fields that every request of this client has, except those that the call sets itself. */
const ownFields = ({state}: Turn, {fields}: Exchange): readonly Field[] =>
  state.settings.headers.filter(({name}) => !has(fields, name));

/**
 * Tells whether the request asks to keep the HTTP connection open: in 1.1 unless it says `Connection: close`, in 1.0 only with keep-alive.
 */
export const wantsToStay = (turn: Turn, exchange: Exchange): boolean => {
  const fields = [...ownFields(turn, exchange), ...exchange.fields];
  const members = fieldMembers(fields, 'Connection').map((each) => each.toLowerCase());
  if (members.includes('close')) return false;
  return exchange.version === '1.1' || members.includes('keep-alive');
};

const requestFields = (turn: Turn, exchange: Exchange, stored: Stored | undefined): readonly Field[] => {
  const {url, fields, body, omitHost, conditional} = exchange;
  const cookie = cookieField(turn, exchange);
  return [
    // Host is the first field of the request, so that the server knows the target early (RFC 9110 §7.2).
    ...(omitHost || has(fields, 'Host') ? [] : [{name: 'Host', value: hostField(url)}]),
    ...ownFields(turn, exchange),
    ...fields,
    ...(cookie === undefined ? [] : [{name: 'Cookie', value: cookie}]),
    ...(conditional && stored ? conditionFields(stored) : []),
    ...(body === undefined
      ? []
      : [
          ...(body.type === '' ? [] : [{name: 'Content-Type', value: body.type}]),
          {name: 'Content-Length', value: `${body.bytes.length}`},
          ...(body.expect ? [{name: 'Expect', value: '100-continue'}] : []),
        ]),
  ];
};

/**
 * Returns the octets of an HTTP request, without content that waits for 100 (Continue); undefined if a field of the caller's is not
 * allowed.
 */
export const requestBytes = (turn: Turn, exchange: Exchange): Uint8Array | undefined => {
  const {method, url, version, body, holding, raw} = exchange;
  if (raw !== undefined) return encodeUtf8(raw);
  const stored = turn.state.cache.get(cacheKey(url));
  const start = {kind: 'request', method, target: originForm(url), version: `HTTP/${version}`} as const;
  const head = writeHead({start, fields: requestFields(turn, exchange, stored)});
  if (!head.ok) return undefined;
  return body === undefined || holding ? head.value.bytes : joinedOctets([head.value.bytes, body.bytes]);
};

/**
 * Returns the value of Cookie that somebody who has read this jar could send in its owner's name; undefined if no cookie is for the URL.
 */
export const cookiesOf = ({jar}: HttpClientState, url: string, nowUs: number): string | undefined => {
  const read = readHttpUrl(url);
  return read && cookiesFor(jar, {url: read, nowUs: wallUs(nowUs), api: 'http'}).field;
};
