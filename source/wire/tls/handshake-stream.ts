// Splits the content of records into handshake messages: a record may contain several, and a message may span several (RFC 9846 §5.1).
import {readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {handshakeHeaderSize, maxHandshakeSize} from './handshake.ts';
import {joinBytes} from './presentation.ts';
import {ContentType} from './registry.ts';
import {type TlsError, tlsError} from './tls-error.ts';

/**
 * Whole TLS handshake messages, headers included; `rest` is the beginning of one that continues in the next record. They are views of the
 * content.
 */
type HandshakeSplit = {readonly messages: readonly Uint8Array[]; readonly rest: Uint8Array};

/** Returns the handshake messages that the `content` of a TLS record completes; `held` is the unfinished message of the records before. */
export const splitHandshake = (held: Uint8Array, content: Uint8Array): Result<HandshakeSplit, TlsError> => {
  const bytes = held.length === 0 ? content : joinBytes([held, content]);
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at + handshakeHeaderSize <= bytes.length) {
    const size = handshakeHeaderSize + readUint(bytes, at + 1, 3);
    if (size > maxHandshakeSize) return err(tlsError('handshake-long', at + 1));
    if (at + size > bytes.length) break;
    messages.push(bytes.subarray(at, at + size));
    at += size;
  }
  return ok({messages, rest: bytes.subarray(at)});
};

/** Returns an error if a record of another type comes between the parts of a TLS handshake message (RFC 9846 §5.1); otherwise undefined. */
export const interleaved = (held: Uint8Array, contentType: number): TlsError | undefined =>
  held.length > 0 && contentType !== ContentType.handshake ? tlsError('interleaved', 0) : undefined;
