// Packets that have few hops to go, by who sends them to whom: with several numbers of hops they trace the way (RFC 2151 §3.4), and a number to which
// nobody answered is a hop that says nothing. Bounded.

/** traceroute stops there; ordinary packets have more left, unless they come from afar. */
export const mostHops = 30;
const mostWays = 1024;

type Sent = {readonly frame: number; atUs: number; count: number};

export class ProbedWays {
  /** By ends and protocol: what was sent with each number of hops. */
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

  /** With each number of hops that was tried. */
  sent(way: string): ReadonlyMap<number, Sent> {
    return this.#ways.get(way) ?? new Map();
  }

  /** Ordinary packets all have the same number of hops to go. */
  isProbed(way: string): boolean {
    return this.sent(way).size > 1;
  }
}
