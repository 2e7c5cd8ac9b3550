// Selectors, which say which event of a Trace a beat, an expectation or a count means (docs/lessons.md, “Selectors”).
import type {DnsConditions, DnsMatch} from './dns/match.ts';
import type {HttpConditions} from './http/match.ts';
import type {TcpConditions, TcpMatch} from './tcp/match.ts';
import type {TlsConditions, TlsMatch} from './tls/match.ts';

/** A selector's further conditions on a packet that is sent, received, lost or forwarded; each protocol adds its own. */
export type Conditions = TcpConditions & DnsConditions & HttpConditions & TlsConditions;

/** A selector's condition on a packet that is sent, arrives, is dropped or is forwarded; `host` is absent for any host. */
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
  /**
   * A selector's condition on a program's call; `returns` is its immediate result, or one reported later (`connected`, `eof`,
   * `ECONNRESET`).
   */
  | {readonly kind: 'call'; readonly call: string; readonly host?: string; readonly returns?: string}
  /** The selector `at`, which means the last event at or before that time. */
  | {readonly kind: 'at'; readonly atUs: number}
  | {readonly kind: 'end'};

export type Selector = {
  readonly match: Match;
  /** Which of the matching events is meant, counted from 1; with `after` only those later count. */
  readonly nth?: number;
  /** Only events later than the first event of this selector match. */
  readonly after?: Selector;
};
