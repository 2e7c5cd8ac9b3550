// Whoever is on the path between two hosts, and speaks to one of them in the name of the other (RFC 3552 §3.3.5).
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';

/** Whose address the packet bears, where its sender gets what is for that address; undefined: it gets no such thing. */
export const spokenFor = (trace: Trace, id: number): string | undefined => {
  const packet = packetOf(trace, id);
  const {src, dst} = ipPacketOf(packet) ?? {};
  if (src === undefined || dst === undefined || ownerOf(trace, src) === packet.from) return undefined;
  const ends = [ownerOf(trace, src), ownerOf(trace, dst)];
  const isPassed = trace.header.onPath?.some(
    ({host, between}) => host === packet.from && between.every((end) => ends.includes(end)),
  );
  return isPassed ? src : undefined;
};
