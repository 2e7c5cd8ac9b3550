// Returns the octets of a DNS message's question, by which a reply is matched with it, without decoding the message (RFC 1035 §4.1.2).
import {decodeDnsPart} from '../wire/dns/decode.ts';
import type {DnsMessage, DnsQuestion} from '../wire/dns/message.ts';
import {labelOctets, labelOctetsMost, labelsOf, nameOctetsMost, rootName} from '../wire/dns/name.ts';
import {Opcode, RecordClass} from '../wire/dns/registry.ts';
import {uint16} from '../wire/frame-headers.ts';

export const headerOctets = 12;

/**
 * Returns what a DNS message asks for: its first question, or else the record whose name an inverse query (opcode 1) looks for, or the
 * state of the server, which has type 0; undefined if it asks nothing.
 */
export const questionOf = (message: DnsMessage): DnsQuestion | undefined => {
  const {opcode, flags, questions, answers} = message;
  const [[question], [sought]] = [questions, answers];
  const isBare = !question && !flags.qr && (opcode === Opcode.IQUERY || opcode === Opcode.STATUS);
  return isBare ? (sought ?? {name: rootName, type: 0, class: RecordClass.IN}) : question;
};

/** Returns the offset after the name of a message's only question; undefined if the name is compressed or the counts differ. */
const plainNameEnd = (bytes: Uint8Array): number | undefined => {
  if (uint16(bytes, 4) !== 1) return undefined;
  let at = headerOctets;
  for (;;) {
    const length = bytes[at] ?? 0xff;
    if (length === 0)
      return at + 1 - headerOctets <= nameOctetsMost && at + 5 <= bytes.length ? at + 1 : undefined;
    if (length > labelOctetsMost) return undefined;
    at += 1 + length;
  }
};

const slowKey = (bytes: Uint8Array): string | undefined => {
  const message = decodeDnsPart(bytes);
  const question = message && questionOf(message);
  if (!question) return message && '';
  const {name, type} = question;
  const octets = labelsOf(name).flatMap((label) => {
    const own = [...labelOctets(label)];
    return [own.length, ...own];
  });
  return String.fromCharCode(...octets, 0, type, question.class);
};

/**
 * Returns the octets of a DNS message's first question as a string, with the case of letters unchanged; empty without a question, undefined
 * if the questions cannot be decoded.
 */
export const questionKey = (bytes: Uint8Array): string | undefined => {
  const end = plainNameEnd(bytes);
  if (end === undefined) return slowKey(bytes);
  const octets: number[] = [];
  for (let at = headerOctets; at < end; at++) octets.push(bytes[at] ?? 0);
  return String.fromCharCode(...octets, uint16(bytes, end), uint16(bytes, end + 2));
};
