// Reads the identification of IPv4 packets: Linux counts a connection's packets in it (RFC 6864 §4.1 leaves it free), so a missing number
// is a packet that never reached the capture point.
import type {Seen, Side} from './seen.ts';

const mostIds = 65_536;
/** If more IP identifications in a row than this are missing from a capture, the field does not count the connection's packets. */
const mostMissing = 64;

/** If the IP identifications of two packets differ by more than this, they tell nothing about the order of sending. */
const mostApart = 1000;

/**
 * Compares the IP identifications of two packets: negative if `one` was sent first, positive if `other` was, and 0 if they do not show
 * it.
 */
export const sentBefore = (one: Seen, other: Seen): number => {
  if (one.ipId === 0 || other.ipId === 0) return 0;
  const ahead = ((one.ipId - other.ipId + mostIds + mostIds / 2) % mostIds) - mostIds / 2;
  return Math.abs(ahead) < mostApart ? ahead : 0;
};

type Between = {readonly side: Side; readonly packet: number; readonly beforePacket: number};

/**
 * Returns how many packets an end sent between two packets of the capture without their being captured, by its IP identifications; 0 if
 * these do not count packets.
 */
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
