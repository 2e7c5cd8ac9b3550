// Which bytes have come, by the numbers they came under, and which ACKs.

import {segLen} from '../../../source/wire/tcp.ts';
import type {Said} from './said.ts';
import {type Passing, type Seen, textSeq} from './seen.ts';

export const isThrown = (said: Said, {packet, instant}: Passing['event']): boolean =>
  said.ever('drop').some((drop) => drop.packet === packet && drop.instant === instant);

/** On the connection whose segment comes now: others count from elsewhere. */
export const hasArrived = (said: Said, seq: number): boolean =>
  said.cameEver(said.host()).some(({segment, event}) => {
    if (
      !said
        .came(said.host())
        .some(({segment: now}) => now.srcPort === segment.srcPort && now.dstPort === segment.dstPort)
    )
      return false;
    return (
      !isThrown(said, event) &&
      ((seq - textSeq(segment)) | 0) >= 0 &&
      ((seq - textSeq(segment)) | 0) < segment.payload.length
    );
  });

/** The other end has sent all that this acknowledges; behind NAT its ports have other numbers. */
export const isOfSent = (said: Seen, {srcPort, dstPort, ack}: Passing['segment']): boolean => {
  const theirs = said
    .sentEver()
    .filter(({segment}) => segment.srcPort === dstPort && segment.dstPort === srcPort);
  return theirs.length === 0 || theirs.some(({segment}) => ((segment.seq + segLen(segment) - ack) | 0) >= 0);
};

/** While the timer of the probe ran no segment was acknowledged as a whole: a part of one does not set it anew (RFC 8985 §7.2). */
export const isUnheard = (said: Said, [own]: readonly Passing[]): boolean => {
  const ends = said
    .sentEver(said.host())
    .filter(({segment}) => segment.srcPort === own?.segment.srcPort && segLen(segment) > 0)
    .map(({segment}) => segment.seq + segLen(segment));
  const acked = ({ack}: Passing['segment']): number => ends.filter((end) => ((ack - end) | 0) >= 0).length;
  return said
    .fired(said.host())
    .filter(({name}) => name === 'TLP')
    .every(({ranUs}) => {
      const acks = said
        .cameEver(said.host())
        .filter(({segment, event}) => segment.srcPort === own?.segment.dstPort && !isThrown(said, event));
      const before = acks.filter(({event}) => event.atUs <= said.atUs - ranUs);
      const most = Math.max(0, ...before.map(({segment}) => acked(segment)));
      return acks.every(({segment}) => acked(segment) <= most);
    });
};
