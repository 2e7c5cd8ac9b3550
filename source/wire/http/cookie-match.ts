// Tells which requests a cookie is sent with, by host and path (RFC 6265 §5.1.2–5.1.4).
import {parseIpAddress} from '../ip-address.ts';
import type {HttpUrl} from './uri.ts';

/** Returns a URL's host in lower case, `[::1]` without its brackets. Names in other scripts are A-labels already. */
export const canonicalHost = (host: string): string => host.toLowerCase().replace(/^\[(.*)\]$/, '$1');

/**
 * Domain matching of cookies (§5.1.3): tells whether the names are equal, or `host` ends in a dot and `domain`; an IP address matches only
 * itself.
 */
export const domainMatches = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && !parseIpAddress(host).ok);

/** Returns the default path of a cookie without Path (§5.1.4): the folder of the requested path. */
export const defaultPath = ({path}: HttpUrl): string => {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
};

/**
 * Path matching of cookies (§5.1.4): tells whether the paths are equal, or the cookie's is a prefix that ends with a segment of
 * `requestPath`.
 */
export const pathMatches = (requestPath: string, cookiePath: string): boolean =>
  requestPath === cookiePath ||
  (requestPath.startsWith(cookiePath) &&
    (cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/'));
