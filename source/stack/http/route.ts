// The resources of a server, given by the lesson, and the one that a request means (RFC 9110 §7.2, §9.1).
import type {Field} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import {percentEncode, percentNormalized} from '../../wire/http/percent.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';

/**
 * The effect of a route on sessions. `open` makes a session if the request brings none. `login` makes one with a new id for a user whose
 * form has the right `user` and `password`. `need` answers 401, or redirects to `otherwise`, without a session (with `user`: without one of
 * a logged-in user). `end` deletes the session.
 */
export type RouteSession =
  | {readonly kind: 'open'}
  | {readonly kind: 'login'; readonly user: string; readonly password: string}
  | {readonly kind: 'need'; readonly user?: true; readonly otherwise?: string}
  | {readonly kind: 'end'};

export type Route = {
  readonly method: string;
  /** The path that a route answers, without a query; requests with any query get the same answer. */
  readonly path: string;
  /** The status code of the route's answer. @default 200; with `redirect` 302 */
  readonly status?: number;
  /** The Content-Type of the route's answer. */
  readonly type?: string;
  readonly headers?: readonly Field[];
  /** The content of the answer: text, or a number of made-up octets. @default empty */
  readonly body?: string | {readonly bytes: number};
  /** The time that the server takes before it answers a request for this route. @default 0 */
  readonly delayUs?: number;
  /** The value of Location in the answer, for a redirect. */
  readonly redirect?: string;
  /** True if the server closes the connection after this answer. */
  readonly close?: boolean;
  /**
   * The octets of each chunk, if the answer is sent in chunks rather than with a length; a client of HTTP/1.0 gets it up to the end of the
   * connection.
   */
  readonly chunkBytes?: number;
  /** The resource's entity tag (ETag) with its quotes, preceded by `W/` if it is weak. */
  readonly etag?: string;
  /** The time of the resource's last change (Last-Modified), in microseconds since 1970. */
  readonly lastModifiedUs?: number;
  readonly session?: RouteSession;
  /**
   * True if a request for this route that arrives as TLS early data is refused. Requests with unsafe methods always are (RFC 8470 §5.2).
   */
  readonly notEarly?: true;
  /** The number of octets of content after which the server breaks off the answer. */
  readonly cutAfter?: number;
};

export type VirtualHost = {readonly host: string; readonly routes: readonly Route[]};

/**
 * The result of finding the route of a request. `allow` lists the methods of a path that exists for other methods only (RFC 9110 §15.5.6).
 */
export type Found =
  | {readonly kind: 'route'; readonly route: Route}
  | {readonly kind: 'method'; readonly allow: readonly string[]}
  | {readonly kind: 'unknown-method'}
  | {readonly kind: 'none'};

/** The methods of RFC 9110 §9.1 and RFC 5789; a server answers 501 to all others. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** Returns the path of a request target in origin form or absolute form, without the query. */
const pathOf = (target: string): string => {
  const [path = ''] = target.replace(/^[A-Za-z][A-Za-z0-9+\-.]*:\/\/[^/?]*/, '').split('?');
  return percentNormalized(path) || '/';
};

/** Returns a route's path as requests contain it. Lessons may write it plainly; characters are percent-encoded unless they already are. */
const wirePath = (path: string): string => percentNormalized(percentEncode(path, "/%!$&'()*+,;=:@"));

/** Tells whether a route serves a request method; a route for GET also serves HEAD (§9.3.2). */
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

/** Returns the routes of the virtual host with the name in `Host`, whose port is ignored; the server's own routes for an unknown name. */
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
