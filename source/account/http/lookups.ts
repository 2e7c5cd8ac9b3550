// Finds the DNS lookups that were made before a connection was opened to the address in the answer (RFC 1034 §5.3.1).

import type {PacketRecord} from '../../sim/trace.ts';
import {addressesIn} from '../../wire/dns/message.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {dnsMessagesOf} from '../packet.ts';
import type {Stamp} from './messages.ts';

/** The times at which a name was asked for, and at which its address was known. */
export type Lookup = {readonly from: Stamp; readonly to: Stamp};

/** A step from a name to a connection: a host asks DNS for a name, learns its addresses, or opens a connection to an address. */
export type Naming = {readonly at: Stamp; readonly host: string} & (
  | {readonly kind: 'asks'; readonly name: string}
  | {readonly kind: 'learns'; readonly name: string; readonly addresses: readonly string[]}
  | {readonly kind: 'opens'; readonly connection: number; readonly address: string}
);

/** Returns the names for which the DNS queries in the packet `record` ask, as it is sent. */
export const namesAskedIn = (record: PacketRecord, at: Stamp): readonly Naming[] =>
  dnsMessagesOf(record).flatMap(({flags, questions: [question]}) =>
    question && !flags.qr ? {kind: 'asks', at, host: record.from, name: nameKey(question.name)} : [],
  );

/**
 * Returns the names that the DNS responses in the packet `record` resolve, as it arrives. A response without an address only counts if it
 * reports an error.
 */
export const namesLearntIn = (record: PacketRecord, at: Stamp): readonly Naming[] =>
  dnsMessagesOf(record).flatMap(({flags, rcode, questions: [question], answers}) => {
    const addresses = addressesIn(answers);
    return question && flags.qr && (addresses.length > 0 || rcode !== 0)
      ? {kind: 'learns', at, host: record.to, name: nameKey(question.name), addresses}
      : [];
  });

type Known = Lookup & {readonly host: string; readonly addresses: readonly string[]};

/** Returns the DNS lookup that led to each connection, by the connection's number. A later connection to the same address needs none. */
export const lookupsBefore = (namings: readonly Naming[]): ReadonlyMap<number, Lookup> => {
  const asked = new Map<string, Stamp>();
  const known = new Set<Known>();
  const lookups = new Map<number, Lookup>();
  for (const each of namings) {
    const {at, host} = each;
    if (each.kind === 'opens') {
      const found = [...known].findLast((one) => one.host === host && one.addresses.includes(each.address));
      if (!found) continue;
      known.delete(found);
      lookups.set(each.connection, {from: found.from, to: found.to});
      continue;
    }
    const key = `${host} ${each.name}`;
    const from = asked.get(key);
    if (each.kind === 'asks') asked.set(key, from ?? at);
    else if (from) {
      asked.delete(key);
      if (each.addresses.length > 0) known.add({host, from, to: at, addresses: each.addresses});
    }
  }
  return lookups;
};
