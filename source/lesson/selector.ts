// Selectors, which say which event of a Trace a beat, an expectation or a count means (docs/lessons.md, “Selectors”).
import type {DnsConditions, DnsMatch} from './dns/match.ts';
import type {HttpConditions} from './http/match.ts';
import type {TcpConditions, TcpMatch} from './tcp/match.ts';
import type {TlsConditions, TlsMatch} from './tls/match.ts';

/** Conditions on a packet besides its being sent, received, lost or forwarded; each protocol adds its own. */
export type Conditions = TcpConditions & DnsConditions & HttpConditions & TlsConditions;

/** A selector's condition on packets; `host` is absent for any host. */
export type PacketMatch = {
  readonly kind: 'packet';
  readonly what: 'sends' | 'arrives' | 'drops' | 'forwards';
  readonly host?: string;
} & Conditions;

export type Match =
  | PacketMatch
  | TcpMatch
  | DnsMatch
  | TlsMatch
  /** A call; `returns` is its result at once, or one reported later (`connected`, `eof`, `ECONNRESET`). */
  | {readonly kind: 'call'; readonly call: string; readonly host?: string; readonly returns?: string}
  /** The last event at or before that time. */
  | {readonly kind: 'at'; readonly atUs: number}
  | {readonly kind: 'end'};

export type Selector = {
  readonly match: Match;
  /** The position among the matching events after `after`, counted from 1. */
  readonly nth?: number;
  /** Only events later than the first one that this selects count. */
  readonly after?: Selector;
};
