// The RFCs' names of TLS handshake messages, such as ClientHello for `client_hello`; a server_hello is a ServerHello or a HelloRetryRequest
// (RFC 9846 §4.2.4).
import {readUint, sameBytes} from '../octets.ts';
import {handshakeHeaderSize} from './handshake.ts';
import {helloRetryRandom} from './hello.ts';
import {HandshakeType, handshakeTypeName} from './registry.ts';

export const spokenMessage = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The offset of the random in a ClientHello or ServerHello: only the message header and the version precede it. */
const randomAt = handshakeHeaderSize + 2;

/** Returns the RFCs' name of a whole TLS handshake message, header included. */
export const messageName = (message: Uint8Array): string => {
  const type = readUint(message, 0, 1);
  const random = message.subarray(randomAt, randomAt + helloRetryRandom.length);
  const retry = type === HandshakeType.server_hello && sameBytes(random, helloRetryRandom);
  return retry ? 'HelloRetryRequest' : spokenMessage(handshakeTypeName(type));
};
