// Reading the recorded records of a TLS connection with its secrets: what whoever has a capture and a key log asks for.
import type {Result} from '../../../wire/result.ts';
import type {KeyLog} from '../../../wire/tls/key-log.ts';
import type {TlsRecord} from '../../../wire/tls/record.ts';

/** As the hellos tell; numbers as on the wire. */
export type RecordedSession = {
  readonly version: number;
  readonly suite: number;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  /** RFC 7366 */
  readonly encryptThenMac: boolean;
};

export type Unlocked = {
  /** ContentType of what was protected. */
  readonly type: number;
  readonly content: Uint8Array;
  /** Offset in the fragment at which the content stands, encrypted octet by octet. */
  readonly at: number;
  /** For the record that follows. */
  readonly next: Lock;
};

/** One direction. undefined: none of its keys opens the record. */
export type Lock = {open(record: TlsRecord): Unlocked | undefined};

/** `version`, `suite`: not spoken here. */
export type LockFault = 'secret' | 'suite' | 'version';

/** The lock of a direction, seen from its first protected record on. */
export type Unlock = (
  session: RecordedSession,
  sender: 'client' | 'server',
  log: KeyLog,
) => Result<Lock, LockFault>;

/** What a Trace brings along so that its TLS can be read. */
export type TlsKeys = {readonly log: KeyLog; readonly unlock: Unlock};
