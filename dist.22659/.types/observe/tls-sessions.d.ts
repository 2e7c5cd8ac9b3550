import type { Trace } from '../sim/trace.ts';
import type { TlsKeys } from '../stack/tls/recorded/lock.ts';
import { type Connection, type Streams } from './connections.ts';
import { type TlsClosed, type TlsContent } from './tls-contents.ts';
import { type Hellos } from './tls-hellos.ts';
import { type TlsAlert, type TlsMessage } from './tls-messages.ts';
import { type RecordStop } from './tls-records.ts';
/** Numbers as on the wire; undefined: not agreed on, or not to be seen. */
export type TlsSession<C extends Streams = Connection> = {
    readonly connection: C;
    readonly hellos: Hellos;
    readonly version: number | undefined;
    readonly suite: number | undefined;
    readonly group: number | undefined;
    readonly serverName: string | undefined;
    /** What the server chose: of TLS 1.3 only with the secrets. */
    readonly alpn: string | undefined;
    readonly alpnOffered: readonly string[];
    readonly versionsOffered: readonly number[];
    readonly resumed: boolean | undefined;
    readonly pskOffered: boolean;
    readonly earlyDataOffered: boolean;
    /** Of each side, its own certificate first, DER. */
    readonly certificates: readonly [readonly Uint8Array[], readonly Uint8Array[]];
    readonly messages: readonly TlsMessage[];
    readonly alerts: readonly TlsAlert[];
    /** Octets of a message that the records before a content began, where there are any. */
    readonly heldBefore: ReadonlyMap<TlsContent, Uint8Array>;
    readonly contents: readonly TlsContent[];
    readonly closed: readonly TlsClosed[];
    readonly stopped: readonly [RecordStop | undefined, RecordStop | undefined];
};
/** undefined: it does not begin with TLS. */
export declare const tlsSessionOn: <C extends Streams>(connection: C, keys: TlsKeys | undefined) => TlsSession<C> | undefined;
/** What the records have brought to the other end: of a simulated run not always what was sent. */
export declare const tlsArrivedOn: (trace: Trace, { connection, contents }: TlsSession) => readonly TlsContent[];
/** undefined: the connection does not begin with TLS. */
export declare const tlsSessionOf: (trace: Trace, connection: Connection) => TlsSession | undefined;
/** One for each connection that begins with TLS, in their order; read once. */
export declare const tlsSessionsIn: (trace: Trace) => readonly TlsSession[];
