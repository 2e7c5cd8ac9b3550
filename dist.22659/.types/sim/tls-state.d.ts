import type { ConnectionId } from '../stack/tcp/effect.ts';
import type { Host } from './world.ts';
export type TlsState = {
    /** Directions that have keys, 0 to 2. */
    readonly directions: number;
    /** Tickets that are kept for later connections. */
    readonly tickets: number;
    /** Of a server: recorded connections that its leaked key has opened. */
    readonly recovered: number;
    /** Octets of both programs that it has opened. */
    readonly recoveredBytes: number;
};
/** The newest connection on which the host has spoken TLS. */
export declare const newestOn: ({ tls }: Host) => ConnectionId | undefined;
/** undefined: the host has never spoken TLS. */
export declare const tlsOn: ({ tls }: Host) => TlsState | undefined;
