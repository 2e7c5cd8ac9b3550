// The settings of an HTTP server, as a lesson describes it.
import type {SecureServer} from '../tls/secure.ts';
import type {Route, VirtualHost} from './route.ts';

export type SessionSettings = {
  /** The name of the session cookie. @default JSESSIONID, the name in servlet containers */
  readonly cookie: string;
  readonly idleUs: number;
};

export type HttpServerSettings = {
  readonly port: number;
  /** The time for which the HTTP server keeps a connection open without a request. 0: each connection serves one request. */
  readonly keepAliveUs: number;
  /** The number of requests after which the HTTP server closes a connection. */
  readonly maxRequests: number;
  readonly routes: readonly Route[];
  readonly virtualHosts?: readonly VirtualHost[];
  readonly sessions: SessionSettings;
  /** The value of the field Server in responses; absent: the field is not sent. */
  readonly server?: string;
  /** The TLS settings, if the server serves https. */
  readonly secure?: Omit<SecureServer, 'alpn'>;
};

/**
 * The defaults of the HTTP server: Apache's numbers, with the 15 s of keep-alive from before 2.2 (5 s since), and a servlet container's
 * sessions.
 */
export const httpServerDefaults: HttpServerSettings = {
  port: 80,
  keepAliveUs: 15_000_000,
  maxRequests: 100,
  routes: [],
  sessions: {cookie: 'JSESSIONID', idleUs: 1_800_000_000},
};
