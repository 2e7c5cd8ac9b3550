// The names of the reasons to drop a segment or to answer it with an RST. They are facts of the machines' reasons.
import type {Facts} from './reason.ts';

/** Reasons to drop a segment or packet, silently or with an answer other than an RST. */
export const refusals = [
  /** Everything in the segment has arrived before. */
  'duplicate',
  /** The segment is old but no copy of arrived data: it has no data, it has a different SYN, or its data begin before the peer's ISN. */
  'below',
  /** The segment's data continue beyond the FIN that its sender has sent. */
  'afterFin',
  'window',
  /** `old`: the segment's timestamp is older than the last one (RFC 7323 §5); `noStamp`: it has none. */
  'old',
  'noStamp',
  /** `ack`: the segment acknowledges what was never sent, and the fact `sent` is the last number that was; `noAck`: it has no ACK. */
  'ack',
  'noAck',
  /**
   * `rst`: an RST outside the window. `rstNext`: an RST in the window, but not at RCV.NXT, in TIME-WAIT. `rstLate`: an RST that TIME-WAIT
   * ignores (RFC 1337).
   */
  'rst',
  'rstNext',
  'rstLate',
  /** An RST arrives in answer to a SYN without acknowledging the SYN. */
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
  /** The segment would be answered because of the reason in the fact `else`, but another answer was sent a moment ago (RFC 5961 §7). */
  'throttled',
] as const;

/** Reasons to answer with a challenge ACK, because somebody else may have sent the segment (RFC 5961 §3 to §5). */
export const doubts = ['doubtfulRst', 'doubtfulSyn', 'oldAck'] as const;

/** Reasons to answer a segment with an RST. */
export const resets = [
  ...(['no listener', 'no connection', 'no reader', 'across fin', 'unread'] as const),
  /** The segment's ACK does not acknowledge the SYN that this end sent. */
  'bad ack',
] as const;

export type Refusal = (typeof refusals | typeof doubts | typeof resets)[number];

/** Returns the reason to refuse a segment or packet: the rule, with `refusal` among its facts. */
export const refused = <Rule extends string>(rule: Rule, refusal: Refusal, more: Facts = {}) => ({
  rule,
  facts: {...more, refusal},
});
