// Tickets of TLS 1.2: the server's memory of a session, sealed and kept by the client (RFC 5077 §4).
import {octetText, textOctets} from '../../../wire/octets.ts';
import {
  decodeWhole,
  fixed,
  opaque,
  readerOf,
  struct,
  uint8,
  uint16,
  uint32,
} from '../../../wire/tls/presentation.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {openOctets, sealOctets} from '../ticket.ts';

export type TicketContent12 = {
  readonly suite: number;
  readonly master: Uint8Array;
  readonly extended: boolean;
  readonly issuedS: number;
  readonly lifetimeS: number;
  /** The server name (SNI) of the session that the ticket resumes; empty if the client sent none. */
  readonly serverName: string;
};

const content = struct({
  suite: uint16,
  master: fixed(48),
  extended: uint8,
  issuedS: uint32,
  lifetimeS: uint32,
  serverName: opaque({length: 1}),
});

/** The additional data of the seal, which distinguish tickets of TLS 1.2 from those of TLS 1.3 under the same key. */
const additional = textOctets('TLS 1.2');

export const sealTicket12 = (
  crypto: CryptoPort,
  {key, nonce}: {readonly key: Uint8Array; readonly nonce: Uint8Array},
  {extended, serverName, ...rest}: TicketContent12,
): Uint8Array => {
  const plaintext = content.write({
    ...rest,
    extended: extended ? 1 : 0,
    serverName: textOctets(serverName),
  });
  return sealOctets(crypto, {key, nonce, additional}, plaintext);
};

/** Decrypts a TLS 1.2 ticket; undefined if this server did not make it, or made it with an old key. */
export const openTicket12 = (
  crypto: CryptoPort,
  key: Uint8Array,
  ticket: Uint8Array,
): TicketContent12 | undefined => {
  const plaintext = openOctets(crypto, {key, additional}, ticket);
  const decoded = plaintext && decodeWhole(content, readerOf(plaintext));
  if (!decoded?.ok) return undefined;
  const {extended, serverName, ...rest} = decoded.value;
  return {...rest, extended: extended === 1, serverName: octetText(serverName)};
};
