// TLS records: a header of five octets and a fragment (RFC 9846 §5.1, RFC 5246 §6.2.1). Splits the bytes of a stream into records as they
// arrive.
import {readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {joinBytes} from './presentation.ts';
import {ContentType} from './registry.ts';
import {type TlsError, tlsError} from './tls-error.ts';

export const recordHeaderSize = 5;

/** The most octets of content in a TLS record (2^14). */
export const maxPlaintext = 0x4000;

/**
 * The most octets of a protected TLS record's fragment: TLS 1.3 adds at most 256 (RFC 9846 §5.2), TLS 1.2 at most 2048 (RFC 5246 §6.2.3).
 */
export const maxCiphertext = {'TLS 1.2': maxPlaintext + 2048, 'TLS 1.3': maxPlaintext + 256} as const;

/** A TLS record; `version` is legacy_record_version. */
export type TlsRecord = {
  readonly type: number;
  readonly version: number;
  readonly fragment: Uint8Array;
};

/** Returns the five header octets of a TLS record, which are also the additional data of its AEAD (RFC 9846 §5.2). */
export const recordHeader = (type: number, version: number, length: number): Uint8Array =>
  Uint8Array.of(type, version >> 8, version & 0xff, length >> 8, length & 0xff);

export const encodeRecord = ({type, version, fragment}: TlsRecord): Uint8Array =>
  joinBytes([recordHeader(type, version, fragment.length), fragment]);

/** Splits content of any length into fragments for TLS records; empty content gives one empty fragment. */
export const fragmentsOf = (content: Uint8Array, size = maxPlaintext): readonly Uint8Array[] =>
  Array.from({length: Math.max(1, Math.ceil(content.length / size))}, (_, index) =>
    content.slice(index * size, (index + 1) * size),
  );

export const contentTypes: readonly number[] = [
  ContentType.change_cipher_spec,
  ContentType.alert,
  ContentType.handshake,
  ContentType.application_data,
];

/**
 * Returns what is wrong with the TLS record header at `at`; undefined if nothing is. The version is ignored "for all purposes"
 * (RFC 9846 §5.1).
 */
const headerError = (
  bytes: Uint8Array,
  at: number,
  maxFragment: number = maxCiphertext['TLS 1.2'],
): TlsError | undefined => {
  const has = bytes.length - at;
  if (has > 0 && !contentTypes.includes(readUint(bytes, at, 1))) return tlsError('content-type', at);
  if (has < recordHeaderSize) return undefined;
  const length = readUint(bytes, at + 3, 2);
  if (length > maxFragment) return tlsError('record-long', at + 3);
  // Only TLS records of application data may be empty (RFC 9846 §5.1, RFC 5246 §6.2.1).
  if (length === 0 && readUint(bytes, at, 1) !== ContentType.application_data) {
    return tlsError('record-empty', at + 3);
  }
  return undefined;
};

/**
 * The whole TLS records in a piece of a stream. `rest` is the beginning of an incomplete record; `error` says why nothing after `records`
 * can be read. Fragments and rest are views of the piece, which must not change as long as they are used.
 */
type RecordSplit = {
  readonly records: readonly TlsRecord[];
  readonly rest: Uint8Array;
  readonly error?: TlsError;
};

/** Returns the TLS records that `piece` of a stream completes; `held` is the incomplete record left of the pieces before. */
export const splitRecords = (held: Uint8Array, piece: Uint8Array, maxFragment?: number): RecordSplit => {
  const bytes = held.length === 0 ? piece : joinBytes([held, piece]);
  const records: TlsRecord[] = [];
  let at = 0;
  for (;;) {
    const error = headerError(bytes, at, maxFragment);
    if (error) return {records, rest: bytes.subarray(at), error};
    const start = at + recordHeaderSize;
    const end = start + readUint(bytes, at + 3, 2);
    if (bytes.length < start || bytes.length < end) return {records, rest: bytes.subarray(at)};
    records.push({
      type: readUint(bytes, at, 1),
      version: readUint(bytes, at + 1, 2),
      fragment: bytes.subarray(start, end),
    });
    at = end;
  }
};

/** The content of TLS's change_cipher_spec: one octet with the value 1 (RFC 9846 §5, RFC 5246 §7.1). */
export const changeCipherSpec = Uint8Array.of(1);

export const decodeChangeCipherSpec = (fragment: Uint8Array): Result<undefined, TlsError> =>
  fragment.length === 1 && fragment[0] === 1 ? ok(undefined) : err(tlsError('change-cipher-spec', 0));
