// The segments that the stack under test has sent and that the script has not expected yet, with the ISNs from which their numbers count.
import {ropeConcat} from '../../wire/rope.ts';
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {Origins} from './numbers.ts';
import type {Ports} from './sockets.ts';

export type Sent = {
  readonly atUs: number;
  /** The number of µs by which a real host may send the segment later, because of its timer wheel. */
  readonly lateUs: number;
  readonly segment: TcpSegment;
  readonly origins: Origins;
  /** The ECN bits of the segment's IP packet, by packetdrill's names. */
  readonly ecn: 'noecn' | 'ect0';
};

/** The TCP flags that only the last segment of a burst carries; they do not keep segments from being joined. */
const lastOnly = TcpFlag.PSH | TcpFlag.FIN | TcpFlag.CWR;

const continues = (before: Sent, next: Sent): boolean => {
  const a = before.segment;
  const b = next.segment;
  return (
    next.atUs === before.atUs &&
    next.ecn === before.ecn &&
    b.payload.length > 0 &&
    b.seq === seqAdd(a.seq, a.payload.length) &&
    b.ack === a.ack &&
    b.window === a.window &&
    (a.flags & ~lastOnly) === (b.flags & ~lastOnly) &&
    (a.flags & TcpFlag.FIN) === 0
  );
};

const join = (before: Sent, next: Sent): Sent => ({
  ...before,
  segment: {
    ...next.segment,
    seq: before.segment.seq,
    options: before.segment.options,
    payload: ropeConcat(before.segment.payload, next.segment.payload),
  },
});

export class Outbox {
  #sent: Sent[] = [];

  add(sent: Sent): void {
    this.#sent.push(sent);
  }

  /**
   * Returns the first unread packet of the connection that the script is about, and leaves it; drops packets of other connections before
   * it. Undefined if there is none.
   */
  #belonging(ports: Ports | undefined): Sent | undefined {
    while (this.#sent.length > 0) {
      const [first] = this.#sent;
      const mine =
        ports === undefined ||
        (first?.segment.srcPort === ports.local && first.segment.dstPort === ports.remote);
      if (mine) return first;
      this.#sent.shift();
    }
    return undefined;
  }

  has(ports: Ports | undefined): boolean {
    return this.#belonging(ports) !== undefined;
  }

  /**
   * Removes and returns the next packet as the host gives it to its network card; with `large`, segments are joined up to the next PSH.
   * Undefined if there is none.
   */
  takeWhole(ports: Ports | undefined, large: boolean): Sent | undefined {
    return this.#joined(ports, ({segment}) => large && (segment.flags & TcpFlag.PSH) === 0);
  }

  /**
   * Removes and returns the next packet; segments that left together are joined up to `joinBytes`, the length that the script expects.
   * Undefined if there is none.
   */
  take(ports: Ports | undefined, joinBytes: number): Sent | undefined {
    return this.#joined(
      ports,
      (taken, next) => taken.segment.payload.length + next.segment.payload.length <= joinBytes,
    );
  }

  #joined(ports: Ports | undefined, fits: (taken: Sent, next: Sent) => boolean): Sent | undefined {
    let taken = this.#belonging(ports);
    if (taken === undefined) return undefined;
    this.#sent.shift();
    for (let next = this.#sent[0]; next !== undefined; next = this.#sent[0]) {
      if (!fits(taken, next) || !continues(taken, next)) break;
      taken = join(taken, next);
      this.#sent.shift();
    }
    return taken;
  }
}
