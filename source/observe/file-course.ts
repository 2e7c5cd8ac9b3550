// Finds properties of the capture file itself, frame by frame: its time span, whether frames are in the order of time, what the snap length
// cut off, and whether it contains each packet twice.
import type {FrameHeaders} from '../wire/frame-headers.ts';
import {uint32} from '../wire/frame-headers.ts';
import {type CaptureRecord, type Stamp, usBetween} from '../wire/pcap/record.ts';
import {FrameTimes} from './frame-times.ts';

/** The year 2000 in microseconds since 1970; a capture with an earlier time was made by a clock that was not set. */
const leastUs = 946_684_800_000_000;

/** The number of first frames that are kept of each kind: copied, cut, and out of order. */
const mostFrames = 8;

/**
 * A frame that is older than an earlier one by at most this many µs is not out of order, because a network card's queues are read one after
 * the other.
 */
const leastStepUs = 50;

/** A step in time of more than this many µs, a day, is no pause: the file joins captures that were taken at different times. */
export const joinUs = 86_400_000_000;

/** A copy follows its original within `mostBehind` frames and within `mostApartUs` (in µs). */
const mostBehind = 16;
const mostApartUs = 5000;
/** After this number of frames, copies are no longer looked for if fewer than a quarter of the frames are copies. */
const enough = 256;

type Captured = Pick<CaptureRecord, 'bytes' | 'originalLength'>;

class Twice {
  /** The number of frames that are copies of an earlier frame. */
  copies = 0;
  leastUs = Number.POSITIVE_INFINITY;
  mostUs = 0;
  readonly frames: number[] = [];
  #seen = 0;
  #over = false;
  readonly #signs = new Float64Array(mostBehind);
  readonly #atUs = new Float64Array(mostBehind);
  /** 1 for each remembered frame that already has a copy. */
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

/** Returns a hash of a frame that is the same on both sides of a switch or router: it leaves out the link header and the TTL. */
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
  // IPv4's identification precedes its addresses by 8 octets.
  if (version === 4) mix(uint32(bytes, addressesAt - 8));
  // IPv6 has an identification only in the fragment header, together with the fragment's offset.
  if (version === 6 && fragment) mix(fragment.id ^ fragment.offset);
  for (let at = transportAt; at < transportAt + 32; at += 4) mix(uint32(bytes, at));
  return sign;
};

/** The frames of which only a part was captured: their number, the most octets captured of one, and the first of them. */
type Cut = {frames: number; octets: number; readonly first: number[]};

/** The frames that are older than one before them in the file: their number, the largest difference in µs, and the first of them. */
type Backwards = {frames: number; mostUs: number; readonly first: number[]};

export class FileCourse {
  frames = 0;
  readonly cut: Cut = {frames: 0, octets: 0, first: []};
  readonly backwards: Backwards = {frames: 0, mostUs: 0, first: []};
  readonly twice = new Twice();
  readonly times = new FrameTimes();
  /** How many captures were joined to this file after the first one, and the time in µs from each to the next. */
  joins = 0;
  joinsUs = 0;
  #first: Stamp | undefined;
  #lastUs = 0;
  #latestUs = 0;

  /** The time in µs from the first frame to the last one in the file, which need not be the latest. */
  get durationUs(): number {
    return this.#lastUs;
  }

  /** The time in µs from the first frame to the latest one. */
  get latestUs(): number {
    return this.#latestUs;
  }

  /** The time in µs that the frames span, without the time between captures that were joined. */
  get spanUs(): number {
    return this.#latestUs - this.joinsUs;
  }

  /** True if the frame that was taken last is older than one before it. */
  get isBehind(): boolean {
    return this.#lastUs + leastStepUs < this.#latestUs;
  }

  /** The time at which the capture was taken, in microseconds since 1970; undefined if its clock was not set or it has no frames. */
  get takenUs(): number | undefined {
    return this.#first && this.#first.atUs > leastUs ? this.#first.atUs : undefined;
  }

  /** Reads the next frame of the capture; returns the time in µs at which it passed, counted from the first frame. */
  take({atUs, nanoseconds, bytes, originalLength}: CaptureRecord): number {
    const stamp = {atUs, nanoseconds};
    this.frames += 1;
    this.#first ??= stamp;
    const beforeUs = this.#lastUs;
    this.#lastUs = usBetween(this.#first, stamp);
    if (Math.abs(this.#lastUs - beforeUs) > joinUs) {
      this.joins += 1;
      this.joinsUs += Math.max(0, this.#lastUs - Math.max(beforeUs, this.#latestUs));
    }
    this.times.add(this.#lastUs);
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
