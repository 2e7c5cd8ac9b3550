// A server's answer to one request: status, fields, content, and the rule that chose them (RFC 9110 §15).
import type {Field} from '../../wire/http/field-lines.ts';
import {sameFieldName} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import {writeHttpDate} from '../../wire/http/http-date.ts';
import type {HttpErrorCode} from '../../wire/http/http-error.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import {failedCondition} from './preconditions.ts';
import {reasonOf} from './reasons.ts';
import type {Found, Route} from './route.ts';
import type {HttpRuleId} from './rules.ts';
import {wallUs} from './wall-clock.ts';

export type Reply = {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly content: Uint8Array;
  readonly because: HttpRuleId;
  /** True if the server ends the connection with this HTTP response. */
  readonly close: boolean;
  readonly chunkBytes?: number;
  readonly cutAfter?: number;
};

/** Returns an HTTP response whose content repeats the status and its reason phrase for people. */
const page = (
  status: number,
  because: HttpRuleId,
  more: {readonly fields?: readonly Field[]; readonly close?: boolean} = {},
): Reply => ({
  status,
  fields: [{name: 'Content-Type', value: 'text/plain'}, ...(more.fields ?? [])],
  content: encodeUtf8(`${status} ${reasonOf(status)}\n`),
  because,
  close: more.close ?? false,
});

/** Returns the answer to an unreadable request, after which nothing on this connection can be trusted (RFC 9112 §2.2, §6.3). */
export const errorReply = (code: HttpErrorCode): Reply => {
  if (code === 'version-major') return page(505, '9110:15.6.6/version', {close: true});
  if (code === 'start-line-long') return page(414, '9110:15.5.15/uri-too-long', {close: true});
  if (code === 'fields-long' || code === 'fields-many')
    return page(431, '6585:5/fields-too-large', {close: true});
  return page(400, '9110:15.5.1/bad-request', {close: true});
};

export const timeoutReply: Reply = page(408, '9110:15.5.9/timeout', {close: true});

/** The HTTP response (501) to a request with a transfer coding that the server cannot decode (RFC 9112 §6.1). */
export const codingReply: Reply = page(501, '9110:15.6.2/not-implemented', {close: true});

/** The HTTP response (425) to a request in TLS early data that the server refuses to process (RFC 8470 §5.2). */
export const tooEarlyReply: Reply = page(425, '8470:5.2/too-early');

/** Returns the HTTP response if no route of the server matches the request: 404, 405 or 501. */
export const missingReply = (found: Exclude<Found, {kind: 'route'}>): Reply => {
  switch (found.kind) {
    case 'none':
      return page(404, '9110:15.5.5/not-found');
    case 'method':
      return page(405, '9110:15.5.6/method', {fields: [{name: 'Allow', value: found.allow.join(', ')}]});
    case 'unknown-method':
      return page(501, '9110:15.6.2/not-implemented');
  }
};

/**
 * Returns the answer to a user who is not logged in. A 401 has to name an authentication scheme (RFC 9110 §15.5.2), but none was ever
 * registered for forms and cookies.
 */
export const deniedReply = (why: 'session' | 'wrong', otherwise?: string): Reply => {
  if (why === 'session' && otherwise !== undefined)
    return page(302, '9110:15.5.2/session-needed', {fields: [{name: 'Location', value: otherwise}]});
  return page(401, '9110:15.5.2/session-needed', {
    fields: [{name: 'WWW-Authenticate', value: 'Cookie realm="login"'}],
  });
};

/** Returns made-up content for an HTTP response in rows of 64 characters, so that a lost or doubled row is noticed. */
const madeUp = (bytes: number): Uint8Array =>
  Uint8Array.from({length: bytes}, (_, at) => (at % 64 === 63 ? 0x0a : 0x61 + (Math.floor(at / 64) % 26)));

const contentOfRoute = ({body = ''}: Route): Uint8Array =>
  typeof body === 'string' ? encodeUtf8(body) : madeUp(body.bytes);

/** The header fields of a route that a 304 (Not Modified) repeats, because caches need them (RFC 9110 §15.4.5). */
const in304 = ['Cache-Control', 'Content-Location', 'Expires', 'Vary'];

export const routeReply = (route: Route, head: Head<RequestLine>, nowUs: number): Reply => {
  const {type, headers = [], redirect, close = false, etag, lastModifiedUs, chunkBytes, cutAfter} = route;
  const status = route.status ?? (redirect === undefined ? 200 : 302);
  const validators: readonly Field[] = [
    ...(etag === undefined ? [] : [{name: 'ETag', value: etag}]),
    ...(lastModifiedUs === undefined ? [] : [{name: 'Last-Modified', value: writeHttpDate(lastModifiedUs)}]),
  ];
  // The conditions of a request are evaluated only if the HTTP response would otherwise be a success (RFC 9110 §13.2.1).
  const failed = status >= 200 && status < 300 ? failedCondition(head, route, wallUs(nowUs)) : undefined;
  if (failed === 412) return page(412, '9110:13.2.2/failed', {close});
  if (failed === 304) {
    const kept = headers.filter(({name}) => in304.some((other) => sameFieldName(name, other)));
    const fields = [...validators, ...kept];
    return {status: 304, fields, content: new Uint8Array(), because: '9110:13.2.2/not-modified', close};
  }
  return {
    status,
    fields: [
      ...(type === undefined ? [] : [{name: 'Content-Type', value: type}]),
      ...(redirect === undefined ? [] : [{name: 'Location', value: redirect}]),
      ...validators,
      ...headers,
    ],
    content: contentOfRoute(route),
    because: redirect === undefined ? '9110:15/answer' : '9110:15.4/redirect',
    close,
    ...(chunkBytes === undefined ? {} : {chunkBytes}),
    ...(cutAfter === undefined ? {} : {cutAfter}),
  };
};
