// What makes cwnd another (RFC 5681 §3, RFC 6582 §3.2): said in the question where the numbers do not show it, and in the reply.

import {worldAt} from '../account/entries.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {LossRecovery} from '../stack/tcp/connection.ts';
import {cwndChangeSentences} from '../words/catalogue/questions.ts';

/** Of the only connection of a host after event `n`. */
export const lossAt = (trace: Trace, host: string, n: number): LossRecovery | undefined => {
  const [connection] = worldAt(trace, n)?.hosts[host]?.tcp.connections.values() ?? [];
  return connection && 'loss' in connection ? connection.loss : undefined;
};

export type CwndChange = {
  readonly loss: LossRecovery;
  readonly cwnd: number;
  readonly ssthresh: number;
  readonly mss: number;
  readonly acked: number;
  readonly right: number;
};

const nothing = cwndChangeSentences.nothing;

/** What the reader could not know from cwnd, ssthresh and the segment. */
export const circumstances = ({loss, cwnd, ssthresh, acked}: CwndChange): Text => {
  if (loss.phase === 'fast') return cwndChangeSentences.circumstances.itIsIn;
  if (acked === 0 && loss.dupAcks > 0)
    return worded(cwndChangeSentences.circumstances.itIsDuplicate, {dupAcks: loss.dupAcks + 1});
  if (acked > 0 && cwnd >= ssthresh) return cwndChangeSentences.circumstances.sinceCwndLast;
  return nothing;
};

/** Why it is `right` now. */
export const cwndReason = ({loss, cwnd, ssthresh, mss, acked, right}: CwndChange): Text => {
  const step = `${cwnd} → ${right}`;
  const fast = loss.phase === 'fast';
  if (fast && acked === 0) return wordedWithNames(cwndChangeSentences.cwndReason.anotherDuplicateACK, {step});
  if (fast && right === ssthresh)
    return wordedWithNames(cwndChangeSentences.cwndReason.theRecoveryIs, {step});
  if (fast) return wordedWithNames(cwndChangeSentences.cwndReason.aPartialACK, {step, acked});
  if (right < cwnd || acked === 0) return wordedWithNames(cwndChangeSentences.cwndReason.aSegmentIs, {step});
  return cwnd < ssthresh
    ? wordedWithNames(cwndChangeSentences.cwndReason.slowStartBelow, {step, right: right - cwnd})
    : wordedWithNames(cwndChangeSentences.cwndReason.congestionAvoidanceOne, {step, mss});
};
