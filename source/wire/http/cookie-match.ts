// Tells which requests a cookie is for (RFC 6265 §5.1.2–5.1.4).
import {parseIpAddress} from '../ip-address.ts';
import type {HttpUrl} from './uri.ts';

/** Returns the host in lower case, and `[::1]` without its brackets. Names in other scripts already are A-labels. */
export const canonicalHost = (host: string): string => host.toLowerCase().replace(/^\[(.*)\]$/, '$1');

/** §5.1.3: tells whether the names are equal, or `host` ends in a dot and `domain`; an address only matches itself. */
export const domainMatches = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && !parseIpAddress(host).ok);

/** §5.1.4: returns the folder of the requested path. */
export const defaultPath = ({path}: HttpUrl): string => {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
};

/** §5.1.4: tells whether the paths are equal, or the cookie's is a prefix that ends with a segment of `requestPath`. */
export const pathMatches = (requestPath: string, cookiePath: string): boolean =>
  requestPath === cookiePath ||
  (requestPath.startsWith(cookiePath) &&
    (cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/'));
