// RCV.WND between two acknowledgments: what is left of the room that was told last (RFC 9293 §3.10.7.4).
import {worldAt} from '../../account/entries.ts';
import {roomUsed} from '../../words/catalogue/why.ts';
import {connectionIn, connectionsAtHand} from '../endpoints/at-hand.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import {endsAround} from './beginning.ts';

/** What has arrived used it up, for no data wait; undefined: otherwise it moved, or nobody knows what waits. */
export const usedRoom = (view: View, {host, name}: Place, event: number): string | undefined => {
  if (name !== 'rcv.wnd') return undefined;
  const tcb = connectionIn(worldAt(view.input.trace, event), host, connectionsAtHand(view));
  const {before, after} = endsAround(view, host, event);
  const [told = 0, left = 0] = [before, after].map((end) => end?.quantity(name)?.value);
  return tcb?.receiveBuffer.length === 0 && left < told ? roomUsed[view.language] : undefined;
};
