// Which host an address belongs to, and which address a host has.
import type {Trace} from '../sim/trace.ts';

export const addressOf = ({header}: Trace, host: string): string =>
  header.hosts.find(({name}) => name === host)?.ip[0] ?? host;

/** As expressions of the lesson language write it: an address stands in quotes. */
export const writtenHost = (host: string): string => (/^[a-z][a-z0-9_]*$/.test(host) ? host : `"${host}"`);

export const ownerOf = ({header}: Trace, ip: string): string | undefined =>
  header.hosts.find((host) => host.ip.includes(ip))?.name;
