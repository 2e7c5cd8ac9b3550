import type { TlsKeys } from '../stack/tls/recorded/lock.ts';
import { type HttpTransaction } from './http-transactions.ts';
import type { ObservedConnection } from './observed-connection.ts';
import type { TlsClosed } from './tls-contents.ts';
import type { TlsAlert, TlsMessage } from './tls-messages.ts';
import { type TlsSession } from './tls-sessions.ts';
/** Numbers as on the wire; undefined: not agreed on, or not to be seen. */
export type TlsSummary = Pick<TlsSession, 'version' | 'suite' | 'serverName' | 'alpn' | 'alpnOffered' | 'versionsOffered' | 'resumed' | 'pskOffered' | 'earlyDataOffered'> & {
    /** The client's hello was captured. */
    readonly hello: boolean;
    /** The server had the client try again (RFC 9846 §4.2.4). */
    readonly retried: boolean;
    /** In the order of events. */
    readonly messages: readonly Pick<TlsMessage, 'frame' | 'name'>[];
    readonly alerts: readonly Pick<TlsAlert, 'side' | 'frame' | 'level' | 'description'>[];
    /** There are records that nothing opens. */
    readonly closed: boolean;
    /** Why secrets do not open them; undefined: there are none. */
    readonly why: TlsClosed['why'] | undefined;
    /** There are such as were opened. */
    readonly opened: boolean;
};
/** `session` undefined: on TLS's port, and not TLS from its beginning. `http`: what was inside. */
export type CapturedTls = {
    readonly observed: ObservedConnection;
    readonly session: TlsSummary | undefined;
    readonly http: readonly HttpTransaction[];
};
/** In the order of the connections. */
export declare const capturedTls: (connections: readonly ObservedConnection[], keys: TlsKeys | undefined) => readonly CapturedTls[];
