// The secrets with which the TLS of a capture can be read: of the file that --keylog names, and those inside a pcapng.
import process from 'node:process';
import type {OpenCapture} from '../io/capture.ts';
import {readBytes} from '../io/files.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import {tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {type CaptureSecrets, keyLogSecrets} from '../wire/pcap/record.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {joinKeyLogs, type KeyLog, parseKeyLog} from '../wire/tls/key-log.ts';
import {noSecretsIn, secretsDoNotFit} from '../words/catalogue/capture-errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {fileFailure} from './lesson-failure.ts';

type Warned = {readonly trace: CapturedTrace; readonly warning: OpenCapture['warning']};

const empty: KeyLog = {secrets: new Map(), unreadable: 0};

const namedLog = (file: string): Result<KeyLog, Failure> => {
  const bytes = readBytes(file);
  if (!bytes.ok) return err(fileFailure(file, bytes.error));
  const log = parseKeyLog(bytes.value);
  // A program that agreed on nothing leaves an empty log behind.
  return log.secrets.size > 0 || log.unreadable === 0
    ? ok(log)
    : err({...problemOf(noSecretsIn, {file}), exit: 2});
};

/** There is TLS, and all of it stays closed. */
const opensNothing = (trace: Trace): boolean => {
  const sessions = tlsSessionsIn(trace);
  return sessions.length > 0 && sessions.every(({closed}) => closed.length > 0);
};

/** Where programs write their secrets (RFC 9850 §1); a file that is not there is nobody's fault. */
const logOfEnvironment = (): KeyLog => {
  const file = process.env['SSLKEYLOGFILE'];
  const bytes = file ? readBytes(file) : undefined;
  return bytes?.ok ? parseKeyLog(bytes.value) : empty;
};

/** undefined: there are none. Cryptography is loaded only where there are. */
export const secretsFor = async (
  secrets: readonly CaptureSecrets[],
  file: string | undefined,
): Promise<Result<TlsKeys | undefined, Failure>> => {
  const named = file === undefined ? ok(logOfEnvironment()) : namedLog(file);
  if (!named.ok) return named;
  const inside = secrets.filter(({type}) => type === keyLogSecrets).map(({bytes}) => parseKeyLog(bytes));
  const log = joinKeyLogs([...inside, named.value]);
  if (log.secrets.size === 0) return ok(undefined);
  const [{nodeCrypto}, {unlockWith}] = await Promise.all([
    import('../io/crypto.ts'),
    import('../stack/tls/recorded/unlock.ts'),
  ]);
  return ok({log, unlock: unlockWith(nodeCrypto)});
};

/** undefined: there is no QUIC. Its first packets need no secrets (RFC 9001 §5.2). */
export const quicKeysFor = async (
  {sawQuic}: CaptureInspector,
  keys: TlsKeys | undefined,
): Promise<QuicKeys | undefined> => {
  if (!sawQuic) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return {crypto: nodeCrypto, log: keys?.log ?? empty};
};

export const openSecrets = async (
  {trace: closed, inspector, secrets, warning}: OpenCapture,
  file: string | undefined,
): Promise<Result<Warned, Failure>> => {
  const keys = await secretsFor(secrets, file);
  if (!keys.ok) return keys;
  const quic = await quicKeysFor(inspector, keys.value);
  const trace = quic ? closed.withQuic(quic) : closed;
  if (keys.value === undefined) return ok({trace, warning});
  const opened = trace.withKeys(keys.value);
  const idle = file !== undefined && warning === undefined && opensNothing(opened);
  return ok({trace: opened, warning: idle ? {problem: problemOf(secretsDoNotFit, {file})} : warning});
};
