import type { LockFault, TlsKeys } from '../stack/tls/recorded/lock.ts';
import type { Side } from './connections.ts';
import { type Hellos } from './tls-hellos.ts';
import type { SeenRecord } from './tls-records.ts';
export type TlsContent = {
    readonly seen: SeenRecord;
    /** ContentType of what is inside, as far as it can be told. */
    readonly type: number;
    readonly encrypted: boolean;
    /** undefined: encrypted, and nothing opens it. */
    readonly content: Uint8Array | undefined;
    /** Where the content, or its ciphertext octet by octet, begins in the stream. */
    readonly start: number;
};
/** Why a direction stays closed. `record`: its keys do not open it, so one of the two is not what it should be. */
export type TlsClosed = {
    readonly side: Side;
    readonly why: LockFault | 'record';
    readonly frame: number;
};
export type TlsContents = {
    readonly contents: readonly TlsContent[];
    /** Sides of which nothing more can be opened although there are secrets. */
    readonly closed: readonly TlsClosed[];
};
export declare const tlsContentsOf: (records: readonly SeenRecord[], hellos: Hellos, keys: TlsKeys | undefined) => TlsContents;
