// Reads a capture in one pass, with its keys and its warnings, for commands that tell everything in it.
import {inspectCapture} from '../io/capture.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import {allShown, type FileFacts} from '../observe/inspection-json.ts';
import {MAX_CONNECTIONS} from '../observe/open-connections.ts';
import {type CapturedQuic, capturedQuic} from '../observe/quic-captured.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import type {Evidence} from '../verdict/evidence.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {captureCrowded} from '../words/catalogue/capture-errors.ts';
import {noConnection} from '../words/catalogue/reading.ts';
import {problemOf} from '../words/problem.ts';
import type {Arguments, Context, Failure} from './command.ts';
import {KeyRing, quicKeysFor} from './open-secrets.ts';
import {connectionOf, readBudgetOf} from './options.ts';
import {printWarning} from './print.ts';
import {withBar} from './reading-bar.ts';

/** All of a capture that was read. */
export type ReadWhole = {
  readonly facts: FileFacts;
  readonly inspector: CaptureInspector;
  readonly keys: TlsKeys | undefined;
  readonly quic: readonly CapturedQuic[];
};

/** What was read, and the number of the connection that was asked for; undefined if all of them were. */
export type ReadFile = ReadWhole & {readonly only: number | undefined};

/** Returns the error that a capture has no connection of this number. */
export const noSuchConnection = (given: number, {connections}: CaptureInspector): Failure => ({
  ...problemOf(noConnection, {given, count: connections.length}),
  exit: 2,
});

export const readWhole = async (args: Arguments, context: Context): Promise<Result<ReadWhole, Failure>> => {
  const {language} = context;
  const name = args.positionals[0] ?? '';
  const budget = readBudgetOf(args);
  if (!budget.ok) return budget;
  const read = await withBar(name, context, (watch) => inspectCapture(name, {watch, ...budget.value}));
  if (!read.ok) {
    const {problem, place} = read.error;
    return err({...problem, ...(place === undefined ? {} : {place}), exit: 2});
  }
  const {inspector, facts, secrets, warning} = read.value;
  const keys = await new KeyRing(args.value('keylog')).keys(secrets);
  if (!keys.ok) return keys;
  if (warning) printWarning(warning.problem, warning.place, language);
  if (inspector.unfollowed > 0)
    printWarning(
      problemOf(captureCrowded, {file: name, connections: MAX_CONNECTIONS, frames: inspector.unfollowed}),
      undefined,
      language,
    );
  const quicKeys = await quicKeysFor(inspector, keys.value);
  const quic = quicKeys ? capturedQuic(inspector, quicKeys) : [];
  return ok({facts, inspector, keys: keys.value, quic});
};

export const readInspected = async (
  args: Arguments,
  context: Context,
): Promise<Result<ReadFile, Failure>> => {
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const read = await readWhole(args, context);
  if (!read.ok) return read;
  const only = connection.value;
  const {inspector} = read.value;
  if (only !== undefined && only > inspector.connections.length)
    return err(noSuchConnection(only, inspector));
  return ok({...read.value, only});
};

/** Returns the evidence of the whole capture, whichever connection was asked for, because other connections affect its findings. */
export const evidenceIn = ({inspector, keys, quic}: ReadWhole): Evidence => ({
  ...allShown(inspector, capturedTls(inspector.connections, keys), quic),
  inspector,
  quic,
});
