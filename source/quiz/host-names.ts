// Finds a host's IP address, and writes host names as expressions of the lesson language do.
import type {Trace} from '../sim/trace.ts';

export const addressOf = ({header}: Trace, host: string): string =>
  header.hosts.find(({name}) => name === host)?.ip[0] ?? host;

/** Returns a host's name as the lesson language writes it: quoted if it is an address. */
export const writtenHost = (host: string): string => (/^[a-z][a-z0-9_]*$/.test(host) ? host : `"${host}"`);
