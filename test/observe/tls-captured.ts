// Recorded TLS connections with the secrets that were kept beside them.
import {existsSync, readFileSync} from 'node:fs';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {captureFiles, captureFolder} from '../wire/captures.ts';

export const tlsCaptures = captureFiles.filter((name) => /^(16|17a)/.test(name));

const beside = (name: string, ending: string): string => captureFolder + name.replace(/\.pcap(ng)?$/, ending);

export const keysOf = (log: Uint8Array): TlsKeys => ({log: parseKeyLog(log), unlock: unlockWith(nodeCrypto)});

export const keyFileOf = (name: string): Uint8Array | undefined => {
  const file = beside(name, '.keys');
  return existsSync(file) ? readFileSync(file) : undefined;
};

export const openedTrace = (name: string): Trace => {
  const log = keyFileOf(name);
  const trace = capturedTrace(name);
  return log ? trace.withKeys(keysOf(log)) : trace;
};

type Told = {
  readonly stream: number;
  readonly version: string | null;
  readonly cipherSuite: string | null;
  readonly sni: string | null;
  readonly alpn: string | null;
  readonly alpnOffered: readonly string[];
  readonly versionsOffered: readonly string[];
  readonly handshake: readonly {readonly frame: number; readonly message: string}[];
  readonly alerts: readonly {
    readonly frame: number;
    readonly level: string;
    readonly description: string;
  }[];
  readonly sessionResumed: boolean | null;
  readonly helloRetryRequest: boolean;
  readonly pskOffered: boolean;
  readonly earlyDataOffered: boolean;
};

type HttpTold = {
  readonly stream: number;
  readonly method: string;
  readonly target: string;
  readonly status?: number;
  readonly requestFrame: number;
  readonly responseFrame: number;
};

export type SideFile = {
  readonly tls: Told;
  readonly tlsSessions?: readonly Told[];
  /** As tshark tells it; without an answer that it could read, `responseFrame` is missing. */
  readonly http?: readonly HttpTold[];
};

export const sideFileOf = (name: string): SideFile => JSON.parse(readFileSync(beside(name, '.json'), 'utf8'));
