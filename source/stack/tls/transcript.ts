// The transcript: the TLS handshake messages so far, which are hashed for each value that depends on them (RFC 9846 §4.1).
import {tls13} from '../../wire/tls/handshake.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import type {Kdf} from './key-schedule.ts';

/** The TLS handshake messages so far, each whole with its header. */
export type Transcript = readonly Uint8Array[];

export const transcriptHash = ({of}: Kdf, transcript: Transcript): Uint8Array => of(joinBytes(transcript));

/**
 * Returns the transcript after HelloRetryRequest, in which message_hash replaces the first ClientHello, so that servers need not keep it.
 */
export const retriedTranscript = (kdf: Kdf, hello: Transcript, retry: Uint8Array): Transcript => [
  tls13.encode({type: 'message_hash', body: transcriptHash(kdf, hello)}),
  retry,
];
