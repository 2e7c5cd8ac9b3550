// An HTTP server as a lesson describes it.
import type {SecureServer} from '../tls/secure.ts';
import type {Route, VirtualHost} from './route.ts';

export type SessionSettings = {
  /** Name of the cookie. @default JSESSIONID, as servlet containers call it */
  readonly cookie: string;
  readonly idleUs: number;
};

export type HttpServerSettings = {
  readonly port: number;
  /** How long a connection without a request stays; 0: each serves one request. */
  readonly keepAliveUs: number;
  /** The connection ends after so many requests. */
  readonly maxRequests: number;
  readonly routes: readonly Route[];
  readonly virtualHosts?: readonly VirtualHost[];
  readonly sessions: SessionSettings;
  /** The field Server; absent: not sent. */
  readonly server?: string;
  /** It serves https. */
  readonly secure?: Omit<SecureServer, 'alpn'>;
};

/** Apache's numbers, the 15 s of before 2.2 (5 s since), and a servlet container's sessions. */
export const httpServerDefaults: HttpServerSettings = {
  port: 80,
  keepAliveUs: 15_000_000,
  maxRequests: 100,
  routes: [],
  sessions: {cookie: 'JSESSIONID', idleUs: 1_800_000_000},
};
