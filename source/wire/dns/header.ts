// The header of a DNS message (RFC 1035 §4.1.1, RFC 4035 §3 for AD and CD).
import {layout, part, uint} from '../layout.ts';
import {readUint} from '../octets.ts';
import type {DnsFlags} from './message.ts';

export const dnsHeader = layout('dns', [
  uint('id', 16, 'dns.id', {hex: 4}),
  uint('flags', 16, 'dns.flags', {
    hex: 4,
    parts: [
      part('dns.flags.response', 15),
      part('dns.flags.opcode', 11, 4),
      part('dns.flags.authoritative', 10),
      part('dns.flags.truncated', 9),
      part('dns.flags.recdesired', 8),
      part('dns.flags.recavail', 7),
      part('dns.flags.z', 6),
      part('dns.flags.authenticated', 5),
      part('dns.flags.checkdisable', 4),
      part('dns.flags.rcode', 0, 4),
    ],
  }),
  uint('questions', 16, 'dns.count.queries'),
  uint('answers', 16, 'dns.count.answers'),
  uint('authorities', 16, 'dns.count.auth_rr'),
  uint('additionals', 16, 'dns.count.add_rr'),
]);

/** Returns the numbers of questions and records in a DNS header, at once and not by its table, because every response is asked for them. */
export const countsOf = (bytes: Uint8Array) => ({
  questions: readUint(bytes, 4, 2),
  answers: readUint(bytes, 6, 2),
  authorities: readUint(bytes, 8, 2),
  additionals: readUint(bytes, 10, 2),
});

/** The position of each one-bit flag in the second word of a DNS header. */
const bits: {readonly [flag in keyof DnsFlags]: number} = {
  qr: 15,
  aa: 10,
  tc: 9,
  rd: 8,
  ra: 7,
  ad: 5,
  cd: 4,
};

const flagBit = (word: number, flag: keyof DnsFlags): boolean => ((word >> bits[flag]) & 1) === 1;

export const flagsOf = (word: number): DnsFlags => ({
  qr: flagBit(word, 'qr'),
  aa: flagBit(word, 'aa'),
  tc: flagBit(word, 'tc'),
  rd: flagBit(word, 'rd'),
  ra: flagBit(word, 'ra'),
  ad: flagBit(word, 'ad'),
  cd: flagBit(word, 'cd'),
});

/** Returns the second 16-bit word of a DNS header, which contains flags, opcode and RCODE. */
export const flagWord = (flags: DnsFlags, opcode: number, rcode: number): number => {
  const bit = (flag: keyof DnsFlags): number => (flags[flag] ? 1 << bits[flag] : 0);
  const set = bit('qr') | bit('aa') | bit('tc') | bit('rd') | bit('ra') | bit('ad') | bit('cd');
  return set | (opcode << 11) | rcode;
};
