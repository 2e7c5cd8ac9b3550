// The RFCs' names of handshake messages: `client_hello` is ClientHello, and two messages have the number of server_hello (RFC 9846 §4.2.4).
import {readUint, sameBytes} from '../octets.ts';
import {handshakeHeaderSize} from './handshake.ts';
import {helloRetryRandom} from './hello.ts';
import {HandshakeType, handshakeTypeName} from './registry.ts';

export const spokenMessage = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The place of the random in a hello, before which only the header and the version are. */
const randomAt = handshakeHeaderSize + 2;

/** Returns the name of a whole handshake message. */
export const messageName = (message: Uint8Array): string => {
  const type = readUint(message, 0, 1);
  const random = message.subarray(randomAt, randomAt + helloRetryRandom.length);
  const retry = type === HandshakeType.server_hello && sameBytes(random, helloRetryRandom);
  return retry ? 'HelloRetryRequest' : spokenMessage(handshakeTypeName(type));
};
