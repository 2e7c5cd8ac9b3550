// The words after REPLY: opcode, response code and flags of a message, by the format's own names.
import type {DnsFlags} from '../../wire/dns/message.ts';
import {Rcode} from '../../wire/dns/registry.ts';

export const opcodeWords: ReadonlyMap<string, number> = new Map([
  ['QUERY', 0],
  ['IQUERY', 1],
  ['STATUS', 2],
  ['NOTIFY', 4],
  ['UPDATE', 5],
]);

/** Response codes; Deckard writes NOTIMP as in the registry, Unbound NOTIMPL. */
export const rcodeWords: ReadonlyMap<string, number> = new Map([
  ['NOTIMPL', Rcode.NOTIMP],
  // The codes that fit a header alone (RFC 6891 §6.1.3).
  ...Object.entries(Rcode).filter(([, number]) => number < 16),
]);

/** Flags in the order of the header. */
export const flagWords: ReadonlyMap<string, keyof DnsFlags> = new Map([
  ['QR', 'qr'],
  ['AA', 'aa'],
  ['TC', 'tc'],
  ['RD', 'rd'],
  ['RA', 'ra'],
  ['AD', 'ad'],
  ['CD', 'cd'],
]);

/** A flag outside the header, which asks for an OPT record with that flag. */
export const dnssecOk = 'DO';

export const replyWords: readonly string[] = [
  ...opcodeWords.keys(),
  ...rcodeWords.keys(),
  ...flagWords.keys(),
  dnssecOk,
];
