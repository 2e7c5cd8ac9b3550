// What a host has against what it throws away or answers with an RST: a fact behind the drop and behind the answer, named where that is decided.
import type {Facts} from './reason.ts';

/** Of what is thrown away, in silence or with an answer that is no RST. */
export const refusals = [
  /** It brings only what has come before. */
  'duplicate',
  /** Its numbers are none that this connection has had, or is to have. */
  'below',
  /** Its text would stand behind the FIN of its sender. */
  'afterFin',
  'window',
  /** By its timestamp it is older than what came before (RFC 7323 §5); or it has no timestamp. */
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

/** Of what draws a challenge ACK because somebody else may have sent it (RFC 5961 §3 to §5). */
export const doubts = ['doubtfulRst', 'doubtfulSyn', 'oldAck'] as const;

/** Of what is answered with an RST. */
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
