// Tells why RACK counts a segment as lost: because its reordering window is over, or because no such window is left to it (RFC 8985 §6.2,
// step 4).
import {isTakenForLost} from '../../sim/operands.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {operandsOf} from '../operands.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {repairOf} from '../recovery.ts';
import type {Facts} from './facts.ts';

/**
 * Returns why RACK counts a retransmitted segment as lost: `over` after a reordering window; with none, in a `recovery` or after the
 * `third` SACKed segment. undefined if RACK had counted it as lost before.
 */
export const reorderWindowOf = (trace: Trace, send: EventOf<'send'>): Facts['again']['window'] => {
  const {before, after} = operandsOf(trace, send);
  const first = segmentOf(packetOf(trace, send.packet))?.seq;
  if (!before || !after || first === undefined || isTakenForLost(before, first)) return undefined;
  if (!before.retransmissionQueue.slice().some(({seq}) => seq === first)) return undefined;
  if (after.rack.reordered) return 'over';
  if (repairOf(before) !== undefined) return 'recovery';
  return after.flight.sacked >= after.rack.degree ? 'third' : 'over';
};
