// Selectors: which event of a Trace a beat, an expectation or a count means (docs/lessons.md, “Selectors”).
import type {DnsConditions, DnsMatch} from './dns/match.ts';
import type {HttpConditions} from './http/match.ts';
import type {TcpConditions, TcpMatch} from './tcp/match.ts';
import type {TlsConditions, TlsMatch} from './tls/match.ts';

/** What a packet has to be besides sent, received, lost or passed on; each protocol adds its own. */
export type Conditions = TcpConditions & DnsConditions & HttpConditions & TlsConditions;

/** `host` absent: any host. */
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
  /** `returns`: what the call gave at once, or what it reported later (`connected`, `eof`, `ECONNRESET`). */
  | {readonly kind: 'call'; readonly call: string; readonly host?: string; readonly returns?: string}
  /** The last event at or before that time. */
  | {readonly kind: 'at'; readonly atUs: number}
  | {readonly kind: 'end'};

export type Selector = {
  readonly match: Match;
  /** 1-based, among the events that match (and come after `after`). */
  readonly nth?: number;
  /** Only events later than the first one that this selects. */
  readonly after?: Selector;
};
