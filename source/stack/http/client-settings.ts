// An HTTP client, a browser without its window, as a lesson describes it.
import type {IpAddress} from '../../wire/frame.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import type {SecureClient} from '../tls/secure.ts';
import type {HttpVersion} from './call.ts';

export type HttpClientSettings = {
  readonly version: HttpVersion;
  /** Connections to one origin at a time; what is more waits (RFC 9112 §9.4). */
  readonly connectionsPerOrigin: number;
  /** Addresses of the hosts of a URL, by lower-case name. */
  readonly hosts: Readonly<Record<string, IpAddress>>;
  /** Other names are asked of the DNS application of this host; false: it has none. */
  readonly dns: boolean;
  /** A server that is silent for so long while it owes an answer is given up. */
  readonly timeoutUs: number;
  /** So long one address is tried alone, then the next as well (RFC 8305 §5); absent: until it has failed. */
  readonly attemptDelayUs?: number;
  readonly cookies: boolean;
  readonly cache: boolean;
  /** Followed one after another. */
  readonly redirects: number;
  /** In each request, behind Host. */
  readonly headers: readonly Field[];
  /** For URLs of https; absent: they cannot be asked for. */
  readonly secure?: Omit<SecureClient, 'serverName' | 'site' | 'alpn'>;
};

/** Six connections and five minutes, as browsers have them; ten redirects, between RFC 2068's five and what browsers bear. */
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
