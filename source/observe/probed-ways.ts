// Packets with a low TTL, by sender and receiver: if they have several TTLs, they trace the way (RFC 2151 §3.4), and a TTL that nobody
// answered is a silent hop. The memory that is used is bounded.

/** The highest TTL that traceroute uses; ordinary packets have a higher one, unless they come from far away. */
export const mostHops = 30;
const mostWays = 1024;

type Sent = {readonly frame: number; atUs: number; count: number};

export class ProbedWays {
  /** The packets that were sent with each TTL, by ends and protocol. */
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

  /** Returns the packets that were sent with each TTL. */
  sent(way: string): ReadonlyMap<number, Sent> {
    return this.#ways.get(way) ?? new Map();
  }

  /** Tells whether several TTLs were tried, because ordinary packets all have the same. */
  isProbed(way: string): boolean {
    return this.sent(way).size > 1;
  }
}
