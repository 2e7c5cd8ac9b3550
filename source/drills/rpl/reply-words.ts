// The words after REPLY in a replay script: opcode, response code and flags of a DNS message, by the format's names.
import type {DnsFlags} from '../../wire/dns/message.ts';
import {Rcode} from '../../wire/dns/registry.ts';

export const opcodeWords: ReadonlyMap<string, number> = new Map([
  ['QUERY', 0],
  ['IQUERY', 1],
  ['STATUS', 2],
  ['NOTIFY', 4],
  ['UPDATE', 5],
]);

/** The numbers of DNS response codes by name. NOTIMP is the registry's name, which Deckard uses; Unbound writes NOTIMPL. */
export const rcodeWords: ReadonlyMap<string, number> = new Map([
  ['NOTIMPL', Rcode.NOTIMP],
  // Only response codes that the DNS header can have without EDNS (RFC 6891 §6.1.3).
  ...Object.entries(Rcode).filter(([, number]) => number < 16),
]);

/** The flags of the DNS header by their names in replay scripts, in the order of the header. */
export const flagWords: ReadonlyMap<string, keyof DnsFlags> = new Map([
  ['QR', 'qr'],
  ['AA', 'aa'],
  ['TC', 'tc'],
  ['RD', 'rd'],
  ['RA', 'ra'],
  ['AD', 'ad'],
  ['CD', 'cd'],
]);

/** The word for the DNSSEC OK flag in replay scripts; it is not in the header, so the message gets an OPT record with it. */
export const dnssecOk = 'DO';

export const replyWords: readonly string[] = [
  ...opcodeWords.keys(),
  ...rcodeWords.keys(),
  ...flagWords.keys(),
  dnssecOk,
];
