// The contents of a TLS connection's records: in clear, decrypted with the secrets of the Trace, or still encrypted.
import type {Lock, LockFault, RecordedSession, TlsKeys} from '../stack/tls/recorded/lock.ts';
import {recordHeaderSize} from '../wire/tls/record.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import type {Side} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';
import {type Hellos, versionOf} from './tls-hellos.ts';
import type {SeenRecord} from './tls-records.ts';

export type TlsContent = {
  readonly seen: SeenRecord;
  /** The ContentType of the TLS record's contents; if they are encrypted, that in the record's header. */
  readonly type: number;
  readonly encrypted: boolean;
  /** The contents of the TLS record; undefined if they are encrypted and nothing decrypts them. */
  readonly content: Uint8Array | undefined;
  /** The stream offset at which the TLS record's content begins, or the ciphertext that corresponds to it octet by octet. */
  readonly start: number;
};

/**
 * Why the TLS records of one direction stay encrypted, from `frame` on. `record` means that the keys do not decrypt a record, so either the
 * keys or the record are wrong.
 */
export type TlsClosed = {readonly side: Side; readonly why: LockFault | 'record'; readonly frame: number};

const sessionOf = ({client, server}: Hellos): RecordedSession | undefined => {
  if (!client || !server) return undefined;
  return {
    version: versionOf(server),
    suite: server.cipherSuite,
    clientRandom: client.random,
    serverRandom: server.random,
    encryptThenMac: server.extensions?.some(({name}) => name === 'encrypt_then_mac') ?? false,
  };
};

/**
 * The state of decrypting one direction of TLS. `opened` is true once a record was decrypted; a later record that cannot be decrypted then
 * ends the decryption.
 */
type Half = {protects: boolean; lock: Lock | undefined; opened: boolean; ended: boolean};

/** Tells whether a record is encrypted. TLS 1.3 shows it by the type; in TLS 1.2 everything after change_cipher_spec is (RFC 5246 §7.1). */
const isEncrypted = ({record}: SeenRecord, half: Half, version: number | undefined): boolean =>
  record.type === ContentType.application_data || (half.protects && version !== ProtocolVersion['TLS 1.3']);

/**
 * Tells whether a side encrypts after its change_cipher_spec: not in TLS 1.3, and not after a HelloRetryRequest, where a client may send
 * one without effect.
 */
const protectsFrom = (version: number | undefined, hellos: Hellos): boolean =>
  version !== ProtocolVersion['TLS 1.3'] && hellos.retry === undefined;

/**
 * Decrypts the records of one TLS connection one by one, with the version, suite and randoms of its hellos and the secrets of a key log.
 */
export class ContentReader {
  readonly contents: TlsContent[] = [];
  /** The sides with a record that the available secrets do not decrypt, and why. */
  closed: readonly TlsClosed[] = [];
  readonly #version: number | undefined;
  readonly #halves: readonly [Half, Half];
  readonly #faults: [LockFault | undefined, LockFault | undefined] = [undefined, undefined];
  readonly #changes: boolean;

  constructor(hellos: Hellos, keys: TlsKeys | undefined) {
    const session = sessionOf(hellos);
    this.#version = session?.version;
    this.#changes = protectsFrom(this.#version, hellos);
    const half = (side: Side): Half => {
      const lock = session && keys?.unlock(session, side === 0 ? 'client' : 'server', keys.log);
      if (lock && !lock.ok) this.#faults[side] = lock.error;
      return {protects: false, lock: lock?.ok ? lock.value : undefined, opened: false, ended: false};
    };
    this.#halves = [half(0), half(1)];
  }

  /** Returns the content of the next TLS record. */
  take(seen: SeenRecord): TlsContent {
    const content = this.#read(seen);
    this.contents.push(content);
    return content;
  }

  #read(seen: SeenRecord): TlsContent {
    const {side, record} = seen;
    const half = this.#halves[side];
    const start = seen.start + recordHeaderSize;
    if (!isEncrypted(seen, half, this.#version)) {
      if (record.type === ContentType.change_cipher_spec) half.protects = this.#changes;
      return {seen, type: record.type, encrypted: false, content: record.fragment, start};
    }
    const unlocked = half.ended ? undefined : half.lock?.open(record);
    if (!unlocked) {
      this.#close(seen, half);
      return {seen, type: record.type, encrypted: true, content: undefined, start};
    }
    const {type, content, at, next} = unlocked;
    half.lock = next;
    // The first record was decrypted, so earlier failures only mean that the log lacks the key for them (early data or handshake): the side
    // is not closed.
    if (!half.opened) this.closed = this.closed.filter((each) => each.side !== side);
    half.opened = true;
    return {seen, type, encrypted: true, content, start: start + at};
  }

  /** Returns an undo function that resets the reader of TLS contents to its present state. */
  asItIs(): Undo {
    const [undo, closed] = [asTheyAre(this.#halves, [this.contents]), this.closed];
    return () => {
      undo();
      this.closed = closed;
    };
  }

  #close({side, frame}: SeenRecord, half: Half): void {
    const fault = this.#faults[side];
    const why = fault ?? (half.lock ? 'record' : undefined);
    const told = this.closed.some((each) => each.side === side);
    if (why && !told) this.closed = [...this.closed, {side, why, frame}];
    half.ended = half.opened;
  }
}
