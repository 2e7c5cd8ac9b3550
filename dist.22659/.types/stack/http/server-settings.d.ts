import type { SecureServer } from '../tls/secure.ts';
import type { Route, VirtualHost } from './route.ts';
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
/** Apache's times and numbers, and a servlet container's sessions. */
export declare const httpServerDefaults: HttpServerSettings;
