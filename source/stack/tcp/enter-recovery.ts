// Enters recovery after a loss: cwnd begins to fall, and its old value is remembered (RFC 9937, RFC 4015).
import {beginReduction, isReducing} from './prr.ts';
import type {Turn} from './turn.ts';
import {priorSsthresh, rememberForUndo, setState, updateUndo} from './undo.ts';

/** Enters recovery; `congested` means that a router has reported congestion, too, so that the reduction stays. */
export function enterRecovery(turn: Turn, {congested}: {congested: boolean}): void {
  const ssthresh = priorSsthresh(turn);
  const reducing = isReducing(turn.tcb);
  rememberForUndo(turn);
  updateUndo(turn, {ssthresh: reducing || congested ? undefined : ssthresh});
  if (!reducing) beginReduction(turn);
  setState(turn, 'recovery');
}
