// Which bytes have come, by the numbers they came under.
import type {Said} from './said.ts';
import {type Passing, textSeq} from './seen.ts';

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
