// The HTTP applications of a lesson, `apps: [{host: server, http: {…}}]`: a server with its routes, or a browser.
import * as z from 'zod/mini';
import type {AppSpec} from '../../sim/apps.ts';
import {given} from '../../sim/given.ts';
import {browserApp, type HttpServerSettings, serverApp} from '../../sim/http-apps.ts';
import {httpAppsSentences} from '../../words/catalogue/lesson.ts';

import type {Path} from '../problems.ts';
import {microseconds} from '../quantity.ts';
import {boolean, count, duration, durationOrOff, expects, port, positive, shaped, whole} from '../scalars.ts';
import {type Construct, construct, type Piece, type Place} from '../vocabulary.ts';
import {type RouteFile, readRoute, route} from './routes.ts';
import {headers, readHeaders, version} from './scalars.ts';

const browser = z.strictObject({
  version: z.optional(version),
  /** The most connections that the browser has to one server at a time. */
  connections: z.optional(whole(1, 100, 'parallel connections')),
  redirects: z.optional(count),
  cookies: z.optional(boolean),
  cache: z.optional(boolean),
  headers: z.optional(headers),
  /** The browser's Connection Attempt Delay (RFC 8305 §5). */
  attemptDelay: z.optional(duration),
});

const sessions = z.strictObject({
  cookie: z.optional(shaped(/^[\w-]+$/, 'cookie name')),
  idle: z.optional(duration),
});

const siteName = shaped(/^[a-z0-9][a-z0-9.-]*$/, 'domain name');

export const serverKeys = {
  port: z.optional(port),
  keepAlive: z.optional(durationOrOff),
  maxRequests: z.optional(positive),
  routes: z.optional(z.array(route)),
  /** The virtual hosts of the HTTP server: for each name that it answers to, its routes. */
  sites: z.optional(z.record(siteName, z.array(route), expects('sites'))),
  sessions: z.optional(sessions),
  server: z.optional(shaped(/^[\x20-\x7e]+$/, 'string')),
};

const shape = {...serverKeys, browser: z.optional(browser)};

type BrowserFile = z.infer<typeof browser>;
type ServerFile = z.infer<z.ZodMiniObject<typeof serverKeys>>;

export const versionOf = (given: z.infer<typeof version>): '1.0' | '1.1' =>
  Number(given) === 1 ? '1.0' : '1.1';

const readBrowser = (data: BrowserFile, path: Path, place: Place): AppSpec => {
  const {connections, redirects, cookies, cache, attemptDelay} = data;
  return browserApp(
    given({
      version: data.version === undefined ? undefined : versionOf(data.version),
      connectionsPerOrigin: connections,
      headers: data.headers && readHeaders(data.headers, [...path, 'headers'], place),
      ...{redirects, cookies, cache},
      attemptDelayUs: attemptDelay === undefined ? undefined : microseconds(attemptDelay),
    }),
  );
};

export const readServer = (
  data: ServerFile,
  place: Place,
  secure?: HttpServerSettings['secure'],
): AppSpec => {
  const {path} = place;
  const {port: number, keepAlive, maxRequests, sites, sessions: kept, server} = data;
  const routesOf = (list: readonly RouteFile[], at: Path) =>
    list.flatMap((each, index) => readRoute(each, [...at, index], {place, sessions: kept !== undefined}));
  // The sites are sorted, because requests find them by name: their order in the file must not change the run's identity.
  const virtualHosts =
    sites &&
    Object.entries(sites)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([host, list]) => ({host, routes: routesOf(list, [...path, 'sites', host])}));
  return serverApp({
    routes: routesOf(data.routes ?? [], [...path, 'routes']),
    ...given({
      port: number,
      keepAliveUs: keepAlive === undefined ? undefined : microseconds(keepAlive),
      ...{maxRequests, server, virtualHosts},
    }),
    ...(kept === undefined ? {} : {sessions: sessionsOf(kept)}),
    ...given({secure}),
  });
};

/** Returns the session settings of an HTTP server, completed with the cookie name and idle time of a servlet container. */
const sessionsOf = ({cookie = 'JSESSIONID', idle = '30m'}: z.infer<typeof sessions>) => ({
  cookie,
  idleUs: microseconds(idle),
});

export const httpApp: Construct<(host: string) => Piece> = construct(
  shape,
  ({browser: asking, ...serving}, place) => {
    const {path, problems} = place;
    const before = problems.found.length;
    if (asking && Object.values(serving).some((value) => value !== undefined))
      problems.add(path, httpAppsSentences.anHTTPProgram);
    const spec = asking ? readBrowser(asking, [...path, 'browser'], place) : readServer(serving, place);
    return problems.found.length > before ? undefined : (host) => ({apps: [{host, spec}]});
  },
);
