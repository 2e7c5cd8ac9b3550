/** Where payload comes from. `read` copies bytes `offset … offset + target.length` into `target`. */
export type ByteSource = {
    readonly id: string;
    read(offset: number, target: Uint8Array): void;
};
export type Chunk = {
    readonly source: ByteSource;
    readonly offset: number;
    readonly length: number;
};
/** An immutable sequence of bytes; `length` is in bytes. */
export type Rope = {
    readonly length: number;
    readonly chunks: readonly Chunk[];
};
export declare const emptyRope: Rope;
export declare const ropeOf: (source: ByteSource, offset: number, length: number) => Rope;
export declare const ropeFromBytes: (bytes: Uint8Array, id?: string) => Rope;
export declare const ropeConcat: (a: Rope, b: Rope) => Rope;
/** Bytes `start … end` (end excluded), both clamped to the rope. */
export declare const ropeSlice: (rope: Rope, start: number, end?: number) => Rope;
/** Copies the whole rope into `target` from `at` on. */
export declare const ropeCopy: (rope: Rope, target: Uint8Array, at: number) => void;
export declare const ropeToBytes: (rope: Rope) => Uint8Array;
