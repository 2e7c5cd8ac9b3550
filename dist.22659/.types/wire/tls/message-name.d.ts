export declare const spokenMessage: (name: string) => string;
/** Of a whole handshake message. */
export declare const messageName: (message: Uint8Array) => string;
