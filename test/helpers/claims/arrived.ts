// Which bytes have come, by the numbers they came under, and which ACKs.
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

/** While the timer of the probe ran nothing was acknowledged (RFC 8985 §7.2): the other end may have sent data. */
export const isUnheard = (said: Said, [own]: readonly Passing[]): boolean =>
  said
    .fired(said.host())
    .filter(({name}) => name === 'TLP')
    .every(({ranUs}) => {
      const acks = said
        .cameEver(said.host())
        .filter(({segment, event}) => segment.srcPort === own?.segment.dstPort && !isThrown(said, event));
      const [before, since] = [true, false].map((isBefore) =>
        acks
          .filter(({event}) => event.atUs <= said.atUs - ranUs === isBefore)
          .map(({segment}) => segment.ack),
      );
      const last = before?.at(-1);
      return since?.every((ack) => last !== undefined && ((ack - last) | 0) <= 0) ?? true;
    });
