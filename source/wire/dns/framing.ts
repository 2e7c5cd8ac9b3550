// Frames DNS messages for TCP, where each follows its length in two octets, and splits them again (RFC 1035 §4.2.2, RFC 7766 §8).
import {joinedOctets, readUint, writeUint} from '../octets.ts';

const lengthOctets = 2;

/**
 * Returns a DNS message with its length before it. Throws if the length does not fit its field; `encodeDnsWithin(message, 65535)` makes
 * a message that does.
 */
export const frameDns = (message: Uint8Array): Uint8Array => {
  if (message.length > 0xffff) throw new RangeError(`a message of ${message.length} octets`);
  const framed = new Uint8Array(lengthOctets + message.length);
  writeUint(framed, 0, 2, message.length);
  framed.set(message, lengthOctets);
  return framed;
};

/** The whole DNS messages in a piece of a TCP stream; `rest` is the beginning of an incomplete one, with its length field. */
type Split = {readonly messages: readonly Uint8Array[]; readonly rest: Uint8Array};

/** Returns the DNS messages that `piece` of a TCP stream completes; `held` is the `rest` of earlier pieces. */
export const splitDns = (held: Uint8Array, piece: Uint8Array): Split => {
  const bytes = joinedOctets([held, piece]);
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at + lengthOctets <= bytes.length) {
    const end = at + lengthOctets + readUint(bytes, at, 2);
    if (end > bytes.length) break;
    messages.push(bytes.slice(at + lengthOctets, end));
    at = end;
  }
  return {messages, rest: bytes.slice(at)};
};
