// Records of TLS under a lock of the tests’ own: behind the header of a protected one stands its inner type, then its content as it is.
import type {Lock, TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {ok} from '../../source/wire/result.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';

type Octets = Iterable<number>;

const lock: Lock = {
  open: ({fragment}) => ({type: fragment[0] ?? 0, content: fragment.slice(1), at: 1, next: lock}),
};
export const unlockedKeys: TlsKeys = {log: {secrets: new Map(), unreadable: 0}, unlock: () => ok(lock)};

export const record = (type: number, octets: Octets): number[] => {
  const body = [...octets];
  return [type, 3, 3, body.length >> 8, body.length & 0xff, ...body];
};
/** Of a program. */
export const program = (octets: Octets): number[] => record(23, [23, ...octets]);
export const handshake = (message: Octets): number[] => record(23, [22, ...message]);
export const alert = (level: number, description: number): number[] => record(23, [21, level, description]);
export const finished = handshake([20, 0, 0, 0]);

export const clientHello = (early = false): Uint8Array =>
  tls13.encode({
    type: 'client_hello',
    body: {
      ...{legacyVersion: 0x0303, random: new Uint8Array(32), legacySessionId: new Uint8Array()},
      ...{cipherSuites: [0x1301], legacyCompressionMethods: [0]},
      extensions: early ? [{name: 'early_data', value: undefined}] : [],
    },
  });
