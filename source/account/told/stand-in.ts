// Finds an attacker on the path who answers under an address that is not his own (RFC 3552 §3.3.5).
import type {World} from '../../sim/world.ts';
import {listenerOf} from '../../wire/connection-id.ts';

/**
 * Returns another host that listens under the address and port of a connection's end; undefined if none does. `connection` is the name that
 * the address's owner would give the connection.
 */
export const standInFor = (world: World, connection: string, owner: string): string | undefined => {
  const listener = listenerOf(connection);
  return Object.values(world.hosts).find(({name, tcp}) => name !== owner && tcp.listeners.has(listener))
    ?.name;
};
