// The client of RFC 8448: with the private keys and randoms of the traces our machine says what theirs said.
import {tlsClient} from '../../../source/stack/tls/connection.ts';
import {type TlsClientSettings, tlsClientDefaults} from '../../../source/stack/tls/settings.ts';
import {End} from './pair.ts';
import {clientPrivate, message} from './rfc8448.ts';

/** What the ends of the trace drew by chance. */
export const drawn =
  (values: Readonly<Record<string, Uint8Array>>) =>
  (size: number, ...keys: readonly (string | number)[]) =>
    values[keys.join(' ')] ?? new Uint8Array(size);

const schemes = [
  0x0403, 0x0503, 0x0603, 0x0203, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0402, 0x0502,
  0x0602, 0x0202,
];
export const raw = (type: number, value: Uint8Array = new Uint8Array()) =>
  ({name: 'raw', type, value}) as const;
const renegotiationInfo = raw(0xff01, Uint8Array.of(0));
export const recordSizeLimit = raw(28, Uint8Array.of(0x40, 0x01));

/** What the client of all three traces is like. */
export const settings: TlsClientSettings = {
  ...tlsClientDefaults,
  serverName: 'server',
  middleboxCompatibility: false,
  helloPadding: true,
  cipherSuites: [0x1301, 0x1303, 0x1302],
  groups: [29, 23, 24, 25, 256, 257, 258, 259, 260],
  signatureSchemes: schemes,
  extensions: [renegotiationInfo, recordSizeLimit],
  extensionOrder: [0, 0xff01, 10, 35, 51, 42, 43, 13, 44, 45, 28],
};

export const client = () =>
  new End(
    tlsClient({...settings, extensions: [...settings.extensions, raw(35)]}),
    drawn({
      'client random': message('ClientHello').slice(6, 38),
      'client key share x25519': clientPrivate,
    }),
  );
