// Recorded captures of today's protocols, with what their side files say of them.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import type {TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {traceOfFile} from './captured.ts';

export const todayFolder = fileURLToPath(new URL('../fixtures/captures-today/', import.meta.url));

export const keyLogOf = (path: string): string | undefined => {
  const file = path.replace(/\.pcap(ng)?$/, '.keys');
  return existsSync(file) ? file : undefined;
};

export const keysOf = (path: string): TlsKeys | undefined => {
  const file = keyLogOf(path);
  return file === undefined
    ? undefined
    : {log: parseKeyLog(readFileSync(file)), unlock: unlockWith(nodeCrypto)};
};

/** Of the captures whose names begin so. */
export const todayCaptures = (beginning: string): readonly string[] =>
  readdirSync(todayFolder).filter((name) => name.startsWith(beginning) && /\.pcap(ng)?$/.test(name));

const traces = new Map<string, CapturedTrace>();

/** As the player reads it: TLS and QUIC opened, as far as there is a key log. Read once by each worker. */
export const todayTrace = (name: string): CapturedTrace => {
  const trace = traces.get(name) ?? read(name);
  traces.set(name, trace);
  return trace;
};

const read = (name: string): CapturedTrace => {
  const path = todayFolder + name;
  const file = keyLogOf(path);
  const log = parseKeyLog(file === undefined ? new Uint8Array(0) : readFileSync(file));
  const trace = traceOfFile(readFileSync(path), name, true).withQuic({crypto: nodeCrypto, log});
  const keys = keysOf(path);
  return keys ? trace.withKeys(keys) : trace;
};
