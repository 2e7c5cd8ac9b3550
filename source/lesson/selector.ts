// Selectors: which event of a Trace a beat, an expectation or a count means (lesson-language.md, "Selectors").
import type {Action} from '../sim/scenario.ts';
import type {TimerName} from '../stack/tcp/effect.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import type {TcpFlagName} from '../wire/tcp.ts';

/** `host` absent: any host. */
export type Match =
  | {
      readonly kind: 'packet';
      readonly what: 'sends' | 'arrives' | 'drops';
      readonly host?: string;
      /** Exactly these flags are set; PSH counts neither way, because the stack sets it as it likes. */
      readonly flags?: readonly TcpFlagName[];
      readonly carries?: 'data' | 'none';
      /** Payload bytes. */
      readonly length?: number;
      readonly retransmission?: boolean;
    }
  | {readonly kind: 'enters'; readonly state: TcpState; readonly host?: string}
  | {
      readonly kind: 'timer';
      readonly name: TimerName;
      readonly op: 'arm' | 'fire' | 'cancel';
      readonly host?: string;
    }
  | {readonly kind: 'delivers'; readonly host?: string; readonly length?: number}
  /** `returns`: what the call gave at once, or what it reported later (`connected`, `eof`, `ECONNRESET`). */
  | {readonly kind: 'call'; readonly call: Action['call']; readonly host?: string; readonly returns?: string}
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
