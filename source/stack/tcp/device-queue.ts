// A network interface whose queue is full from the start (tc qdisc … pfifo limit 0). Linux counts that as congestion: what could not leave
// counts as not sent, cwnd falls, and it tries again every half second (tcp_output.c: tcp_write_xmit, tcp_send_probe0;
// TCP_RESOURCE_PROBE_INTERVAL).
import {beginReduction} from './prr.ts';
import type {Turn} from './turn.ts';
import {setState, updateUndo} from './undo.ts';

export const ASK_AGAIN_US = 500_000;

export const isFull = ({env}: Pick<Turn, 'env'>): boolean => env.settings.deviceQueue === 'full';

/** Reduces cwnd because the network interface's queue did not take new data. */
export function heldUp(turn: Turn): void {
  const {state} = turn.tcb.episode;
  if (turn.env.settings.lossRecovery !== 'rack' || (state !== 'open' && state !== 'disorder')) return;
  updateUndo(turn, {ssthresh: undefined, marker: undefined});
  beginReduction(turn);
  setState(turn, 'cwr');
}
