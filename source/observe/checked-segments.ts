// Checks the transport checksums of captured packets (RFC 9293 §3.1, RFC 768), and counts the results per sender. A receiver drops a
// segment with a wrong checksum, unless it is only wrong in the capture because the sender's network card fills it in later.

import {checksumFinish, pseudoHeaderSum} from '../wire/checksum.ts';
import {type FrameHeaders, uint16} from '../wire/frame-headers.ts';
import {type Seq, seq, seqLt} from '../wire/seq.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** The offset of the checksum in the TCP and the UDP header, by IP protocol number. */
const checksumAt = {6: 16, 17: 6} as const;

export type Checked = 'right' | 'wrong' | 'left' | undefined;

const isSumOf = (sum: number, stated: number): boolean => (~checksumFinish(sum) & 0xffff) === stated;

/** Returns the offset at which the IP packet would end by the length in its header; the frame may be shorter, because somebody cut it. */
const statedEnd = (frame: Uint8Array, {version, addressesAt: at}: FrameHeaders): number =>
  version === 4 ? at - 12 + uint16(frame, at - 10) : at + 32 + uint16(frame, at - 4);

export class Checksums {
  /** A view of the buffer that most frames lie in, because making one for each frame would take longer than adding its octets. */
  #view = new DataView<ArrayBufferLike>(new ArrayBuffer(0));

  /**
   * Checks the TCP or UDP checksum of a packet. `left`: the field has only the pseudo header's sum, which the network card completes.
   * Undefined: there is no checksum, a part was not captured, or it is a fragment. `headers` are those of `frame`.
   */
  of(
    headers: FrameHeaders,
    frame: Uint8Array,
    {bytes, at, end}: {readonly bytes: Uint8Array; readonly at: number; readonly end: number},
  ): Checked {
    const {version, addressesAt, destinationAt, protocol, fragment} = headers;
    if (fragment || end > bytes.length || (protocol !== 6 && protocol !== 17)) return undefined;
    if (statedEnd(frame, headers) > end) return undefined;
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
    if (checksumFinish(this.#add(pseudo, bytes, at, end)) === 0) return 'right';
    // An operating system leaves the length out of the sum in the checksum field for a network card that cuts large segments (TSO).
    const isLeft = isSumOf(pseudo, stated) || isSumOf(pseudo - (end - at), stated);
    return isLeft ? 'left' : 'wrong';
  }

  /** Adds like `checksumAdd`, but four octets at a time: words of 32 bits give the same sum after folding (RFC 1071 §2). */
  #add(sum: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    const view = this.#view;
    let total = sum;
    let at = bytes.byteOffset + start;
    const last = bytes.byteOffset + end;
    for (; at + 4 <= last; at += 4) total += view.getUint32(at);
    if (at + 2 <= last) {
      total += view.getUint16(at);
      at += 2;
    }
    return at < last ? total + view.getUint8(at) * 256 : total;
  }
}

/** The most segments with a wrong checksum that are remembered until they are retransmitted, and the most frames that are kept. */
const mostWaiting = 16;
const mostFrames = 8;

/** Counts the right, wrong and left-out checksums of the packets that one end sends. */
export class CheckedSegments {
  right: number;
  wrong = 0;
  left = 0;
  /** The number of segments with a wrong checksum that were retransmitted, and the total time in µs until the retransmissions. */
  repaired = 0;
  costUs = 0;
  /** The number of segments with a wrong checksum that need an acknowledgment, without which nothing shows whether they arrived whole. */
  owed = 0;
  /** The number of datagrams with a wrong checksum that were answered, so that they had arrived whole. */
  answered = 0;
  #frames: number[] = emptyList;
  #repairFrames: number[] = emptyList;
  /** The signs of the segments with a wrong checksum that were not retransmitted yet, and the times in µs at which they passed. */
  #waiting: number[] = emptyList;
  #passedUs: number[] = emptyList;

  /** `right` is the number of this end's earlier packets, none of which had a wrong checksum. */
  constructor(right: number) {
    this.right = right;
  }

  /** The first frames of this end whose checksum is wrong or left to the network card. */
  get frames(): readonly number[] {
    return this.#frames;
  }

  /** The first retransmissions of segments with a wrong checksum. */
  get repairFrames(): readonly number[] {
    return this.#repairFrames;
  }

  /**
   * Counts a packet by the result of its check. `sign` identifies the packet that it may be the retransmission of; undefined if it needs no
   * acknowledgment.
   */
  take(
    checked: Checked,
    {frame, atUs, sign}: {readonly frame: number; readonly atUs: number; readonly sign: number | undefined},
  ): void {
    if (checked === undefined) return;
    this[checked] += 1;
    if (checked === 'right') {
      if (this.#waiting.length > 0 && sign !== undefined) this.#repair(sign, atUs, frame);
      return;
    }
    if (checked === 'wrong' && sign !== undefined) this.owed += 1;
    if (this.#frames.length < mostFrames) this.#frames = withOneMore(this.#frames, frame);
  }

  /** Waits for the retransmission of a packet with a wrong checksum, which passed at the time `atUs`. */
  waitFor(sign: number, atUs: number): void {
    if (this.#waiting.length >= mostWaiting) return;
    this.#waiting = withOneMore(this.#waiting, sign);
    this.#passedUs = withOneMore(this.#passedUs, atUs);
  }

  /** Returns how many segments were damaged: those sent again, and those that the number `ack` does not acknowledge. */
  damaged(ack: Seq | undefined): number {
    const open = ack === undefined ? this.#waiting : this.#waiting.filter((sign) => !seqLt(seq(sign), ack));
    return this.repaired + open.length;
  }

  #repair(sign: number, atUs: number, frame: number): void {
    let firstUs = Infinity;
    for (let index = this.#waiting.length - 1; index >= 0; index -= 1) {
      if (this.#waiting[index] !== sign) continue;
      firstUs = Math.min(firstUs, this.#passedUs[index] ?? Infinity);
      this.#waiting.splice(index, 1);
      this.#passedUs.splice(index, 1);
      this.repaired += 1;
    }
    if (firstUs === Infinity) return;
    this.costUs += atUs - firstUs;
    if (this.#repairFrames.length < mostFrames) this.#repairFrames = withOneMore(this.#repairFrames, frame);
  }
}
