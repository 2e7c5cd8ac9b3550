// The subjects of *Why?*: what the cursor of a panel is on, the question that was just answered, or an event.

import type {KeyPlace} from '../account/key-places.ts';

export type Subject =
  | {readonly kind: 'event'; readonly event: number}
  | {readonly kind: 'packet'; readonly packet: number}
  /** A field by its display-filter name. `row` is the key of one of several fields with that name; absent for the first. */
  | {readonly kind: 'field'; readonly packet: number; readonly field: string; readonly row?: string}
  /** A variable, `state` or a timer of a host, by the name in the endpoints panel. */
  | {readonly kind: 'variable'; readonly host: string; readonly name: string}
  /** A cache entry; `type` is the number of the record type, undefined for a line of the hosts file. */
  | {readonly kind: 'cache'; readonly host: string; readonly name: string; readonly type: number | undefined}
  | {
      readonly kind: 'cookie';
      readonly host: string;
      readonly name: string;
      readonly domain: string;
      readonly path: string;
    }
  | {readonly kind: 'session'; readonly host: string; readonly id: string}
  /**
   * A key. `update` is how often KeyUpdate has replaced it; `maker` is the end that computed it first, in case both computed different
   * values.
   */
  | {readonly kind: 'key'; readonly place: KeyPlace; readonly update: number; readonly maker: string}
  /** The TLS records that a packet completes. */
  | {readonly kind: 'records'; readonly packet: number}
  /** The present certificate chain. */
  | {readonly kind: 'certificates'}
  /** A question, by its number among the beats. */
  | {readonly kind: 'question'; readonly beat: number};
