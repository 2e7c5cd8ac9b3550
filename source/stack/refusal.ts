// The reasons to drop a segment or to answer it with an RST: a fact of the decision, named where that is made.
import type {Facts} from './reason.ts';

/** Reasons to drop something, silently or with an answer that is no RST. */
export const refusals = [
  /** The segment contains only what has arrived before. */
  'duplicate',
  /** The segment's numbers are none that this connection has had or will have. */
  'below',
  /** The segment's data continue after the FIN of its sender. */
  'afterFin',
  'window',
  /** The segment's timestamp is older than the last one (RFC 7323 §5), or the segment has none. */
  'old',
  'noStamp',
  /** The segment acknowledges what was never sent; the fact `sent` is the last number that was. */
  'ack',
  'noAck',
  /**
   * An RST outside the window; one inside, but not at the only number that counts in TIME-WAIT; and one that TIME-WAIT ignores (RFC 1337).
   */
  'rst',
  'rstNext',
  'rstLate',
  /** An RST that does not acknowledge the SYN. */
  'rstAlone',
  'queue',
  'acceptQueue',
  'noConnection',
  'listener',
  'synFin',
  'noSyn',
  'port',
  'mismatch',
  'sameQuestion',
  /** The segment would be answered for the fact `else`, but such an answer was sent a moment ago (RFC 5961 §7). */
  'throttled',
] as const;

/** Reasons to answer with a challenge ACK, because somebody else may have sent the segment (RFC 5961 §3 to §5). */
export const doubts = ['doubtfulRst', 'doubtfulSyn', 'oldAck'] as const;

/** Reasons to answer with an RST. */
export const resets = [
  ...(['no listener', 'no connection', 'no reader', 'across fin', 'unread'] as const),
  /** The segment acknowledges something other than the SYN. */
  'bad ack',
] as const;

export type Refusal = (typeof refusals | typeof doubts | typeof resets)[number];

/** Returns the reason by which something is refused: the rule, with the refusal among its facts. */
export const refused = <Rule extends string>(rule: Rule, refusal: Refusal, more: Facts = {}) => ({
  rule,
  facts: {...more, refusal},
});
