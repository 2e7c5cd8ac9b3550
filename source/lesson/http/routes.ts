// Reads `routes: [{get: /, status: 200, …}]`: the resources of a server, and how header fields of the lesson change its answers.
import * as z from 'zod/mini';
import {given} from '../../sim/given.ts';
import type {HttpServerSettings} from '../../sim/http-apps.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import {readHttpDate} from '../../wire/http/http-date.ts';
import {writeSetCookie} from '../../wire/http/set-cookie.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import {httpRoutesSentences} from '../../words/catalogue/lesson.ts';
import {type Problem, problemWith} from '../problem.ts';
import type {Path} from '../problems.ts';
import {bytesOf, microseconds} from '../quantity.ts';
import {boolean, duration, expects, shaped, statusCode, string} from '../scalars.ts';

import type {Place} from '../vocabulary.ts';
import {
  body,
  chunkSize,
  cookieValue,
  fieldName,
  headers,
  isContentLength,
  method,
  readBody,
  readHeaders,
} from './scalars.ts';

type Route = HttpServerSettings['routes'][number];

const target = shaped(/^\/\S*$/, 'path');

const session = z.union(
  [
    z.enum(['open', 'need', 'end', 'none']),
    z.strictObject({login: string, password: string}),
    z.strictObject({need: z.enum(['session', 'user']), otherwise: z.optional(string)}),
  ],
  expects('route session'),
);

export const route = z.strictObject({
  get: z.optional(target),
  post: z.optional(target),
  method: z.optional(method),
  path: z.optional(target),
  status: z.optional(statusCode),
  type: z.optional(string),
  headers: z.optional(headers),
  /** The cookies that the route's response sets, by name: a value or a size, each with a Set-Cookie line. */
  cookies: z.optional(z.record(fieldName, cookieValue)),
  body: z.optional(body),
  delay: z.optional(duration),
  redirect: z.optional(string),
  close: z.optional(boolean),
  /** The size of the chunks in which the route sends its content, which then has no Content-Length. */
  chunks: z.optional(chunkSize),
  session: z.optional(session),
  /** False if the route refuses TLS early data. */
  early: z.optional(boolean),
});

export type RouteFile = z.infer<typeof route>;

const requestOf = ({get, post, method: other, path}: RouteFile) => {
  const found = [
    ...(get === undefined ? [] : [{method: 'GET', path: get}]),
    ...(post === undefined ? [] : [{method: 'POST', path: post}]),
    ...(other === undefined || path === undefined ? [] : [{method: other, path}]),
  ];
  const half = (other === undefined) !== (path === undefined);
  return found.length === 1 && !half ? found[0] : undefined;
};

type Session = NonNullable<Route['session']>;

/**
 * Returns the session setting of a route. If the file gives none and `usual` is true (the server has `sessions:`), the route opens a
 * session for a request without one, as servlets do.
 */
const sessionOf = (asked: RouteFile['session'], usual: boolean): Session | undefined => {
  if (asked === undefined) return usual ? {kind: 'open'} : undefined;
  if (asked === 'none') return undefined;
  if (typeof asked === 'string') return {kind: asked};
  if ('login' in asked) return {kind: 'login', user: asked.login, password: asked.password};
  const {need, otherwise} = asked;
  return {kind: 'need', ...(need === 'user' ? {user: true} : {}), ...given({otherwise})};
};

/**
 * The changes that a header field in a lesson makes to its route: properties such as `etag` and `close`, and fields that are sent as
 * they are.
 */
type Effect = Partial<Route> & {readonly fields: readonly Field[]};

/**
 * Returns how a Content-Length in the lesson changes a route: not at all if it is right; a body that breaks off if it is more than the
 * content; undefined if it is less or above the limit.
 */
const promised = (value: string, content: NonNullable<Route['body']>): Partial<Route> | undefined => {
  const length = /^\d{1,9}$/.test(value) ? Number(value) : -1;
  const has = typeof content === 'string' ? encodeUtf8(content).length : content.bytes;
  if (length < has || !isContentLength(length)) return undefined;
  if (length === has) return {};
  const whole = typeof content === 'string' ? content.padEnd(content.length + length - has) : {bytes: length};
  return {body: whole, cutAfter: has};
};

const effectOf = ({name, value}: Field, content: NonNullable<Route['body']>): Effect | undefined => {
  const fields: readonly Field[] = [];
  switch (name.toLowerCase()) {
    case 'connection':
      return value.toLowerCase() === 'close' ? {fields, close: true} : {fields: [{name, value}]};
    case 'etag':
      return /^(W\/)?"[^"]*"$/.test(value) ? {fields, etag: value} : undefined;
    case 'last-modified': {
      const lastModifiedUs = readHttpDate(value, 0);
      return lastModifiedUs === undefined ? undefined : {fields, lastModifiedUs};
    }
    case 'content-length': {
      const cut = promised(value, content);
      return cut && {fields, ...cut};
    }
    case 'transfer-encoding':
      return undefined;
    default:
      return {fields: [{name, value}]};
  }
};

const remedies: {readonly [field: string]: Problem} = {
  etag: httpRoutesSentences.etag,
  'last-modified': httpRoutesSentences.lastModified,
  'content-length': httpRoutesSentences.contentLength,
  'transfer-encoding': httpRoutesSentences.transferEncoding,
};

const readFields = (data: RouteFile, path: Path, place: Place): Effect => {
  const content = readBody(data.body ?? '');
  const effects = readHeaders(data.headers ?? {}, path, place).map((field) => {
    const effect = effectOf(field, content);
    const wrong = remedies[field.name.toLowerCase()];
    if (!effect && wrong) place.problems.add([...path, field.name], wrong);
    return effect ?? {fields: []};
  });
  return Object.assign({}, ...effects, {fields: effects.flatMap(({fields}) => fields)});
};

/** Reads the cookies of a route, which are session cookies and valid for the whole site. */
const readCookies = (
  cookies: NonNullable<RouteFile['cookies']>,
  path: Path,
  {problems}: Place,
): readonly Field[] =>
  Object.entries(cookies).flatMap(([name, given]) => {
    const asked = readBody(given);
    const value = typeof asked === 'string' ? asked : 'a'.repeat(asked.bytes);
    const written = writeSetCookie({name, value, path: '/', secure: false, httpOnly: false});
    if (written.ok) return [{name: 'Set-Cookie', value: written.value}];
    problems.add([...path, name], problemWith(httpRoutesSentences.noCookie, {name}));
    return [];
  });

export const readRoute = (
  data: RouteFile,
  path: Path,
  {place, sessions}: {readonly place: Place; readonly sessions: boolean},
): readonly Route[] => {
  const request = requestOf(data);
  if (!request) {
    place.problems.add(path, httpRoutesSentences.whichRequest);
    return [];
  }
  const {status, type, redirect, delay, close, chunks} = data;
  const {fields: written, ...effect} = readFields(data, [...path, 'headers'], place);
  const fields = [...written, ...readCookies(data.cookies ?? {}, [...path, 'cookies'], place)];
  return [
    {
      ...request,
      ...given({status, type, redirect, close, session: sessionOf(data.session, sessions)}),
      ...(data.body === undefined ? {} : {body: readBody(data.body)}),
      ...given({
        delayUs: delay === undefined ? undefined : microseconds(delay),
        chunkBytes: chunks === undefined ? undefined : bytesOf(chunks),
      }),
      ...(data.early === false ? {notEarly: true as const} : {}),
      ...(fields.length === 0 ? {} : {headers: fields}),
      ...effect,
    },
  ];
};
