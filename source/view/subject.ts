// What *Why?* can be asked about: whatever a panel's cursor stands on, the question that was just answered, or an event.

import type {KeyPlace} from '../account/key-places.ts';

export type Subject =
  | {readonly kind: 'event'; readonly event: number}
  | {readonly kind: 'packet'; readonly packet: number}
  /** By its display-filter name. `row`: of several of that name, the one with this key; absent: the first. */
  | {readonly kind: 'field'; readonly packet: number; readonly field: string; readonly row?: string}
  /** A variable, `state` or a timer of a host, by the name that the endpoints panel gives it. */
  | {readonly kind: 'variable'; readonly host: string; readonly name: string}
  /** `type`: as on the wire; undefined: a line of the hosts file. */
  | {readonly kind: 'cache'; readonly host: string; readonly name: string; readonly type: number | undefined}
  | {
      readonly kind: 'cookie';
      readonly host: string;
      readonly name: string;
      readonly domain: string;
      readonly path: string;
    }
  | {readonly kind: 'session'; readonly host: string; readonly id: string}
  /** `update`: how often KeyUpdate has replaced it; `maker`: the end that computed it first, where the two have come to other values. */
  | {readonly kind: 'key'; readonly place: KeyPlace; readonly update: number; readonly maker: string}
  /** TLS records that a packet completes. */
  | {readonly kind: 'records'; readonly packet: number}
  /** The chain at hand. */
  | {readonly kind: 'certificates'}
  /** By its number among the beats. */
  | {readonly kind: 'question'; readonly beat: number};
