// Recognises Happy Eyeballs (RFC 8305 §5): a client tries a name's IPv6 and IPv4 address side by side, and abandons the attempt that it
// does not use.

import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {octetsOn, other, serverOf} from '../../verdict/sides.ts';
import {grouped} from '../../wire/grouped.ts';
import {namesOf} from './asked-names.ts';

/** The longest time in µs that a client may wait before its next attempt (RFC 8305 §8). */
const mostDelayUs = 2_000_000;

const isSix = (address: string): boolean => address.includes(':');

/**
 * Returns the one of two TCP connections to one name that the client abandoned, with the time at which the other one was open; empty if
 * they are no Happy Eyeballs pair.
 */
const givenUpIn = (
  first: ObservedConnection,
  second: ObservedConnection,
): readonly (readonly [ObservedConnection, number])[] => {
  const [one, two] = [first, second].map((each) => isSix(serverOf(each).address));
  const wasUsed = [first, second].map((each) => octetsOn(each) > 0);
  const isLate = second.firstUs - first.firstUs > mostDelayUs;
  if (one === two || isLate || wasUsed[0] === wasUsed[1]) return [];
  const [used, unused] = wasUsed[0] ? [first, second] : [second, first];
  const openUs = used.course.synAckedUs(other(used.client));
  return openUs === undefined ? [] : [[unused, openUs]];
};

export const givenUpUs = (
  connections: readonly ObservedConnection[],
  dns: readonly DnsTransaction[],
): ReadonlyMap<ObservedConnection, number> => {
  const names = namesOf(dns);
  const named = connections.flatMap((connection) => {
    const {address, port} = serverOf(connection);
    const name = names.get(address);
    return name === undefined ? [] : [{connection, site: `${name} ${port}`}];
  });
  return new Map(
    grouped(named, ({site}) => site).flatMap((all) =>
      all.slice(1).flatMap(({connection}, index) => {
        const before = all[index]?.connection;
        return before ? givenUpIn(before, connection) : [];
      }),
    ),
  );
};
