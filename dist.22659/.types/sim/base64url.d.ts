export declare const toBase64url: (bytes: Uint8Array) => string;
/** undefined for text that is not base64url. */
export declare const fromBase64url: (text: string) => Uint8Array | undefined;
