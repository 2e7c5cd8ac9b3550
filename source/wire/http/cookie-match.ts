// Which requests a cookie is for (RFC 6265 §5.1.2–5.1.4).
import {parseIpAddress} from '../ip-address.ts';
import type {HttpUrl} from './uri.ts';

/** Lower-case; `[::1]` without its brackets. Names in other scripts come as A-labels already. */
export const canonicalHost = (host: string): string => host.toLowerCase().replace(/^\[(.*)\]$/, '$1');

/** §5.1.3: equal, or `host` ends in a dot and `domain`; of an address only equal counts. */
export const domainMatches = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && !parseIpAddress(host).ok);

/** §5.1.4: the folder of what was asked for. */
export const defaultPath = ({path}: HttpUrl): string => {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
};

/** §5.1.4: equal, or a prefix that ends where a segment of `requestPath` ends. */
export const pathMatches = (requestPath: string, cookiePath: string): boolean =>
  requestPath === cookiePath ||
  (requestPath.startsWith(cookiePath) &&
    (cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/'));
