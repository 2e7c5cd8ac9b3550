// Enters loss recovery: cwnd begins to fall, and its old value is remembered, so that the reduction can be undone (RFC 9937, RFC 4015).
import {beginReduction, isReducing} from './prr.ts';
import type {Turn} from './turn.ts';
import {priorSsthresh, rememberForUndo, setState, updateUndo} from './undo.ts';

/** Enters loss recovery after a loss; `congested` means that the ACK also reports congestion (ECE), so that the reduction is not undone. */
export function enterRecovery(turn: Turn, {congested}: {congested: boolean}): void {
  const ssthresh = priorSsthresh(turn);
  const reducing = isReducing(turn.tcb);
  rememberForUndo(turn);
  updateUndo(turn, {ssthresh: reducing || congested ? undefined : ssthresh});
  if (!reducing) beginReduction(turn);
  setState(turn, 'recovery');
}
