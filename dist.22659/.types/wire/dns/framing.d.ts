/** Throws where the length does not fit its field: `encodeDnsWithin(message, 65535)` makes one that does. */
export declare const frameDns: (message: Uint8Array) => Uint8Array;
/** `rest`: the beginning of a message whose end is still to come. */
type Split = {
    readonly messages: readonly Uint8Array[];
    readonly rest: Uint8Array;
};
/** The messages that `piece` completes; `held` is the rest of the pieces before. */
export declare const splitDns: (held: Uint8Array, piece: Uint8Array) => Split;
export {};
