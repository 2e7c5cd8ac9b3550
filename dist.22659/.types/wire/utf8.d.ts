/** Every octet sequence is some text; a byte-order mark stays a character. */
export declare const decodeUtf8: (bytes: Uint8Array) => string;
/** A surrogate without its partner becomes U+FFFD. */
export declare const encodeUtf8: (text: string) => Uint8Array;
