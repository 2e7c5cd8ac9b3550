import type { Kdf } from './key-schedule.ts';
/** Whole messages with their headers. */
export type Transcript = readonly Uint8Array[];
export declare const transcriptHash: ({ crypto, hash }: Kdf, transcript: Transcript) => Uint8Array;
/** After HelloRetryRequest a message_hash stands for the first ClientHello, so that servers need not keep it. */
export declare const retriedTranscript: (kdf: Kdf, hello: Transcript, retry: Uint8Array) => Transcript;
