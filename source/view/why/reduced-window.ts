// cwnd on its way to an ssthresh that was lowered: Proportional Rate Reduction, where the machine goes by it (RFC 9937).
import {whyReduced} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import type {RoomLaw} from './receive-room.ts';

const reducing: ReadonlySet<string> = new Set(['recovery', 'cwr']);

/** That it comes to ssthresh at last is no sum by which it got there. */
export const reducedLaw = (view: View, {host, name}: Place, event: number): RoomLaw | undefined => {
  if (name !== 'cwnd') return undefined;
  const tcb = endAtHand(view, host, event);
  return tcb && reducing.has(tcb.episode.state) && tcb.reduction.from > 0
    ? {law: [whyReduced[view.language]], clause: 'RFC 9937', lines: []}
    : undefined;
};
