// Defines the notes in the Trace on what HTTP clients and servers do and single packets do not show.
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {StreamId} from '../program.ts';

/**
 * The common part of the notes on an HTTP request or response: `stream` is the connection, `nth` the number of the request on it, counted
 * from 1, `bytes` the octets of content. The sender notes `sent` or `started`, the end that has read all of it `received` or `finished`.
 */
type Message = {
  readonly method: string;
  readonly target: string;
  readonly bytes: number;
  readonly stream: StreamId;
  readonly nth: number;
};

type Cookie = {
  readonly kind: 'cookie';
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
};

export type HttpNote =
  | (Message & {
      readonly kind: 'request';
      readonly op: 'sent' | 'received';
      readonly version: string;
      readonly host: string;
    })
  | (Message & {
      readonly kind: 'response';
      readonly op: 'started' | 'finished' | 'incomplete';
      readonly by: 'client' | 'server';
      readonly status: number;
    })
  /** A connection that an HTTP client has opened, or an open one that it has `reused` for another request. */
  | {
      readonly kind: 'http-connection';
      readonly op: 'opened' | 'reused';
      readonly origin: string;
      readonly stream: StreamId;
      readonly nth: number;
    }
  | {
      readonly kind: 'http-connection';
      readonly op: 'closing';
      readonly stream: StreamId;
      /** The number of requests that the HTTP connection has served. */
      readonly nth: number;
    }
  | (Cookie & {readonly op: 'stored' | 'refused' | 'sent' | 'expired' | 'dropped'})
  /** A cookie of the requested host that the HTTP client does not send with this request, and the reason. */
  | (Cookie & {readonly op: 'withheld'; readonly reason: Withheld})
  | {
      readonly kind: 'session';
      readonly op: 'created' | 'found' | 'unknown' | 'expired' | 'ended';
      readonly id: string;
      readonly user?: string;
      /** The number of login sessions that the HTTP server has now. */
      readonly live: number;
    }
  | {
      readonly kind: 'http-cache';
      readonly op: 'hit' | 'stale' | 'stored' | 'revalidated';
      readonly url: string;
      /** The number of seconds, rounded up, that the stored HTTP response stays fresh; zero or negative if it is stale. */
      readonly freshS: number;
    }
  /**
   * Parallel connection attempts of an HTTP client: `next` tries `ip` while `other` is silent; `won` means that `ip` is connected and
   * `other` is given up.
   */
  | {readonly kind: 'attempt'; readonly op: 'next' | 'won'; readonly ip: string; readonly other: string}
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly from: string;
      readonly to: string;
      readonly method: string;
      /** True if the HTTP redirect is not followed, because there were too many in a row. */
      readonly refused?: true;
    }
  /** A host that the HTTP client is to visit over TLS only (HSTS), for `maxAgeS` seconds. */
  | {
      readonly kind: 'strict-transport';
      readonly op: 'stored';
      readonly host: string;
      readonly maxAgeS: number;
    }
  | {
      readonly kind: 'strict-transport';
      readonly op: 'used';
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'retry';
      readonly method: string;
      readonly target: string;
      /**
       * False if the HTTP request is not sent again after a failure, because the server might carry it out twice or it was repeated
       * already.
       */
      readonly allowed: boolean;
    };
