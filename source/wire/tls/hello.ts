// The codecs of ClientHello and ServerHello (RFC 9846 §4.2.2, §4.2.3; RFC 5246 §7.4.1), and the special values of a ServerHello's random.
import {octetsOf, sameBytes} from '../octets.ts';
import {extensionBlock, extensionValue} from './extension-list.ts';
import {clientHelloExtensions, helloRetryRequestExtensions, serverHelloExtensions} from './extensions.ts';
import {
  type Codec,
  checked,
  fixed,
  list,
  opaque,
  optional,
  shown,
  struct,
  uint8,
  uint16,
  type ValueOf,
} from './presentation.ts';

const version = shown('tls.handshake.version', uint16, {hex: 4});
const random = shown('tls.handshake.random', fixed(32));
const cipherSuite = shown('tls.handshake.ciphersuite', uint16, {hex: 4});
const compressionMethod = shown('tls.handshake.comp_method', uint8);
const sessionId = opaque({
  length: 1,
  max: 32,
  row: 'tls.handshake.session_id_length',
  shows: 'tls.handshake.session_id',
});

/** pre_shared_key has to be the last extension of a ClientHello (RFC 9846 §4.3.11). */
const clientExtensions = checked(extensionBlock(clientHelloExtensions), (all) => {
  const psk = all.findIndex(({name}) => name === 'pre_shared_key');
  return psk >= 0 && psk < all.length - 1 ? 'psk-not-last' : undefined;
});

/**
 * The ClientHello message. If `extensions` is undefined (TLS 1.2), the message has no extension block; an empty list is a block of length
 * 0.
 */
export const clientHello = struct({
  legacyVersion: version,
  random,
  legacySessionId: sessionId,
  cipherSuites: list(
    {length: 2, min: 2, max: 0xfffe, row: 'tls.handshake.cipher_suites_length'},
    cipherSuite,
  ),
  legacyCompressionMethods: list(
    {length: 1, min: 1, row: 'tls.handshake.comp_methods_length'},
    compressionMethod,
  ),
  extensions: optional(clientExtensions),
});

export type ClientHello = ValueOf<typeof clientHello>;
export type ClientHelloExtension = NonNullable<ClientHello['extensions']>[number];

const serverHelloWith = <T>(extensions: Codec<T>) =>
  struct({
    legacyVersion: version,
    random,
    legacySessionIdEcho: sessionId,
    cipherSuite,
    legacyCompressionMethod: compressionMethod,
    extensions: optional(extensions),
  });

export const serverHello = serverHelloWith(extensionBlock(serverHelloExtensions));
export const helloRetryRequest = serverHelloWith(extensionBlock(helloRetryRequestExtensions));

export type ServerHello = ValueOf<typeof serverHello>;
export type HelloRetryRequest = ValueOf<typeof helloRetryRequest>;

/** The random that marks a ServerHello as a HelloRetryRequest: SHA-256 of "HelloRetryRequest" (RFC 9846 §4.2.3). */
export const helloRetryRandom = octetsOf('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c');

/** The last eight octets of ServerHello's random if a server that knows TLS 1.3 agrees on a lower version (RFC 9846 §4.2.3). */
export const downgradeSentinels = {
  'TLS 1.2': octetsOf('444f574e47524401'),
  'TLS 1.1': octetsOf('444f574e47524400'),
} as const;

/**
 * Returns the version that the downgrade sentinel in a ServerHello's random names, `TLS 1.1` for all below 1.2; undefined without a
 * sentinel.
 */
export const downgradeIn = (random: Uint8Array): keyof typeof downgradeSentinels | undefined => {
  const tail = random.subarray(24);
  if (sameBytes(tail, downgradeSentinels['TLS 1.2'])) return 'TLS 1.2';
  return sameBytes(tail, downgradeSentinels['TLS 1.1']) ? 'TLS 1.1' : undefined;
};

/** Returns the part of a ClientHello that its PSK binders cover: `message`, header included, up to the binders (RFC 9846 §4.3.11.2). */
export const withoutBinders = (message: Uint8Array, {extensions}: ClientHello): Uint8Array => {
  const {binders = []} = extensionValue(extensions, 'pre_shared_key') ?? {};
  // The list of binders has a length of two octets, each binder a length of one.
  const octets = binders.reduce((sum, {length}) => sum + 1 + length, 2);
  return message.slice(0, message.length - octets);
};
