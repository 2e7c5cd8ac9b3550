// Notes the frames of notable events in a captured connection: the first few of each kind, and the longest silence. It uses a bounded
// amount of memory.
import {type Seq, seqAdd} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import type {Refusal, TooBig} from './icmp-refusals.ts';
import {LastStand} from './last-stand.ts';
import {OpeningFrames} from './opening-frames.ts';
import {Resets} from './resets.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

export type Silence = {
  readonly us: number;
  /** The time in µs at which the connection's longest silence ended. */
  readonly untilUs: number;
  /** The frame of the segment that ended the connection's longest silence. */
  readonly frame: number;
  readonly side: Side;
  readonly segment: Pick<SeenSegment, 'flags' | 'length'>;
  readonly marks: number;
  /** The side that sent the last data before the silence; undefined if none had sent any. */
  readonly lastData: Side | undefined;
  /** True if the side that ended the silence could not send data before, because the other side had announced a window of 0. */
  readonly windowClosed: boolean;
};

/**
 * The first SYN with data (TCP Fast Open): its frame, `seq` and octets of data. `taken` is true if a SYN,ACK also acknowledges the data.
 */
type FastOpen = {
  readonly frame: number;
  readonly seq: Seq;
  readonly bytes: number;
  readonly taken: boolean;
};

/** The most frames of each kind of notable event that are kept for a connection; later ones are only counted, elsewhere. */
const mostFrames = 4;

export type Noted = 'zeroWindow' | 'keepAlive' | 'lostBefore' | 'outOfOrder';

const noted: readonly (readonly [Noted, number])[] = [
  ['zeroWindow', Mark.zeroWindow],
  ['keepAlive', Mark.keepAlive],
  ['lostBefore', Mark.lostBefore],
  ['outOfOrder', Mark.outOfOrder],
];

export class ConnectionNotes {
  /** The first frames of each kind of notable event; undefined until there is one, because most connections have none. */
  #frames: Map<Noted, number[]> | undefined;
  #silence: Silence | undefined;
  #refusal: Refusal | undefined;
  #tooBig: TooBig | undefined;
  /** The most octets of data in a segment of each side; since an ICMP message refused a size, only later segments count. */
  readonly #most: [number, number] = [0, 0];
  #lastData: Side | undefined;
  readonly resets = new Resets();
  readonly lastStand = new LastStand();
  readonly openingFrames = new OpeningFrames();
  #fastOpen: FastOpen | undefined;
  readonly #windows: [number | undefined, number | undefined] = [undefined, undefined];

  /** Returns the first frames of a kind of notable event (such as zero windows), in the order of the file. */
  frames(kind: Noted): readonly number[] {
    return this.#frames?.get(kind) ?? [];
  }

  /** The longest time between two segments of the connection, and what ended it; undefined if there is only one segment. */
  get silence(): Silence | undefined {
    return this.#silence;
  }

  /**
   * The first ICMP message that reports that a packet of the connection did not arrive, except those about its size; undefined if there is
   * none.
   */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The first ICMP message that reports that a packet of the connection was too big for the path; undefined if there is none. */
  get tooBig(): TooBig | undefined {
    return this.#tooBig;
  }

  /** The data that a SYN of the connection carried (RFC 7413); undefined if there were none. */
  get fastOpen(): FastOpen | undefined {
    return this.#fastOpen;
  }

  refuse({
    frame,
    from,
    to,
    mtu,
    rewritten = false,
    reason,
  }: Omit<TooBig, 'mtu' | 'rewritten'> & {
    readonly rewritten?: boolean;
    readonly mtu: number | undefined;
    readonly reason: Pick<Refusal, 'version' | 'type' | 'code'>;
  }): void {
    if (mtu === undefined) this.#refusal ??= {frame, from, ...reason};
    else {
      this.#tooBig ??= {frame, from, to, mtu, rewritten};
      // Segments sent before the sender got the ICMP message "too big" do not count; the largest size since then shows how it reacts.
      this.#most.fill(0);
    }
  }

  /** Returns the most octets of data in a segment of this side; after an ICMP message "too big", only later segments count. */
  most(side: Side): number {
    return this.#most[side];
  }

  take(side: Side, segment: SeenSegment, marks: number, sinceUs: number | undefined): void {
    const {frame, flags, length, window} = segment;
    this.#most[side] = Math.max(this.#most[side], length);
    // Segments with SYN are not noted here, because the connection's opening is described elsewhere.
    if (marks !== 0 && !has(segment, Flag.syn))
      for (const [kind, mark] of noted) if (marks & mark) this.#note(kind, frame);
    const us = segment.atUs - (sinceUs ?? segment.atUs);
    const windowClosed = this.#windows[side === 0 ? 1 : 0] === 0;
    if (us > (this.#silence?.us ?? 0))
      this.#silence = {
        us,
        untilUs: segment.atUs,
        frame,
        side,
        segment: {flags, length},
        marks,
        lastData: this.#lastData,
        windowClosed,
      };
    if (!has(segment, Flag.rst)) this.#windows[side] = window;
    this.resets.take(side, segment, marks);
    this.lastStand.take(side, segment, marks);
    if (has(segment, Flag.syn)) this.#open(segment);
    if (length > 0) this.#lastData = side;
  }

  #open({flags, frame, seq, ack, length}: SeenSegment): void {
    if (flags & Flag.ack) {
      const early = this.#fastOpen;
      if (early)
        this.#fastOpen = {...early, taken: early.taken || ack === seqAdd(early.seq, early.bytes + 1)};
    } else if (length > 0) this.#fastOpen ??= {frame, seq, bytes: length, taken: false};
  }

  #note(kind: Noted, frame: number): void {
    this.#frames ??= new Map();
    const known = this.#frames.get(kind);
    if (known === undefined) this.#frames.set(kind, [frame]);
    else if (known.length < mostFrames) known.push(frame);
  }
}
