/** In a row of hex. */
export declare const hexBytes = 8;
export declare const isPrintable: (bytes: Uint8Array) => boolean;
/** Row `index`: the offset of its first byte, the bytes, and their letters. */
export declare const hexRow: (bytes: Uint8Array, index: number) => string;
