// The actions of HTTP clients and servers that single packets do not show, for the Trace.
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {StreamId} from '../program.ts';

/**
 * A message. `stream` is the connection, `nth` the number of the request on it, counted from 1. The writing end notes `sent` and `started`,
 * the end that has read all of it `received` and `finished`. Bytes are those of the content.
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
  /** A connection; a client notes `reused` when an open one serves another request. */
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
      /** The number of requests that the connection has served. */
      readonly nth: number;
    }
  | (Cookie & {readonly op: 'stored' | 'refused' | 'sent' | 'expired' | 'dropped'})
  /** A cookie of the requested host that is not sent with this request. */
  | (Cookie & {readonly op: 'withheld'; readonly reason: Withheld})
  | {
      readonly kind: 'session';
      readonly op: 'created' | 'found' | 'unknown' | 'expired' | 'ended';
      readonly id: string;
      readonly user?: string;
      /** The number of sessions that the server has now. */
      readonly live: number;
    }
  | {
      readonly kind: 'http-cache';
      readonly op: 'hit' | 'stale' | 'stored' | 'revalidated';
      readonly url: string;
      /** The whole seconds for which the stored response stays fresh; negative if it is stale. */
      readonly freshS: number;
    }
  /** An attempt: `next` tries `ip` while `other` is silent; `won` means that `ip` is connected and `other` is given up. */
  | {readonly kind: 'attempt'; readonly op: 'next' | 'won'; readonly ip: string; readonly other: string}
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly from: string;
      readonly to: string;
      readonly method: string;
      /** True if the redirect is not followed, because there were too many in a row. */
      readonly refused?: true;
    }
  /** A site that is to be visited over TLS only, for this time. */
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
      /** False if the request is not sent again, because it might be carried out twice. */
      readonly allowed: boolean;
    };
