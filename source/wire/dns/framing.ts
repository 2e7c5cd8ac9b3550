// DNS over TCP: each message behind its length in two octets (RFC 1035 §4.2.2, RFC 7766 §8).
import {joinedOctets, readUint, writeUint} from '../octets.ts';

const lengthOctets = 2;

/** Throws where the length does not fit its field: `encodeDnsWithin(message, 65535)` makes one that does. */
export const frameDns = (message: Uint8Array): Uint8Array => {
  if (message.length > 0xffff) throw new RangeError(`a message of ${message.length} octets`);
  const framed = new Uint8Array(lengthOctets + message.length);
  writeUint(framed, 0, 2, message.length);
  framed.set(message, lengthOctets);
  return framed;
};

/** `rest`: the beginning of a message whose end is still to come. */
type Split = {readonly messages: readonly Uint8Array[]; readonly rest: Uint8Array};

/** The messages that `piece` completes; `held` is the rest of the pieces before. */
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
