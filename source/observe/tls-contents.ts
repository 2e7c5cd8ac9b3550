// What the records of a TLS connection carry: in clear, opened with the secrets of the Trace, or closed to us.
import type {Lock, LockFault, RecordedSession, TlsKeys} from '../stack/tls/recorded/lock.ts';
import {recordHeaderSize} from '../wire/tls/record.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import type {Side} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';
import {type Hellos, versionOf} from './tls-hellos.ts';
import type {SeenRecord} from './tls-records.ts';

export type TlsContent = {
  readonly seen: SeenRecord;
  /** ContentType of what is inside, as far as it can be told. */
  readonly type: number;
  readonly encrypted: boolean;
  /** undefined: encrypted, and nothing opens it. */
  readonly content: Uint8Array | undefined;
  /** Where the content, or its ciphertext octet by octet, begins in the stream. */
  readonly start: number;
};

/** Why a direction stays closed. `record`: its keys do not open it, so one of the two is not what it should be. */
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

/** `opened`: a record has been, so that one which cannot be is the end of it. */
type Half = {protects: boolean; lock: Lock | undefined; opened: boolean; ended: boolean};

/** TLS 1.3 says it with the type; in TLS 1.2 all is encrypted behind change_cipher_spec (RFC 5246 §7.1). */
const isEncrypted = ({record}: SeenRecord, half: Half, version: number | undefined): boolean =>
  record.type === ContentType.application_data || (half.protects && version !== ProtocolVersion['TLS 1.3']);

/** The second hello of a client that has been told to try again comes behind change_cipher_spec of no effect. */
const protectsFrom = (version: number | undefined, hellos: Hellos): boolean =>
  version !== ProtocolVersion['TLS 1.3'] && hellos.retry === undefined;

/** Record by record; the hellos are those of all the connection. */
export class ContentReader {
  readonly contents: TlsContent[] = [];
  /** Sides of which nothing more can be opened although there are secrets. */
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

  take(seen: SeenRecord): void {
    const {side, record} = seen;
    const half = this.#halves[side];
    const start = seen.start + recordHeaderSize;
    if (!isEncrypted(seen, half, this.#version)) {
      this.contents.push({seen, type: record.type, encrypted: false, content: record.fragment, start});
      if (record.type === ContentType.change_cipher_spec) half.protects = this.#changes;
      return;
    }
    const unlocked = half.ended ? undefined : half.lock?.open(record);
    if (!unlocked) {
      this.#close(seen, half);
      this.contents.push({seen, type: record.type, encrypted: true, content: undefined, start});
      return;
    }
    const {type, content, at, next} = unlocked;
    half.lock = next;
    // What came before it belonged to a key that the log has not: early data, or the handshake.
    if (!half.opened) this.closed = this.closed.filter((each) => each.side !== side);
    half.opened = true;
    this.contents.push({seen, type, encrypted: true, content, start: start + at});
  }

  /** Makes it again what it is now. */
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
