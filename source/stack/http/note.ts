// What HTTP clients and servers do that single packets do not show, for the Trace.
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {StreamId} from '../program.ts';

/**
 * `stream`: the connection, `nth`: which request on it, from 1. `sent` and `started` are of the end that writes,
 * `received` and `finished` of the end that has read all of it. Bytes are those of the content.
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
  /** Of a client: `reused` where a connection that is open already serves one more request. */
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
      /** Requests that it has served. */
      readonly nth: number;
    }
  | (Cookie & {readonly op: 'stored' | 'refused' | 'sent' | 'expired' | 'dropped'})
  /** It is for the host that is asked, and yet does not go with this request. */
  | (Cookie & {readonly op: 'withheld'; readonly reason: Withheld})
  | {
      readonly kind: 'session';
      readonly op: 'created' | 'found' | 'unknown' | 'expired' | 'ended';
      readonly id: string;
      readonly user?: string;
      /** How many sessions the server has now. */
      readonly live: number;
    }
  | {
      readonly kind: 'http-cache';
      readonly op: 'hit' | 'stale' | 'stored' | 'revalidated';
      readonly url: string;
      /** Whole seconds that it stays fresh; below 0: so long stale. */
      readonly freshS: number;
    }
  /** `next`: tries `ip` while `other` is silent; `won`: `ip` stands, and `other` is given up. */
  | {readonly kind: 'attempt'; readonly op: 'next' | 'won'; readonly ip: string; readonly other: string}
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly from: string;
      readonly to: string;
      readonly method: string;
      /** Not followed: too many in a row. */
      readonly refused?: true;
    }
  /** A site is to be visited over TLS only, for so long. */
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
      /** false: the request might be done twice, so it is not sent again. */
      readonly allowed: boolean;
    };
