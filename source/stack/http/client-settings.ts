// The settings of an HTTP client: a browser without its window.
import type {IpAddress} from '../../wire/frame.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import type {SecureClient} from '../tls/secure.ts';
import type {HttpVersion} from './call.ts';

export type HttpClientSettings = {
  readonly version: HttpVersion;
  /** The largest number of the HTTP client's connections to one origin at a time; further requests wait (RFC 9112 §9.4). */
  readonly connectionsPerOrigin: number;
  /** Addresses of hosts in URLs that need no DNS lookup, by lower-case name. */
  readonly hosts: Readonly<Record<string, IpAddress>>;
  /** Whether the HTTP client looks up other host names with the DNS program of its host; false if that has none. */
  readonly dns: boolean;
  /** The time in µs after which the HTTP client gives up a server that owes a response and is silent. */
  readonly timeoutUs: number;
  /**
   * The time in µs for which the HTTP client tries one address alone before it tries the next in parallel (RFC 8305 §5); absent: it waits
   * until the first has failed.
   */
  readonly attemptDelayUs?: number;
  readonly cookies: boolean;
  readonly cache: boolean;
  /** The largest number of HTTP redirects that the client follows one after another. */
  readonly redirects: number;
  /** The header fields that the client puts into each HTTP request, after Host. */
  readonly headers: readonly Field[];
  /** The HTTP client's TLS settings for https; absent if it cannot use https. */
  readonly secure?: Omit<SecureClient, 'serverName' | 'site' | 'alpn'>;
};

/** The defaults: six connections and five minutes, as in browsers; ten redirects, between RFC 2068's five and what browsers allow. */
export const httpClientDefaults: HttpClientSettings = {
  version: '1.1',
  connectionsPerOrigin: 6,
  hosts: {},
  dns: false,
  timeoutUs: 300_000_000,
  cookies: true,
  cache: true,
  redirects: 10,
  headers: [],
};
