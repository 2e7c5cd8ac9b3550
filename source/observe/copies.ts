// Finds packets that a capture contains twice, octet for octet, because they were doubled on the way or at the capture point. No end sends
// the same IPv4 packet twice: TCP retransmits under another identification (RFC 6864 §4.1 allows one value to be used again, RFC 1122
// §3.2.1.5). If a packet has no identification, its timestamp tells: that clock runs on before a SYN is retransmitted (RFC 7323 §5.4, RFC
// 6298 §2.1), and data that come again within less than any round trip were doubled.
import {Flag, type SeenSegment} from './seen-segment.ts';

/** The number of latest packets that are remembered, by their identification. */
const remembered = 1024;

/** The columns of a row: identification and flags, length, seq, ack, ports, timestamp. */
const columns = 6;

/**
 * A SYN that comes again with the same timestamp is a copy from `tickUs` on, when the timestamp's clock must have run on, until `soonUs`,
 * before which no timer retransmits; in microseconds.
 */
const tickUs = 2000;
const soonUs = 100_000;
/** Data that come again within this time, in microseconds, were doubled: nobody can have told their sender so soon that they were lost. */
const atOnceUs = 200;

/**
 * The longest time, in microseconds, for which a network holds a second copy of a SYN back. The first timer retransmits a SYN no sooner
 * than after one second (RFC 6298 §2.1).
 */
const latestUs = 900_000;

/**
 * `again` means another packet under the same identification: the sender does not count its packets, so equal identifications tell nothing.
 */
export type Copied = 'copy' | 'again' | undefined;

export class Copies {
  readonly #seen = new Int32Array(remembered * columns);
  readonly #atUs = new Float64Array(remembered);

  /**
   * Tells whether the same packet has passed before. `identification` is that of the IPv4 header; 0 if there is none, or if a sender that
   * does not fragment leaves it out (RFC 6864 §4.1). `ports` contains both ports in 32 bits.
   */
  take(identification: number, ports: number, segment: SeenSegment): Copied {
    const {seq, ack, flags, length, stamp = 0, atUs} = segment;
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
      seen[at + 1] === length &&
      seen[at + 2] === (seq | 0) &&
      seen[at + 3] === (ack | 0) &&
      seen[at + 5] === (stamp | 0);
    if (same && isMade) return 'copy';
    seen[at] = (identification << 8) | flags;
    seen[at + 1] = length;
    seen[at + 2] = seq;
    seen[at + 3] = ack;
    seen[at + 4] = ports;
    seen[at + 5] = stamp;
    return sameSender && identification > 0 ? 'again' : undefined;
  }
}
