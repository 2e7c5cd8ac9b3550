// Finds packets that a capture contains twice, because they were doubled on the way or at the capture point. A retransmission would have
// another IPv4 identification (RFC 6864 §4.1, RFC 1122 §3.2.1.5 allow exceptions) or, without one, another timestamp (RFC 7323 §5.4, RFC
// 6298 §2.1).
import {Flag, type SeenSegment} from './seen-segment.ts';

/** The number of slots in which recent packets are remembered to find copies. */
const remembered = 1024;

/** The number of values per remembered packet: identification with flags, length with some octets of data, seq, ack, ports, timestamp. */
const columns = 6;

/**
 * A SYN repeated with the same timestamp is a copy if it comes between `tickUs` later, when the sender's timestamp clock must have run on,
 * and `soonUs` later, before which no timer retransmits. Both are in µs.
 */
const tickUs = 2000;
const soonUs = 100_000;
/** Data repeated within this time in µs are a copy, because their sender cannot have learnt so soon that they were lost. */
const atOnceUs = 200;

/**
 * The longest time in µs by which a network may delay a copy of a SYN. A sender retransmits a SYN after one second at the earliest (RFC
 * 6298 §2.1).
 */
const latestUs = 900_000;

/**
 * The result of the search for a copy. `again`: another packet has the same identification, so this sender's identifications prove nothing;
 * undefined: no copy was found.
 */
export type Copied = 'copy' | 'again' | undefined;

export class Copies {
  readonly #seen = new Int32Array(remembered * columns);
  readonly #atUs = new Float64Array(remembered);

  /**
   * Tells whether the capture contains the same TCP packet already. `identification` is that of the IPv4 header; 0 if there is none, or if
   * a sender that does not fragment leaves it out (RFC 6864 §4.1). `ports` are both ports in 32 bits.
   */
  take(identification: number, ports: number, segment: SeenSegment): Copied {
    const {seq, ack, flags, length, data, stamp = 0, atUs} = segment;
    // The octets in the middle and at the end tell segments with other data apart, such as those of an attack by overlapping.
    const size = length | ((data[data.length >> 1] ?? 0) << 16) | ((data[data.length - 1] ?? 0) << 24) | 0;
    const isSyn = (flags & Flag.syn) > 0;
    const isTold = identification > 0 || (stamp > 0 && (isSyn || length > 0));
    if (!isTold) return undefined;
    const slot = (identification || (seq ^ stamp) >>> 0) % remembered;
    const at = slot * columns;
    const seen = this.#seen;
    const sinceUs = atUs - (this.#atUs[slot] ?? 0);
    const isMade =
      identification > 0
        ? !isSyn || sinceUs < latestUs
        : isSyn
          ? sinceUs >= tickUs && sinceUs < soonUs
          : sinceUs < atOnceUs;
    this.#atUs[slot] = atUs;
    const sameSender = (seen[at] ?? 0) >>> 8 === identification && seen[at + 4] === (ports | 0);
    const same =
      sameSender &&
      ((seen[at] ?? 0) & 0xff) === flags &&
      seen[at + 1] === size &&
      seen[at + 2] === (seq | 0) &&
      seen[at + 3] === (ack | 0) &&
      seen[at + 5] === (stamp | 0);
    if (same && isMade) return 'copy';
    seen[at] = (identification << 8) | flags;
    seen[at + 1] = size;
    seen[at + 2] = seq;
    seen[at + 3] = ack;
    seen[at + 4] = ports;
    seen[at + 5] = stamp;
    return sameSender && identification > 0 ? 'again' : undefined;
  }
}
