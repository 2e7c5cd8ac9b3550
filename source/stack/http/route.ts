// What a server has, given by the lesson, and which of it a request means (RFC 9110 §7.2, §9.1).
import type {Field} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import {percentEncode, percentNormalized} from '../../wire/http/percent.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';

/**
 * What a route has to do with sessions. `open`: a session is made where the request brings none. `login`: a form with
 * `user` and `password` makes one for that user, under a new id. `need`: without a session (`user`: of somebody who
 * has logged in) the answer is 401, or leads to `otherwise`. `end`: the session is thrown away.
 */
export type RouteSession =
  | {readonly kind: 'open'}
  | {readonly kind: 'login'; readonly user: string; readonly password: string}
  | {readonly kind: 'need'; readonly user?: true; readonly otherwise?: string}
  | {readonly kind: 'end'};

export type Route = {
  readonly method: string;
  /** Without a query; every query is served alike. */
  readonly path: string;
  /** @default 200; with `redirect` 302 */
  readonly status?: number;
  /** Content-Type. */
  readonly type?: string;
  readonly headers?: readonly Field[];
  /** Text, or so many octets made up. @default empty */
  readonly body?: string | {readonly bytes: number};
  /** The server works so long before it answers. @default 0 */
  readonly delayUs?: number;
  /** Location. */
  readonly redirect?: string;
  /** The connection ends with the answer. */
  readonly close?: boolean;
  /** Sent without a length, in chunks of so many octets; to a client of 1.0 up to the end of the connection. */
  readonly chunkBytes?: number;
  /** Entity tag with its quotes, `W/` in front if weak. */
  readonly etag?: string;
  /** Microseconds since 1970. */
  readonly lastModifiedUs?: number;
  readonly session?: RouteSession;
  /** Refused as early data of TLS, as methods that change something always are (RFC 8470 §5.2). */
  readonly notEarly?: true;
  /** The server breaks off after so many octets of content. */
  readonly cutAfter?: number;
};

export type VirtualHost = {readonly host: string; readonly routes: readonly Route[]};

/** `allow`: the path is there, for other methods (RFC 9110 §15.5.6). */
export type Found =
  | {readonly kind: 'route'; readonly route: Route}
  | {readonly kind: 'method'; readonly allow: readonly string[]}
  | {readonly kind: 'unknown-method'}
  | {readonly kind: 'none'};

/** RFC 9110 §9.1 and RFC 5789: of all others a server says 501. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** The path in the origin or the absolute form. */
const pathOf = (target: string): string => {
  const [path = ''] = target.replace(/^[A-Za-z][A-Za-z0-9+\-.]*:\/\/[^/?]*/, '').split('?');
  return percentNormalized(path) || '/';
};

/** A lesson writes paths as people do; on the wire they are encoded, unless they already were. */
const wirePath = (path: string): string => percentNormalized(percentEncode(path, "/%!$&'()*+,;=:@"));

/** A route for GET also serves HEAD (§9.3.2). */
const serves = (route: Route, method: string): boolean =>
  route.method === method || (route.method === 'GET' && method === 'HEAD');

const allowedMethods = (routes: readonly Route[]): readonly string[] => [
  ...new Set(routes.flatMap(({method}) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
];

export const findRoute = (routes: readonly Route[], {start}: Head<RequestLine>): Found => {
  if (!methods.includes(start.method)) return {kind: 'unknown-method'};
  const path = pathOf(start.target);
  const there = routes.filter((route) => wirePath(route.path) === path);
  if (there.length === 0) return {kind: 'none'};
  const route = there.find((each) => serves(each, start.method));
  return route ? {kind: 'route', route} : {kind: 'method', allow: allowedMethods(there)};
};

/** Who is meant: a name without its port, as in `Host`; for nobody's name the server's own routes. */
export const routesOf = (
  {
    routes,
    virtualHosts = [],
  }: {readonly routes: readonly Route[]; readonly virtualHosts?: readonly VirtualHost[]},
  host: string,
): readonly Route[] => {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return virtualHosts.find((each) => each.host.toLowerCase() === name)?.routes ?? routes;
};
