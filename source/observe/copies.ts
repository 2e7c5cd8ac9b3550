// Packets that a capture has twice, octet for octet: doubled on the way, or where it was taken. No end sends the same IPv4 packet
// again: what TCP repeats leaves under another identification (RFC 6864 §4.1 allows one value to be used again, RFC 1122 §3.2.1.5).
import type {SeenSegment} from './seen-segment.ts';

/** So many of the latest packets are remembered, by their identification. */
const remembered = 1024;

/** identification and flags, length, seq, ack, ports, timestamp. */
const columns = 6;

/** `again`: another packet under the same identification: who sends it counts none, so equal ones tell nothing. */
export type Copied = 'copy' | 'again' | undefined;

export class Copies {
  readonly #seen = new Int32Array(remembered * columns);

  /**
   * Has the same packet passed before? `identification`: of the IPv4 header; 0 tells nothing, who sends no fragments may set it so
   * (RFC 6864 §4.1). `ports`: both, in 32 bits.
   */
  take(identification: number, ports: number, {seq, ack, flags, length, stamp = 0}: SeenSegment): Copied {
    if (identification === 0) return undefined;
    const at = (identification % remembered) * columns;
    const seen = this.#seen;
    const sameSender = (seen[at] ?? 0) >>> 8 === identification && seen[at + 4] === (ports | 0);
    const same =
      sameSender &&
      ((seen[at] ?? 0) & 0xff) === flags &&
      seen[at + 1] === length &&
      seen[at + 2] === (seq | 0) &&
      seen[at + 3] === (ack | 0) &&
      seen[at + 5] === (stamp | 0);
    if (same) return 'copy';
    seen[at] = (identification << 8) | flags;
    seen[at + 1] = length;
    seen[at + 2] = seq;
    seen[at + 3] = ack;
    seen[at + 4] = ports;
    seen[at + 5] = stamp;
    return sameSender ? 'again' : undefined;
  }
}
