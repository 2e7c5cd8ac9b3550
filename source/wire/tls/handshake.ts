// Handshake messages of TLS 1.2 (RFC 5246 §7.4) and 1.3 (RFC 9846 §4): four octets of type and length, then the body.

import {namesOf} from '../names-of.ts';
import {sameBytes} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {
  certificate12,
  certificateRequest12,
  certificateStatus,
  clientKeyExchange,
  newSessionTicket12,
  serverKeyExchange,
} from './handshake-12.ts';
import {
  certificate13,
  certificateRequest13,
  encryptedExtensions,
  keyUpdate,
  newSessionTicket13,
} from './handshake-13.ts';
import {clientHello, helloRetryRandom, helloRetryRequest, serverHello} from './hello.ts';
import {
  type Codec,
  decodeWhole,
  empty,
  joinBytes,
  opaque,
  quietReaderOf,
  rest,
  shown,
  struct,
  type TlsReader,
  uint,
  uint8,
  uint16,
  type ValueOf,
} from './presentation.ts';
import {HandshakeType} from './registry.ts';
import {type TlsError, tlsError} from './tls-error.ts';

/** The CertificateVerify message, which is alike in TLS 1.2 and 1.3 (RFC 9846 §4.5.2, RFC 5246 §7.4.8). */
const certificateVerify = struct({
  algorithm: shown('tls.handshake.sig_hash_alg', uint16, {hex: 4}),
  signature: opaque({
    length: 2,
    row: 'tls.handshake.client_cert_vrfy.sig_len',
    shows: 'tls.handshake.client_cert_vrfy.sig',
  }),
});

const hellos = {
  client_hello: clientHello,
  server_hello: serverHello,
  hello_retry_request: helloRetryRequest,
  certificate_verify: certificateVerify,
  finished: shown('tls.handshake.verify_data', rest),
};

const messages12 = {
  ...hellos,
  hello_request: empty,
  new_session_ticket: newSessionTicket12,
  certificate: certificate12,
  certificate_status: certificateStatus,
  server_key_exchange: serverKeyExchange,
  certificate_request: certificateRequest12,
  server_hello_done: empty,
  client_key_exchange: clientKeyExchange,
};

const messages13 = {
  ...hellos,
  new_session_ticket: newSessionTicket13,
  end_of_early_data: empty,
  encrypted_extensions: encryptedExtensions,
  certificate: certificate13,
  certificate_request: certificateRequest13,
  key_update: keyUpdate,
  /** message_hash is never sent: after a HelloRetryRequest it replaces the first ClientHello in the transcript (RFC 9846 §4.1). */
  message_hash: rest,
};

type Table = Readonly<Record<string, Codec<unknown>>>;
type MessageOf<T extends Table> = {
  readonly [N in keyof T]: {readonly type: N; readonly body: ValueOf<T[N]>};
}[keyof T];

const uint24 = uint(3);
const typeRow = shown('tls.handshake.type', uint8);
const lengthRow = shown('tls.handshake.length', uint24);

export type Handshake12 = MessageOf<typeof messages12>;
export type Handshake13 = MessageOf<typeof messages13>;

/** The size in octets of the header of a TLS handshake message: its type and length. */
export const handshakeHeaderSize = 4;

/**
 * The longest TLS handshake message that is accepted, in octets, so that a peer cannot fill the memory; certificate chains are far shorter.
 */
export const maxHandshakeSize = 0x2_0000;

const numbers: Readonly<Record<string, number>> = {
  ...HandshakeType,
  // A HelloRetryRequest is a ServerHello with a fixed random (RFC 9846 §4.2.3).
  hello_retry_request: HandshakeType.server_hello,
};
const names = namesOf(HandshakeType);

/** Tells whether a ServerHello (header included) is a HelloRetryRequest, by its random (RFC 9846 §4.2.3). */
export const asksAgain = (message: Uint8Array): boolean =>
  message[0] === HandshakeType.server_hello &&
  sameBytes(message.subarray(handshakeHeaderSize + 2, handshakeHeaderSize + 34), helloRetryRandom);

type UntypedMessage = {readonly type: string; readonly body: unknown};

type Messages<T extends Table> = {
  /** Reads one TLS handshake message, `from.at … from.end`, header included. */
  read(from: TlsReader): Result<MessageOf<T>, TlsError>;
  decode(message: Uint8Array): Result<MessageOf<T>, TlsError>;
  /** Encodes a TLS handshake message, header included. Throws a RangeError if a value does not fit its field. */
  encode(message: MessageOf<T>): Uint8Array;
};

/** Makes the codec for the handshake messages of a TLS version; a message that is not in the table is unexpected_message (RFC 9846 §4). */
function messagesOf<T extends Table>(table: T): Messages<T>;
function messagesOf(table: Table): Messages<Table> {
  const codecs = new Map(Object.entries(table));
  const read = (from: TlsReader): Result<UntypedMessage, TlsError> => {
    const start = from.at;
    const number = typeRow.read(from);
    const length = lengthRow.read(from);
    if (from.error) return err(from.error);
    const end = from.at + length;
    if (end > from.end) return err(tlsError('short', start + 1));
    if (end < from.end) return err(tlsError('trailing', end));
    const isAgain = number === HandshakeType.server_hello && asksAgain(from.bytes.subarray(start, end));
    const type = isAgain ? 'hello_retry_request' : (names.get(number) ?? '');
    const codec = codecs.get(type);
    if (!codec) return err(tlsError('handshake-type', start));
    const body = decodeWhole(codec, from);
    return body.ok ? ok({type, body: body.value}) : body;
  };
  return {
    read,
    decode: (message) => read(quietReaderOf(message)),
    encode: ({type, body}) => {
      const octets = table[type]?.write(body) ?? new Uint8Array(0);
      return joinBytes([uint8.write(numbers[type] ?? 0), uint24.write(octets.length), octets]);
    },
  };
}

export const tls12 = messagesOf(messages12);
export const tls13 = messagesOf(messages13);
