// Which address a host has, and how expressions write its name.
import type {Trace} from '../sim/trace.ts';

export const addressOf = ({header}: Trace, host: string): string =>
  header.hosts.find(({name}) => name === host)?.ip[0] ?? host;

/** As expressions of the lesson language write it: an address stands in quotes. */
export const writtenHost = (host: string): string => (/^[a-z][a-z0-9_]*$/.test(host) ? host : `"${host}"`);
