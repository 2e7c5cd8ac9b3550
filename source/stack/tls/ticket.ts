// The tickets of a TLS 1.3 server that keeps no sessions: each contains all that the server has to know later, sealed under the server's
// own key (RFC 9846 §4.7.1).
import {noOctets, octetText, textOctets} from '../../wire/octets.ts';
import {decodeWhole, fixed, opaque, readerOf, struct, uint16, uint32} from '../../wire/tls/presentation.ts';
import type {AeadName, CryptoPort} from './crypto-port.ts';

export type TicketContent = {
  readonly suite: number;
  readonly psk: Uint8Array;
  readonly issuedMs: number;
  readonly lifetimeS: number;
  readonly ageAdd: number;
  /**
   * The server name (SNI) of the session that the ticket resumes; the ticket is refused for another name. Empty if the client sent none.
   */
  readonly serverName: string;
  readonly alpn: string;
};

const aead: AeadName = 'aes-256-gcm';
const nonceBytes = 12;

const content = struct({
  suite: uint16,
  psk: opaque({length: 1}),
  /** The time at which the ticket was issued, in seconds and remaining milliseconds, because a number of the codec has at most 32 bits. */
  issuedS: uint32,
  issuedRestMs: uint16,
  lifetimeS: uint32,
  ageAdd: uint32,
  serverName: opaque({length: 1}),
  alpn: opaque({length: 1}),
});

type Sealing = {readonly key: Uint8Array; readonly nonce: Uint8Array; readonly additional: Uint8Array};

/**
 * Encrypts a ticket's content with AES-256-GCM, with the nonce in front; `additional` (the additional data) distinguishes tickets of TLS
 * 1.2 and 1.3.
 */
export const sealOctets = (
  crypto: CryptoPort,
  {key, nonce, additional}: Sealing,
  plaintext: Uint8Array,
): Uint8Array => {
  const sealed = crypto.seal({aead, key, nonce, additional, plaintext});
  return Uint8Array.of(...fixed(nonceBytes).write(nonce), ...sealed);
};

export const openOctets = (
  crypto: CryptoPort,
  {key, additional}: Omit<Sealing, 'nonce'>,
  ticket: Uint8Array,
): Uint8Array | undefined => {
  const nonce = ticket.subarray(0, nonceBytes);
  if (nonce.length < nonceBytes) return undefined;
  return crypto.open({aead, key, nonce, additional, ciphertext: ticket.subarray(nonceBytes)});
};

export const sealTicket = (
  crypto: CryptoPort,
  key: Uint8Array,
  nonce: Uint8Array,
  {issuedMs, serverName, alpn, ...rest}: TicketContent,
): Uint8Array => {
  const plaintext = content.write({
    ...rest,
    issuedS: Math.floor(issuedMs / 1000),
    issuedRestMs: issuedMs % 1000,
    serverName: textOctets(serverName),
    alpn: textOctets(alpn),
  });
  return sealOctets(crypto, {key, nonce, additional: noOctets}, plaintext);
};

/** Decrypts a TLS 1.3 ticket; undefined if this server did not make it, or made it with an old key. */
export const openTicket = (
  crypto: CryptoPort,
  key: Uint8Array,
  ticket: Uint8Array,
): TicketContent | undefined => {
  const plaintext = openOctets(crypto, {key, additional: noOctets}, ticket);
  const decoded = plaintext && decodeWhole(content, readerOf(plaintext));
  if (!decoded?.ok) return undefined;
  const {issuedS, issuedRestMs, serverName, alpn, ...rest} = decoded.value;
  return {
    ...rest,
    issuedMs: issuedS * 1000 + issuedRestMs,
    serverName: octetText(serverName),
    alpn: octetText(alpn),
  };
};
