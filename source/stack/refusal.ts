// Reasons to throw away what has come, or to answer it with an RST: a fact behind the drop and behind the answer, named where that is decided.
import type {Facts} from './reason.ts';

/** Reasons to throw something away, in silence or with an answer that is no RST. */
export const refusals = [
  /** It brings only what has come before. */
  'duplicate',
  /** Its numbers are none that this connection has had, or is to have. */
  'below',
  /** Its text goes on behind the FIN of its sender. */
  'afterFin',
  'window',
  /** Its timestamp is older than the last one (RFC 7323 §5), or it has none. */
  'old',
  'noStamp',
  /** It acknowledges what was never sent: the fact `sent` is the last number that was. */
  'ack',
  'noAck',
  /** An RST outside the window; within it, but not at the one number that counts in TIME-WAIT; and one that TIME-WAIT ignores (RFC 1337). */
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
  /** It would be answered for the fact `else`, but an answer like that left a moment ago (RFC 5961 §7). */
  'throttled',
] as const;

/** Reasons to answer with a challenge ACK, as somebody else may have sent the segment (RFC 5961 §3 to §5). */
export const doubts = ['doubtfulRst', 'doubtfulSyn', 'oldAck'] as const;

/** Reasons to answer with an RST. */
export const resets = [
  ...(['no listener', 'no connection', 'no reader', 'across fin', 'unread'] as const),
  /** It acknowledges something else than the SYN. */
  'bad ack',
] as const;

export type Refusal = (typeof refusals | typeof doubts | typeof resets)[number];

/** Returns the reason to refuse something by this rule. */
export const refused = <Rule extends string>(rule: Rule, refusal: Refusal, more: Facts = {}) => ({
  rule,
  facts: {...more, refusal},
});
