// Collects packets with a low TTL by sender and receiver: if they have several TTLs, they are those of traceroute (RFC 2151 §3.4), and a
// TTL that nobody answered is a silent hop. The memory used is bounded.

/** The highest TTL that traceroute uses; ordinary packets have a higher one, unless they come from far away. */
export const mostHops = 30;
const mostWays = 1024;

type Sent = {readonly frame: number; atUs: number; count: number};

export class ProbedWays {
  /** The packets with a low TTL that were sent with each TTL, by ends and protocol. */
  readonly #ways = new Map<string, Map<number, Sent>>();

  saw(way: string, hops: number, {frame, atUs}: {readonly frame: number; readonly atUs: number}): void {
    let sent = this.#ways.get(way);
    if (!sent) {
      sent = new Map();
      this.#ways.set(way, sent);
      const [oldest] = this.#ways.keys();
      if (this.#ways.size > mostWays && oldest !== undefined) this.#ways.delete(oldest);
    }
    const known = sent.get(hops);
    if (!known) sent.set(hops, {frame, atUs, count: 1});
    else {
      known.count += 1;
      known.atUs = atUs;
    }
  }

  /** Returns the low-TTL packets of a sender, receiver and protocol by their TTL: first frame, last time and number. */
  sent(way: string): ReadonlyMap<number, Sent> {
    return this.#ways.get(way) ?? new Map();
  }

  /**
   * Tells whether packets between these ends were sent with several low TTLs, as traceroute does; ordinary packets all have the same TTL.
   */
  isProbed(way: string): boolean {
    return this.sent(way).size > 1;
  }
}
