// Decrypts the recorded records of a TLS connection with its secrets, for a reader with a capture and a key log.
import type {Result} from '../../../wire/result.ts';
import type {KeyLog} from '../../../wire/tls/key-log.ts';
import type {TlsRecord} from '../../../wire/tls/record.ts';

/** The parameters in the hellos; numbers are those of the wire. */
export type RecordedSession = {
  readonly version: number;
  readonly suite: number;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  /** Whether encrypt-then-MAC is on (RFC 7366). */
  readonly encryptThenMac: boolean;
};

export type Unlocked = {
  /** The ContentType of the protected content. */
  readonly type: number;
  readonly content: Uint8Array;
  /** The offset in the fragment at which the content is, encrypted octet by octet. */
  readonly at: number;
  /** The lock for the next record. */
  readonly next: Lock;
};

/** Decrypts one direction; undefined if none of its keys fits the record. */
export type Lock = {open(record: TlsRecord): Unlocked | undefined};

/** The reason why nothing can be decrypted; `version` and `suite` mean that these are not supported. */
export type LockFault = 'secret' | 'suite' | 'version';

/** Returns the lock of a direction, beginning with its first protected record. */
export type Unlock = (
  session: RecordedSession,
  sender: 'client' | 'server',
  log: KeyLog,
) => Result<Lock, LockFault>;

/** The keys that accompany a Trace so that its TLS can be read. */
export type TlsKeys = {readonly log: KeyLog; readonly unlock: Unlock};
