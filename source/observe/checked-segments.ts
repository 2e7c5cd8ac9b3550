// Whether the checksums of what an end sends are right (RFC 9293 §3.1, RFC 768): a wrong one is dropped by whoever receives it, unless the
// network card of its sender had yet to fill it in.

import {checksumAdd, checksumFinish, pseudoHeaderSum} from '../wire/checksum.ts';
import type {FrameHeaders} from '../wire/frame-headers.ts';
import {uint16} from '../wire/frame-headers.ts';

/** Where the checksum stands behind the beginning of the header, and which protocol it belongs to. */
const checksumAt = {6: 16, 17: 6} as const;

export type Checked = 'right' | 'wrong' | 'left' | undefined;

const mask = 0xffff;

/**
 * `left`: it holds no more than the sum of the pseudo header, which is what an operating system leaves to the card. undefined: it has none, or the capture
 * lacks a part. `headers` are those of `frame`.
 */
export const checkedIn = (
  {version, addressesAt, destinationAt, protocol}: FrameHeaders,
  frame: Uint8Array,
  {bytes, at, end}: {readonly bytes: Uint8Array; readonly at: number; readonly end: number},
): Checked => {
  if (end > bytes.length || (protocol !== 6 && protocol !== 17)) return undefined;
  const place = at + checksumAt[protocol];
  if (place + 2 > end) return undefined;
  const stated = uint16(bytes, place);
  if (protocol === 17 && stated === 0) return undefined;
  const addressOctets = version === 4 ? 4 : 16;
  const addressesEnd = addressesAt + 2 * addressOctets;
  const finalAt = destinationAt === addressesAt + addressOctets ? undefined : destinationAt;
  const pseudo = pseudoHeaderSum(
    frame,
    {start: addressesAt, end: addressesEnd, finalAt},
    {protocol, length: end - at},
  );
  const left = checksumFinish(checksumAdd(pseudo, bytes, at, end));
  if (left === 0) return 'right';
  return (~checksumFinish(pseudo) & mask) === stated ? 'left' : 'wrong';
};

/** So many wait for being sent again, and so many frames are kept. */
const mostWaiting = 16;
const mostFrames = 8;

type Wrong = {readonly frame: number; readonly sign: number; readonly atUs: number};

const none: readonly never[] = [];

/** Of what one end sends. */
export class CheckedSegments {
  right: number;
  wrong = 0;
  left = 0;
  /** Wrong ones of which the same was sent again, and how long that took altogether. */
  repaired = 0;
  costUs = 0;
  #frames: readonly number[] = none;
  #waiting: readonly Wrong[] = none;

  /** `right`: so many were before. */
  constructor(right: number) {
    this.right = right;
  }

  /** The first ones that are not right. */
  get frames(): readonly number[] {
    return this.#frames;
  }

  /** `sign`: by which it is known again when it is sent again; undefined: it asks for nothing. */
  take(
    checked: Checked,
    {frame, atUs, sign}: {readonly frame: number; readonly atUs: number; readonly sign: number | undefined},
  ): void {
    if (checked === undefined) return;
    this[checked] += 1;
    if (checked === 'right') {
      if (this.#waiting.length > 0 && sign !== undefined) this.#repair(sign, atUs);
      return;
    }
    if (this.#frames.length < mostFrames) this.#frames = [...this.#frames, frame];
    if (checked === 'wrong' && sign !== undefined && this.#waiting.length < mostWaiting)
      this.#waiting = [...this.#waiting, {frame, sign, atUs}];
  }

  #repair(sign: number, atUs: number): void {
    const again = this.#waiting.filter((each) => each.sign === sign);
    if (again.length === 0) return;
    this.#waiting = this.#waiting.filter((each) => each.sign !== sign);
    this.repaired += again.length;
    this.costUs += atUs - Math.min(...again.map((each) => each.atUs));
  }
}
