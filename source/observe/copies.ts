// Packets that a capture has twice, octet for octet: doubled on the way, or where it was taken. No end sends the same IPv4 packet
// again: what TCP repeats leaves under another identification (RFC 6864 §4.1 allows one value to be used again, RFC 1122 §3.2.1.5). Where
// a packet has none, the clock of the timestamps tells: it runs on before a SYN is said again (RFC 7323 §5.4, RFC 6298 §2.1), and data
// that come again within less than any round trip were doubled.
import {Flag, type SeenSegment} from './seen-segment.ts';

/** So many of the latest packets are remembered, by their identification. */
const remembered = 1024;

/** identification and flags, length, seq, ack, ports, timestamp. */
const columns = 6;

/** A SYN of the same timestamp: the clock had run on since, and no timer is so short; in microseconds. */
const tickUs = 2000;
const soonUs = 100_000;
/** Data come again so soon only where they were doubled: in less time nobody can have told their sender that they were lost; in microseconds. */
const atOnceUs = 200;

/** No network holds a second copy back for so long, and a timer that is not set yet repeats a SYN no sooner (RFC 6298 §2.1: one second). */
const latestUs = 900_000;

/** `again`: another packet under the same identification: who sends it counts none, so equal ones tell nothing. */
export type Copied = 'copy' | 'again' | undefined;

export class Copies {
  readonly #seen = new Int32Array(remembered * columns);
  readonly #atUs = new Float64Array(remembered);

  /**
   * Has the same packet passed before? `identification`: of the IPv4 header; 0: it has none, who sends no fragments may set it so
   * (RFC 6864 §4.1). `ports`: both, in 32 bits.
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
