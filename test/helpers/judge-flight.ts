// What one end has in flight, worked out from what it sent and heard alone: SetPipe of RFC 6675 §4, apart from the machine's own.
import {type Seq, seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../../source/wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../source/wire/tcp.ts';

type Range = {readonly left: Seq; readonly right: Seq};

/** DupThresh (RFC 6675 §2). */
const threshold = 3;

const merged = (ranges: readonly Range[], added: Range): readonly Range[] => {
  const apart = ranges.filter(({left, right}) => seqLt(right, added.left) || seqLt(added.right, left));
  const touching = ranges.filter((range) => !apart.includes(range));
  const left = touching.reduce((low, range) => (seqLt(range.left, low) ? range.left : low), added.left);
  const right = touching.reduce((high, range) => seqMax(high, range.right), added.right);
  return [...apart, {left, right}].toSorted((a, b) => seqDiff(a.left, b.left));
};

const lengthWithin = (ranges: readonly Range[], from: Seq, to: Seq): number =>
  ranges.reduce((sum, {left, right}) => {
    const end = seqLt(right, to) ? right : to;
    return sum + Math.max(0, seqDiff(end, seqMax(left, from)));
  }, 0);

export class Flight {
  #una: Seq | undefined;
  #nxt = seq(0);
  #sacked: readonly Range[] = [];
  #repeated: readonly Range[] = [];
  /** A time-out has given up everything below. */
  #lostBelow: Seq | undefined;
  /** RecoveryPoint: what was out when the first of it was repeated. Repeats count as long as this recovery lasts. */
  #point: Seq | undefined;
  #duplicates = 0;

  sent(segment: TcpSegment, again: boolean): void {
    const left = seqAdd(segment.seq, hasFlag(segment, 'SYN') ? 1 : 0);
    const right = seqAdd(left, segment.payload.length);
    if (this.#una === undefined) {
      this.#una = left;
      this.#nxt = left;
    }
    // The peer has taken the byte of a window probe, which was not sent before.
    if (this.#una === this.#nxt && seqLt(this.#nxt, left)) this.#una = left;
    this.#nxt = seqMax(this.#nxt, right);
    if (!again || segment.payload.length === 0) return;
    this.#point ??= this.#nxt;
    this.#repeated = merged(this.#repeated, {left, right});
  }

  heard(segment: TcpSegment): void {
    if (this.#una === undefined || !hasFlag(segment, 'ACK')) return;
    const empty = segment.payload.length === 0 && !hasFlag(segment, 'SYN') && !hasFlag(segment, 'FIN');
    if (segment.ack === this.#una && empty) this.#duplicates += 1;
    if (seqLt(this.#una, segment.ack)) this.#duplicates = 0;
    // A FIN's number is beyond the data; an ACK of what was never sent counts for nothing.
    if (seqLt(this.#una, segment.ack) && seqLe(segment.ack, seqAdd(this.#nxt, 1)))
      this.#una = seqLt(this.#nxt, segment.ack) ? this.#nxt : segment.ack;
    if (this.#point !== undefined && seqLe(this.#point, this.#una)) {
      this.#point = undefined;
      this.#repeated = [];
    }
    for (const option of segment.options) {
      if (option.kind !== 'sack') continue;
      for (const {left, right} of option.blocks)
        if (seqLe(this.#una, left) && seqLt(left, right) && seqLe(right, seqAdd(this.#nxt, 1)))
          this.#sacked = merged(this.#sacked, {left, right});
    }
  }

  timedOut(): void {
    this.#lostBelow = this.#nxt;
    this.#point = this.#nxt;
    this.#repeated = [];
  }

  /** May limited transmit let more out (RFC 3042 §2)? With SACK pipe itself makes the room (RFC 6675 §5, step 3). */
  isWatching(sack: boolean): boolean {
    return !sack && this.#duplicates > 0;
  }

  /** IsLost: enough has been SACKed above. */
  #lostEdge(una: Seq, mss: number): Seq {
    const above = this.#sacked.filter(({right}) => seqLt(una, right));
    const found = above.findLast(({left}, index) => {
      const bytes = lengthWithin(above, left, this.#nxt);
      return above.length - index >= threshold || bytes > (threshold - 1) * mss;
    });
    const given = this.#lostBelow === undefined ? una : seqMax(una, this.#lostBelow);
    return found ? seqMax(given, found.left) : given;
  }

  /** In bytes. Without SACK cwnd is inflated for what has been repeated, so that nothing counts twice (RFC 6582 §3.2). */
  pipe(mss: number, sack: boolean): number {
    const una = this.#una;
    if (una === undefined) return 0;
    const unsacked = (from: Seq, to: Seq): number =>
      Math.max(0, seqDiff(to, from)) - lengthWithin(this.#sacked, from, to);
    const edge = this.#lostEdge(una, mss);
    const repeatedTo = sack ? this.#nxt : edge;
    const repeated = this.#repeated
      .map(({left, right}) => ({
        left: seqMax(left, una),
        right: seqLt(right, repeatedTo) ? right : repeatedTo,
      }))
      .filter(({left, right}) => seqLt(left, right));
    return (
      unsacked(edge, this.#nxt) + repeated.reduce((sum, {left, right}) => sum + unsacked(left, right), 0)
    );
  }
}
