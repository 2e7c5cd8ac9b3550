// Reads, writes and resolves URI references (RFC 3986), and normalizes the URLs of http and https (RFC 9110 §4.2).
import {parseIpAddress} from '../ip-address.ts';
import {percentNormalized} from './percent.ts';

/** The five components of a URI reference (RFC 3986 §3). A component that is undefined is absent; an empty one is present. */
export type UriReference = {
  readonly scheme?: string;
  readonly authority?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
};

export type Uri = UriReference & {readonly scheme: string};

const pchar = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})";
const pathPattern = new RegExp(`^(?:${pchar}|/)*$`);
const queryPattern = new RegExp(`^(?:${pchar}|[/?])*$`);
const userinfoPattern = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*$/;
const namePattern = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/** The authority of a URI. The `host` of an IPv6 address has its brackets; `port` is a text because it may be empty. */
type Authority = {readonly userinfo?: string; readonly host: string; readonly port?: string};

const isHost = (host: string): boolean => {
  if (!host.startsWith('[')) return namePattern.test(host);
  const inside = host.slice(1, -1);
  return inside.includes(':') && parseIpAddress(inside).ok;
};

const readAuthority = (text: string): Authority | undefined => {
  const at = text.lastIndexOf('@');
  const userinfo = at < 0 ? undefined : text.slice(0, at);
  const [, host = '', port] = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(text.slice(at + 1)) ?? [
    undefined,
    '[',
    '',
  ];
  if (!isHost(host) || (userinfo !== undefined && !userinfoPattern.test(userinfo))) return undefined;
  return {host, ...(userinfo !== undefined && {userinfo}), ...(port !== undefined && {port})};
};

/** Tells whether a text is `uri-host [ ":" port ]` without a user, as the Host field requires (RFC 9110 §7.2). */
export const isAuthority = (text: string): boolean => {
  const authority = readAuthority(text);
  return authority !== undefined && authority.userinfo === undefined && authority.host !== '';
};

/** Splits a URI reference into its components (RFC 3986 appendix B); undefined if one of them has forbidden characters. */
export const readUriReference = (text: string): UriReference | undefined => {
  const [, scheme, authority, path = '', query, fragment] =
    /^(?:([A-Za-z][A-Za-z0-9+\-.]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  const right =
    pathPattern.test(path) &&
    [query, fragment].every((each) => each === undefined || queryPattern.test(each)) &&
    (authority === undefined || readAuthority(authority) !== undefined) &&
    // A colon in the first segment of the path of a reference without a scheme would be taken for the end of a scheme (RFC 3986 §4.2).
    (scheme !== undefined || authority !== undefined || !/^[^/]*:/.test(path));
  if (!right) return undefined;
  return {
    path,
    ...(scheme !== undefined && {scheme}),
    ...(authority !== undefined && {authority}),
    ...(query !== undefined && {query}),
    ...(fragment !== undefined && {fragment}),
  };
};

/** Writes a URI reference from its components (RFC 3986 §5.3). */
export const uriText = ({scheme, authority, path, query, fragment}: UriReference): string =>
  [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path,
    query === undefined ? '' : `?${query}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('');

/** Removes the segments `.` and `..` from a URI's path by the steps of RFC 3986 §5.2.4 in their order. */
export const removeDotSegments = (path: string): string => {
  let input = path;
  let output = '';
  const dropLast = (): void => {
    output = output.slice(0, Math.max(0, output.lastIndexOf('/')));
  };
  while (input !== '') {
    if (/^\.\.?\//.test(input)) input = input.replace(/^\.\.?\//, '');
    else if (/^\/\.(\/|$)/.test(input)) input = `/${input.slice(3)}`;
    else if (/^\/\.\.(\/|$)/.test(input)) {
      input = `/${input.slice(4)}`;
      dropLast();
    } else if (input === '.' || input === '..') input = '';
    else {
      const [segment = input] = /^\/?[^/]*/.exec(input) ?? [];
      output += segment;
      input = input.slice(segment.length);
    }
  }
  return output;
};

const merged = (base: Uri, path: string): string => {
  if (base.authority !== undefined && base.path === '') return `/${path}`;
  return base.path.slice(0, base.path.lastIndexOf('/') + 1) + path;
};

/** Resolves a URI reference by RFC 3986 §5.2.2, strictly: a reference with any scheme, even the base's own, is absolute. */
export const resolveReference = (base: Uri, reference: UriReference): Uri => {
  const {fragment} = reference;
  const withFragment = fragment === undefined ? {} : {fragment};
  const query = (of: UriReference) => (of.query === undefined ? {} : {query: of.query});
  const authority = (of: UriReference) => (of.authority === undefined ? {} : {authority: of.authority});
  const path = removeDotSegments(reference.path);
  if (reference.scheme !== undefined) {
    const {scheme} = reference;
    return {scheme, ...authority(reference), path, ...query(reference), ...withFragment};
  }
  const {scheme} = base;
  if (reference.authority !== undefined)
    return {scheme, ...authority(reference), path, ...query(reference), ...withFragment};
  if (reference.path === '') {
    const kept = query(reference.query === undefined ? base : reference);
    return {scheme, ...authority(base), path: base.path, ...kept, ...withFragment};
  }
  const target = reference.path.startsWith('/') ? path : removeDotSegments(merged(base, reference.path));
  return {scheme, ...authority(base), path: target, ...query(reference), ...withFragment};
};

/** An http or https URL. `host` is in lower case, an IPv6 address in brackets; `path` begins with a slash. */
export type HttpUrl = {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
};

const defaultPorts = {http: 80, https: 443} as const;

/**
 * Returns an http or https URL normalized by RFC 9110 §4.2.3. Undefined for other schemes, an empty host, an invalid port, or a user name
 * (§4.2.4: a trick to make one host look like another).
 */
const httpUrlOf = (uri: UriReference): HttpUrl | undefined => {
  const scheme = uri.scheme?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  const authority = uri.authority === undefined ? undefined : readAuthority(uri.authority);
  if (authority === undefined || authority.host === '' || authority.userinfo !== undefined) return undefined;
  const port = authority.port ? Number(authority.port) : defaultPorts[scheme];
  if (port < 1 || port > 65_535) return undefined;
  const path = removeDotSegments(percentNormalized(uri.path)) || '/';
  const {query, fragment} = uri;
  return {
    scheme,
    host: percentNormalized(authority.host).toLowerCase(),
    port,
    path,
    ...(query !== undefined && {query: percentNormalized(query)}),
    ...(fragment !== undefined && {fragment}),
  };
};

export const readHttpUrl = (text: string): HttpUrl | undefined => {
  const reference = readUriReference(text);
  return reference && httpUrlOf(reference);
};

/** Returns the value of the Host field for a URL: the host, with the port only if it is not the scheme's default. */
export const hostField = ({scheme, host, port}: HttpUrl): string =>
  port === defaultPorts[scheme] ? host : `${host}:${port}`;

/** Returns the target of a request for this URL to its origin server: path and query, never the fragment (RFC 9112 §3.2.1). */
export const originForm = ({path, query}: HttpUrl): string =>
  query === undefined ? path : `${path}?${query}`;

export const httpUrlText = (url: HttpUrl): string => {
  const {scheme, path, query, fragment} = url;
  const rest = {...(query !== undefined && {query}), ...(fragment !== undefined && {fragment})};
  return uriText({scheme, authority: hostField(url), path, ...rest});
};

/**
 * Returns the URL to which a redirect leads: `Location` (RFC 9110 §10.2.2), resolved relative to the requested URL, whose fragment is kept
 * if the new one has none. Undefined if it is no http or https URL.
 */
export const redirectTarget = (asked: HttpUrl, location: string): HttpUrl | undefined => {
  const reference = readUriReference(location);
  if (reference === undefined) return undefined;
  const {scheme, path, query} = asked;
  const base: Uri = {scheme, authority: hostField(asked), path, ...(query !== undefined && {query})};
  const target = httpUrlOf(resolveReference(base, reference));
  if (target === undefined || target.fragment !== undefined || asked.fragment === undefined) return target;
  return {...target, fragment: asked.fragment};
};
