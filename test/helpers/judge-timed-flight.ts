// What at least one end has in flight that finds losses by the order of sending (RFC 8985), worked out from what it sent and heard
// alone: of what is not SACKed, all that left after the newest segment known to have arrived. Without SACK each duplicate ACK stands
// for a segment that has arrived (RFC 5681 §3.2), and the first one may be lost.
import {type Seq, seq, seqAdd, seqDiff, seqLe, seqLt, seqMax, seqMin} from '../../source/wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../source/wire/tcp.ts';

/** `sending`: 1, 2, … in the order of leaving. */
type Sending = {readonly left: Seq; readonly right: Seq; readonly sending: number};

export class TimedFlight {
  #una: Seq | undefined;
  #nxt = seq(0);
  /** Disjoint: of each octet that is neither acknowledged nor SACKed its last sending. */
  #out: readonly Sending[] = [];
  #sendings = 0;
  /** The newest sending that has arrived. */
  #newest = 0;
  /** A time-out has given these and all before them up. */
  #givenUp = 0;
  /** Without SACK: what duplicate ACKs stand for, in octets at most. */
  #duplicates = 0;

  sent(segment: TcpSegment, _again: boolean): void {
    const left = seqAdd(segment.seq, hasFlag(segment, 'SYN') ? 1 : 0);
    const right = seqAdd(left, segment.payload.length);
    this.#una ??= left;
    this.#nxt = seqMax(this.#nxt, right);
    if (this.#sendings === 0) this.#nxt = right;
    this.#sendings += 1;
    if (left !== right) this.#out = [...this.#without(left, right), {left, right, sending: this.#sendings}];
  }

  /** What is out but for these octets. */
  #without(left: Seq, right: Seq): Sending[] {
    return this.#out.flatMap((each) => [
      ...(seqLt(each.left, left) ? [{...each, right: seqMin(each.right, left)}] : []),
      ...(seqLt(right, each.right) ? [{...each, left: seqMax(each.left, right)}] : []),
    ]);
  }

  #arrived(left: Seq, right: Seq): void {
    for (const each of this.#out)
      if (seqLt(each.left, right) && seqLt(left, each.right))
        this.#newest = Math.max(this.#newest, each.sending);
    this.#out = this.#without(left, right);
  }

  heard(segment: TcpSegment, mss: number): void {
    const {ack, payload, options} = segment;
    if (this.#una === undefined || !hasFlag(segment, 'ACK')) return;
    const empty = payload.length === 0 && !hasFlag(segment, 'SYN') && !hasFlag(segment, 'FIN');
    if (ack === this.#una && empty) this.#duplicates += mss;
    if (seqLt(this.#una, ack) && seqLe(ack, seqAdd(this.#nxt, 1))) {
      const end = seqMin(ack, this.#nxt);
      // One of those that are acknowledged was missing; the others have had their duplicates.
      this.#duplicates = Math.max(0, this.#duplicates - Math.max(0, seqDiff(end, this.#una) - mss));
      this.#arrived(this.#una, end);
      this.#una = end;
    }
    for (const option of options)
      if (option.kind === 'sack')
        for (const {left, right} of option.blocks)
          if (seqLe(this.#una, left) && seqLe(right, seqAdd(this.#nxt, 1))) this.#arrived(left, right);
  }

  timedOut(): void {
    this.#givenUp = this.#sendings;
    this.#duplicates = 0;
  }

  isWatching(): boolean {
    return false;
  }

  pipe(mss: number, sack: boolean): number {
    const lost = sack ? Math.max(this.#newest, this.#givenUp) : this.#givenUp;
    const away = this.#out.filter(({sending}) => sending > lost);
    const bytes = away.reduce((sum, {left, right}) => sum + seqDiff(right, left), 0);
    return sack ? bytes : Math.max(0, bytes - this.#duplicates - mss);
  }
}
