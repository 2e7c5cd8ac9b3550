// Reads the identification of IP: Linux counts the packets of a connection in it (RFC 6864 §4.1 leaves it free), so a missing number is a
// packet that never reached the capture point.
import type {Seen, Side} from './seen.ts';

const mostIds = 65_536;
/** More missing numbers in a row are no losses; the field then counts something else. */
const mostMissing = 64;

/** The largest distance of two numbers of one counter, if one was sent while the other was in flight. */
const mostApart = 1000;

/** Tells which of two packets was sent first, as far as their numbers show; negative if it was the first one. */
export const sentBefore = (one: Seen, other: Seen): number => {
  if (one.ipId === 0 || other.ipId === 0) return 0;
  const ahead = ((one.ipId - other.ipId + mostIds + mostIds / 2) % mostIds) - mostIds / 2;
  return Math.abs(ahead) < mostApart ? ahead : 0;
};

type Between = {readonly side: Side; readonly packet: number; readonly beforePacket: number};

/** Returns how many packets of this end between those two are not in the capture; also 0 if its numbers count nothing. */
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
