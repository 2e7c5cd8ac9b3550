// Cuts the DNS messages out of a TCP or QUIC stream, in which each follows its length (RFC 1035 §4.2.2, RFC 9250 §4.2).
import {decodeDnsPart} from '../wire/dns/decode.ts';
import {splitDns} from '../wire/dns/framing.ts';
import {uint16} from '../wire/frame-headers.ts';
import type {Piece} from './reassembly.ts';

const noOctets = new Uint8Array(0);

const lengthBytes = 2;

/**
 * Tells whether octets after a gap in a TCP stream begin a DNS message: a length, and a message with one question, which hardly occurs by
 * chance (RFC 1035 §4.2.2).
 */
const beginsMessage = (bytes: Uint8Array): boolean => {
  const length = uint16(bytes, 0);
  const message = decodeDnsPart(bytes.subarray(lengthBytes, lengthBytes + length));
  return message?.questions.length === 1 && message.opcode === 0;
};

/** Cuts the DNS messages out of one direction of a TCP connection to port 53. */
export class DnsStream {
  #rest: Uint8Array = noOctets;
  #lost = false;

  /** Returns the DNS messages that a piece of the TCP stream completes. */
  take(piece: Piece): readonly Uint8Array[] {
    if (piece.kind === 'hole') this.#lost = true;
    if (piece.kind !== 'bytes') return [];
    if (this.#lost) {
      if (!beginsMessage(piece.bytes)) return [];
      this.#rest = noOctets;
      this.#lost = false;
    }
    const {messages, rest} = splitDns(this.#rest, piece.bytes);
    this.#rest = rest;
    return messages;
  }
}
