// The types for decrypting the TLS records of a capture with a key log.
import type {Result} from '../../../wire/result.ts';
import type {KeyLog} from '../../../wire/tls/key-log.ts';
import type {TlsRecord} from '../../../wire/tls/record.ts';

/** The parameters in the hellos of a captured TLS connection that decryption needs; numbers are those in the messages. */
export type RecordedSession = {
  readonly version: number;
  readonly suite: number;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  /** Whether the captured TLS connection uses encrypt_then_mac (RFC 7366). */
  readonly encryptThenMac: boolean;
};

export type Unlocked = {
  /** The ContentType of a decrypted TLS record. */
  readonly type: number;
  readonly content: Uint8Array;
  /** The offset of the encrypted content in the record's fragment; each of its octets stands for one octet of the content. */
  readonly at: number;
  /** The object that decrypts the next record of the same direction. */
  readonly next: Lock;
};

/** Decrypts the next TLS record of one direction of a capture; `open` returns undefined if no key fits the record. */
export type Lock = {open(record: TlsRecord): Unlocked | undefined};

/**
 * The reason why a captured TLS connection cannot be decrypted: the key log lacks the `secret`, or the cipher `suite` or `version` is not
 * supported.
 */
export type LockFault = 'secret' | 'suite' | 'version';

/** Returns the `Lock` that decrypts one direction of a captured TLS connection from its first protected record on, or why it cannot. */
export type Unlock = (
  session: RecordedSession,
  sender: 'client' | 'server',
  log: KeyLog,
) => Result<Lock, LockFault>;

/** The key log and the decryption function that accompany a Trace, so that its TLS can be read. */
export type TlsKeys = {readonly log: KeyLog; readonly unlock: Unlock};
