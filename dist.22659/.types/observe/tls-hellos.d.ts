import type { ClientHello, HelloRetryRequest, ServerHello } from '../wire/tls/hello.ts';
import type { SeenRecord } from './tls-records.ts';
export type Hellos = {
    /** Early data belong to this one: they are over with HelloRetryRequest (RFC 9846 §4.3.10). */
    readonly first: ClientHello | undefined;
    /** The last one: it may be repeated after HelloRetryRequest. */
    readonly client: ClientHello | undefined;
    readonly retry: HelloRetryRequest | undefined;
    readonly server: ServerHello | undefined;
};
/** Records that are encrypted under another type than application_data fail to be hellos. */
export declare const hellosIn: (records: readonly SeenRecord[]) => Hellos;
export declare const versionOf: ({ legacyVersion, extensions }: ServerHello) => number;
/** Without the extension it offers all that it knows up to one version, of which that one can be told. */
export declare const versionsOffered: ({ legacyVersion, extensions }: ClientHello) => readonly number[];
export declare const serverNameIn: ({ extensions }: ClientHello) => string | undefined;
export declare const protocolsIn: (names: readonly Uint8Array[] | undefined) => readonly string[];
