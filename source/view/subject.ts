// The things that *Why?* can explain: whatever the cursor of a panel is on, the question that was just answered, or an event.

import type {KeyPlace} from '../account/key-places.ts';

export type Subject =
  | {readonly kind: 'event'; readonly event: number}
  | {readonly kind: 'packet'; readonly packet: number}
  /** A field of a packet, by its display-filter name. `row` is the inspector's key if the field is not the first with that name. */
  | {readonly kind: 'field'; readonly packet: number; readonly field: string; readonly row?: string}
  /** A TCP variable, `state` or a timer of a host, by its name in the endpoints panel. */
  | {readonly kind: 'variable'; readonly host: string; readonly name: string}
  /** An entry of a DNS cache; `type` is the number of the record type, undefined for a line of the hosts file. */
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
   * A key of a TLS connection. `update` is how many KeyUpdates have led to it; `maker` is the end that computed it first, in case both
   * computed different values.
   */
  | {readonly kind: 'key'; readonly place: KeyPlace; readonly update: number; readonly maker: string}
  /** The TLS records that a packet completes. */
  | {readonly kind: 'records'; readonly packet: number}
  /** The certificate chain of the present TLS connection. */
  | {readonly kind: 'certificates'}
  /** A question of the lesson, by its index among the beats. */
  | {readonly kind: 'question'; readonly beat: number};
