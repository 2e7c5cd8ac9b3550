// The settings of an HTTP client: a browser without its window.
import type {IpAddress} from '../../wire/frame.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import type {SecureClient} from '../tls/secure.ts';
import type {HttpVersion} from './call.ts';

export type HttpClientSettings = {
  readonly version: HttpVersion;
  /** The most connections to one origin at a time; further requests wait (RFC 9112 §9.4). */
  readonly connectionsPerOrigin: number;
  /** Addresses of the hosts of URLs, by lower-case name. */
  readonly hosts: Readonly<Record<string, IpAddress>>;
  /** Whether other names are looked up by this host's DNS application; false if it has none. */
  readonly dns: boolean;
  /** The time after which a server is given up that owes a response and is silent. */
  readonly timeoutUs: number;
  /** The time for which one address is tried alone before the next is tried as well (RFC 8305 §5); absent: until it has failed. */
  readonly attemptDelayUs?: number;
  readonly cookies: boolean;
  readonly cache: boolean;
  /** The most redirects that are followed one after another. */
  readonly redirects: number;
  /** Fields of each request, after Host. */
  readonly headers: readonly Field[];
  /** The TLS settings for https; absent if https cannot be used. */
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
