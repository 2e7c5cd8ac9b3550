// The recorded captures of QUIC (fixtures/captures-today), with their secrets or without.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import type {QuicKeys} from '../../source/wire/quic/packet-protection.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {traceOfFile} from '../helpers/captured.ts';

export const quicFolder = fileURLToPath(new URL('../fixtures/captures-today/', import.meta.url));

/** Without the ending. */
export const quicNames: readonly string[] = readdirSync(quicFolder)
  .filter((name) => /^2[28].*\.json$/.test(name))
  .map((name) => name.replace(/\.json$/, ''));

export const quicFile = (name: string): string =>
  quicFolder +
  (readdirSync(quicFolder).find((each) => /\.pcap(ng)?$/.test(each) && each.startsWith(name)) ?? name);

export const quicKeys = (name: string, secrets = true): QuicKeys => ({
  crypto: nodeCrypto,
  log: parseKeyLog(secrets ? readFileSync(`${quicFolder}${name}.keys`) : new Uint8Array(0)),
});

export const quicTrace = (name: string, secrets = true): CapturedTrace =>
  traceOfFile(readFileSync(quicFile(name)), name).withQuic(quicKeys(name, secrets));
