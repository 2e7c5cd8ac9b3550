// What the identification of IP tells: Linux counts in it what a connection sends (RFC 6864 §4.1 leaves it free), so that a number that
// is missing is a packet that never got to the capture point.
import type {Seen, Side} from './seen.ts';

const mostIds = 65_536;
/** More in a row are no losses: it counts something else. */
const mostMissing = 64;

/** So far apart two numbers of one counter are at most, if one was sent while the other was on its way. */
const mostApart = 1000;

/** Which of the two was sent first, as far as their numbers tell: below 0, the first of them. */
export const sentBefore = (one: Seen, other: Seen): number => {
  if (one.ipId === 0 || other.ipId === 0) return 0;
  const ahead = ((one.ipId - other.ipId + mostIds + mostIds / 2) % mostIds) - mostIds / 2;
  return Math.abs(ahead) < mostApart ? ahead : 0;
};

type Between = {readonly side: Side; readonly packet: number; readonly beforePacket: number};

/** How many of the packets that this end sent between those two are not in the capture; 0, too, where its numbers count nothing. */
export const unseenBetween = (segments: readonly Seen[], {side, packet, beforePacket}: Between): number => {
  const own = segments.filter((each) => each.side === side && each.ipId !== 0);
  const first = own.findLast((each) => each.packet <= packet);
  const last = own.find((each) => each.packet >= beforePacket);
  if (!first || !last) return 0;
  const span = (last.ipId - first.ipId + mostIds) % mostIds;
  const known = new Set(
    own.map(({ipId}) => (ipId - first.ipId + mostIds) % mostIds).filter((ahead) => ahead > 0 && ahead < span),
  );
  const unseen = span - 1 - known.size;
  return span > 0 && unseen < mostMissing ? unseen : 0;
};
