import type { Field } from '../layer.ts';
import { type Result } from '../result.ts';
import { type TlsError, type TlsErrorCode } from './tls-error.ts';
/** Bytes that are being decoded. After the first error nothing more is read: numbers are 0, vectors are empty. */
export type TlsReader = {
    readonly bytes: Uint8Array;
    at: number;
    /** Where the innermost vector or message ends. */
    end: number;
    error: TlsError | undefined;
    readonly rows: Field[];
    /** Nobody looks at rows: none are made. */
    readonly quiet?: true;
};
export type Codec<T> = {
    read(from: TlsReader): T;
    /** Throws a RangeError where the value does not fit: values come from inside. */
    write(value: T): Uint8Array;
};
export declare const readerOf: (bytes: Uint8Array, at?: number, end?: number) => TlsReader;
/** Of octets that only their values are wanted of: rows take twice as long. */
export declare const quietReaderOf: (bytes: Uint8Array) => TlsReader;
/** The first error stays. */
export declare const failAt: (from: TlsReader, code: TlsErrorCode, at: number) => void;
export declare const joinBytes: (parts: readonly Uint8Array[]) => Uint8Array;
/** `size` octets, 1 … 4. */
export declare const uint: (size: number) => Codec<number>;
export declare const uint8: Codec<number>;
export declare const uint16: Codec<number>;
export declare const uint32: Codec<number>;
/** `opaque name[size]` */
export declare const fixed: (size: number) => Codec<Uint8Array>;
/** All that is left of the message, the vector or the extension. */
export declare const rest: Codec<Uint8Array>;
export declare const empty: Codec<undefined>;
export type VectorOptions = {
    /** Octets of the length, 1 … 3. */
    readonly length: number;
    /** Least and greatest number of octets (RFC 9846 §3.4); by default 0 and what the length can say. */
    readonly min?: number;
    readonly max?: number;
    /** Wireshark's name of the length. */
    readonly row?: string;
};
/** `T name<min..max>`: `body` has to fill it. */
export declare const vector: <T>(options: VectorOptions, body: Codec<T>) => Codec<T>;
/** Items up to the end of the vector around it. */
export declare const items: <T>(item: Codec<T>) => Codec<readonly T[]>;
export declare const list: <T>(options: VectorOptions, item: Codec<T>) => Codec<readonly T[]>;
/** There if anything is left: the extensions of a hello of TLS 1.2 (RFC 5246 §7.4.1.2). */
export declare const optional: <T>(codec: Codec<T>) => Codec<T | undefined>;
/** A value that may be refused: `fails` names the error of one that is well formed and yet not allowed. */
export declare const checked: <T>(codec: Codec<T>, fails: (value: T) => TlsErrorCode | undefined) => Codec<T>;
/** The same codec with an inspector row called `row` over its octets, if there are any, before the rows of its parts. */
export declare const shown: <T>(row: string, codec: Codec<T>, { hex, print }?: {
    readonly hex?: number;
    readonly print?: (value: T) => string;
}) => Codec<T>;
/** `opaque name<min..max>`; `shows` is Wireshark's name of the octets behind the length. */
export declare const opaque: (options: VectorOptions & {
    readonly shows?: string;
    readonly print?: (value: Uint8Array) => string;
}) => Codec<Uint8Array>;
type Members = Readonly<Record<string, Codec<unknown>>>;
export type ValueOf<C> = C extends Codec<infer T> ? T : never;
type StructOf<M extends Members> = {
    readonly [K in keyof M]: ValueOf<M[K]>;
};
/** `struct { … }`: members in the order in which the table names them. */
export declare function struct<M extends Members>(members: M): Codec<StructOf<M>>;
/** A whole message or a whole body; octets that are left over are an error. */
export declare const decodeWhole: <T>(codec: Codec<T>, from: TlsReader) => Result<T, TlsError>;
export {};
