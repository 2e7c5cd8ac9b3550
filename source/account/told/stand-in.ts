// Somebody on the way who answers under an address that is not his own (RFC 3552 §3.3.5).
import type {World} from '../../sim/world.ts';
import {listenerOf} from '../../wire/connection-id.ts';

/** `connection`: as the host of that address would call it. */
export const standInFor = (world: World, connection: string, owner: string): string | undefined => {
  const listener = listenerOf(connection);
  return Object.values(world.hosts).find(({name, tcp}) => name !== owner && tcp.listeners.has(listener))
    ?.name;
};
