// What is told of the file itself, frame by frame: when it begins and ends, whether its order is that of time, what it has cut off,
// and whether each packet stands in it twice.
import type {FrameHeaders} from '../wire/frame-headers.ts';
import {uint32} from '../wire/frame-headers.ts';
import {type CaptureRecord, type Stamp, usBetween} from '../wire/pcap/record.ts';

/** Before the year 2000 nobody wrote such captures. */
const leastUs = 946_684_800_000_000;

/** Of each kind the first ones are kept. */
const mostFrames = 8;

/** Queues of one network card are read one after the other: so little is no disorder. */
const leastStepUs = 50;

/** A copy stands so few frames behind its original, and so soon, in microseconds. */
const mostBehind = 16;
const mostApartUs = 5000;
/** Where among so many frames fewer than a quarter are copies no more are looked for. */
const enough = 256;

type Captured = Pick<CaptureRecord, 'bytes' | 'originalLength'>;

class Twice {
  /** Frames that repeat one before them. */
  copies = 0;
  leastUs = Number.POSITIVE_INFINITY;
  mostUs = 0;
  readonly frames: number[] = [];
  #seen = 0;
  #over = false;
  readonly #signs = new Float64Array(mostBehind);
  readonly #atUs = new Float64Array(mostBehind);
  /** Has a copy already. */
  readonly #matched = new Uint8Array(mostBehind);

  take({bytes, originalLength}: Captured, headers: FrameHeaders, atUs: number, frame: number): void {
    if (this.#over) return;
    this.#seen += 1;
    if (this.#seen > enough && this.copies * 4 < this.#seen) {
      this.#over = true;
      return;
    }
    const sign = signOf(bytes, headers, originalLength);
    for (let place = 0; place < mostBehind; place++) {
      if (this.#signs[place] !== sign || this.#matched[place] === 1) continue;
      const apart = Math.abs(atUs - (this.#atUs[place] ?? 0));
      if (apart > mostApartUs) continue;
      this.#matched[place] = 1;
      this.copies += 1;
      this.leastUs = Math.min(this.leastUs, apart);
      this.mostUs = Math.max(this.mostUs, apart);
      if (this.frames.length < mostFrames) this.frames.push(frame);
      return;
    }
    const slot = this.#seen % mostBehind;
    this.#signs[slot] = sign;
    this.#atUs[slot] = atUs;
    this.#matched[slot] = 0;
  }
}

/** What stays the same from one side of a switch or a router to the other: not the link's header, nor how far the packet may still go. */
const signOf = (
  bytes: Uint8Array,
  {version, transportAt, addressesAt, fragment}: FrameHeaders,
  length: number,
): number => {
  const behind = version === 0 ? length : length - addressesAt;
  let sign = behind | 0;
  const mix = (word: number): void => {
    sign = Math.imul(sign ^ word, 0x9e3779b1);
    sign ^= sign >>> 15;
  };
  // The identification of IPv4 stands 8 octets before its addresses.
  if (version === 4) mix(uint32(bytes, addressesAt - 8));
  // That of IPv6 stands in the header of fragments, before the place of the transport.
  if (version === 6 && fragment) mix(fragment.id ^ fragment.offset);
  for (let at = transportAt; at < transportAt + 32; at += 4) mix(uint32(bytes, at));
  return sign;
};

/** Captured octets of which so many were on the wire. */
type Cut = {frames: number; octets: number; readonly first: number[]};

/** A frame that is older than one before it in the file. */
type Backwards = {frames: number; mostUs: number; readonly first: number[]};

export class FileCourse {
  frames = 0;
  readonly cut: Cut = {frames: 0, octets: 0, first: []};
  readonly backwards: Backwards = {frames: 0, mostUs: 0, first: []};
  readonly twice = new Twice();
  #first: Stamp | undefined;
  #lastUs = 0;
  #latestUs = 0;

  /** From the first frame to the last, which need not be the latest. */
  get durationUs(): number {
    return this.#lastUs;
  }

  /** From the first frame to the latest. */
  get latestUs(): number {
    return this.#latestUs;
  }

  /** The frame that was taken last is older than one before it. */
  get isBehind(): boolean {
    return this.#lastUs + leastStepUs < this.#latestUs;
  }

  /** When it was taken, in microseconds since 1970; undefined: its clock was not set, or it has none. */
  get takenUs(): number | undefined {
    return this.#first && this.#first.atUs > leastUs ? this.#first.atUs : undefined;
  }

  /** Returns when the frame passed, since the first one. */
  take({atUs, nanoseconds, bytes, originalLength}: CaptureRecord): number {
    const stamp = {atUs, nanoseconds};
    this.frames += 1;
    this.#first ??= stamp;
    this.#lastUs = usBetween(this.#first, stamp);
    if (this.isBehind) {
      this.backwards.frames += 1;
      this.backwards.mostUs = Math.max(this.backwards.mostUs, this.#latestUs - this.#lastUs);
      if (this.backwards.first.length < mostFrames) this.backwards.first.push(this.frames);
    } else if (this.#lastUs > this.#latestUs) this.#latestUs = this.#lastUs;
    if (bytes.length < originalLength) {
      this.cut.frames += 1;
      this.cut.octets = Math.max(this.cut.octets, bytes.length);
      if (this.cut.first.length < mostFrames) this.cut.first.push(this.frames);
    }
    return this.#lastUs;
  }
}
