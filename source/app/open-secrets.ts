// Finds the secrets that decrypt a capture's TLS and QUIC: in the key log of --keylog or SSLKEYLOGFILE, and inside a pcapng file.
import process from 'node:process';
import type {OpenCapture} from '../io/capture.ts';
import {readBytes} from '../io/files.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import {tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {sameBytes} from '../wire/octets.ts';
import {type CaptureSecrets, keyLogSecrets} from '../wire/pcap/record.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {joinKeyLogs, type KeyLog, parseKeyLog} from '../wire/tls/key-log.ts';
import {noSecretsIn, secretsDoNotFit} from '../words/catalogue/capture-errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {fileFailure} from './lesson-failure.ts';

type Warned = {readonly trace: CapturedTrace; readonly warning: OpenCapture['warning']};

const noOctets = new Uint8Array(0);

/**
 * Reads the key log: the named file, or else that of SSLKEYLOGFILE (RFC 9850 §1), which need not exist. Programs may still be appending to
 * it.
 */
const writtenTo = (file: string | undefined): Result<Uint8Array, Failure> => {
  const place = file ?? process.env['SSLKEYLOGFILE'];
  const bytes = place ? readBytes(place) : ok(noOctets);
  if (bytes.ok) return bytes;
  return file === undefined ? ok(noOctets) : err(fileFailure(file, bytes.error));
};

/** Tells whether a trace contains TLS but the known secrets decrypt none of it. */
const opensNothing = (trace: Trace): boolean => {
  const sessions = tlsSessionsIn(trace);
  return sessions.length > 0 && sessions.every(({closed}) => closed.length > 0);
};

/** The TLS keys of one capture. They are read anew only if there are more secrets than before, so that decrypted records stay decrypted. */
export class KeyRing {
  /** The key log file that the user named; undefined if none was. */
  readonly file: string | undefined;
  #made:
    | {readonly blocks: number; readonly written: Uint8Array; readonly keys: TlsKeys | undefined}
    | undefined;

  constructor(file: string | undefined) {
    this.file = file;
  }

  /**
   * Returns the TLS keys from the key log and from the capture's own `secrets`; undefined if there are none. Cryptography is loaded only if
   * there are any.
   */
  async keys(secrets: readonly CaptureSecrets[]): Promise<Result<TlsKeys | undefined, Failure>> {
    const read = writtenTo(this.file);
    if (!read.ok) return read;
    const [blocks, written] = [secrets.length, read.value];
    const made = this.#made;
    if (made?.blocks === blocks && sameBytes(made.written, written)) return ok(made.keys);
    const log = parseKeyLog(written);
    // An empty key log is no error: a program that has completed no handshake leaves one.
    if (this.file !== undefined && log.secrets.size === 0 && log.unreadable > 0)
      return err({...problemOf(noSecretsIn, {file: this.file}), exit: 2});
    const inside = secrets.filter(({type}) => type === keyLogSecrets).map(({bytes}) => parseKeyLog(bytes));
    const keys = await keysOf(joinKeyLogs([...inside, log]));
    this.#made = {blocks, written, keys};
    return ok(keys);
  }
}

const keysOf = async (log: KeyLog): Promise<TlsKeys | undefined> => {
  if (log.secrets.size === 0) return undefined;
  const [{nodeCrypto}, {unlockWith}] = await Promise.all([
    import('../io/crypto.ts'),
    import('../stack/tls/recorded/unlock.ts'),
  ]);
  return {log, unlock: unlockWith(nodeCrypto)};
};

/**
 * Returns the keys that decrypt QUIC; undefined if the capture has no QUIC. Initial packets need no secrets (RFC 9001 §5.2), so there are
 * keys even without a key log.
 */
export const quicKeysFor = async (
  {sawQuic}: CaptureInspector,
  keys: TlsKeys | undefined,
): Promise<QuicKeys | undefined> => {
  if (!sawQuic) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return {crypto: nodeCrypto, log: keys?.log ?? parseKeyLog(noOctets)};
};

export const openSecrets = async (
  {trace: closed, inspector, secrets, warning}: OpenCapture,
  ring: KeyRing,
): Promise<Result<Warned, Failure>> => {
  const {file} = ring;
  const keys = await ring.keys(secrets);
  if (!keys.ok) return keys;
  const quic = await quicKeysFor(inspector, keys.value);
  const trace = quic ? closed.withQuic(quic) : closed;
  if (keys.value === undefined) return ok({trace, warning});
  const opened = trace.withKeys(keys.value);
  const idle = file !== undefined && warning === undefined && opensNothing(opened);
  return ok({trace: opened, warning: idle ? {problem: problemOf(secretsDoNotFit, {file})} : warning});
};
