// The address of a host, and its name as expressions write it.
import type {Trace} from '../sim/trace.ts';

export const addressOf = ({header}: Trace, host: string): string =>
  header.hosts.find(({name}) => name === host)?.ip[0] ?? host;

/** Returns a host's name as expressions of the lesson language write it: an address is quoted. */
export const writtenHost = (host: string): string => (/^[a-z][a-z0-9_]*$/.test(host) ? host : `"${host}"`);
