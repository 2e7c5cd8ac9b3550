// Reassembles fragments of IP datagrams (RFC 791 §3.2, RFC 8200 §4.5) within bounded memory. As in other analyzers, a datagram is read in
// the frame that completes it.
import {addressText, type FragmentPlace, type FrameHeaders} from '../wire/frame-headers.ts';
import {unitsAt} from './flow-keys.ts';

/** The longest IP datagram payload that is reassembled, in octets. */
const longestDatagram = 65_535;

/** The highest number of IP datagrams that are reassembled at the same time; a further one replaces the oldest. */
const mostDatagrams = 64;

/** The place of an IP payload in `bytes`. */
type Carried = {readonly bytes: Uint8Array; readonly at: number; readonly end: number};

/** The fragments that were captured of one IP datagram; their octets may no longer be kept. */
export type Pieces = {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  readonly frames: number[];
  readonly offsets: Set<number>;
  octets: number;
  lastUs: number;
  hasLast: boolean;
  whole: boolean;
};

/** The highest number of fragmented IP datagrams that are remembered; `mostFrames` is that of frames of each. */
const mostRemembered = 4096;
const mostFrames = 8;

/**
 * Incomplete IP datagrams from one address to another that are no longer remembered one by one: how many there were, their octets, and how
 * many had only a small first fragment.
 */
export type Forgotten = {
  datagrams: number;
  octets: number;
  alone: number;
  readonly frames: number[];
  readonly firstUs: number;
};

/** The highest number of address pairs for which forgotten datagrams are counted. */
const mostWays = 64;

/**
 * An IP fragment with fewer octets than this is suspicious, because no link needs it: hosts must accept 576 octets (RFC 791 §3.2) and
 * IPv6's links at least 1280 (RFC 8200 §5).
 */
const tinyOctets = 256;

/** Tells whether of a fragmented IP datagram only a small first fragment was captured. */
export const isAlone = ({offsets, octets, hasLast}: Pieces): boolean =>
  offsets.size === 1 && offsets.has(0) && !hasLast && octets < tinyOctets;

export const wayOf = ({from, to, protocol}: Pieces): string => `${from} ${to} ${protocol}`;

type Parts = {readonly parts: Map<number, Uint8Array>; total: number | undefined; size: number};

export class Fragments {
  readonly #open = new Map<string, Parts>();
  readonly #pieces = new Map<string, Pieces>();
  /** The incomplete datagrams that were forgotten, by their ends and protocol (`wayOf`). */
  readonly forgotten = new Map<string, Forgotten>();
  /** The number of frames that carry an IP fragment. */
  frames = 0;

  /** The remembered IP datagrams of which fragments are missing. */
  get incomplete(): readonly Pieces[] {
    return [...this.#pieces.values()].filter(({whole}) => !whole);
  }

  /**
   * Returns the IP payload of a packet; for a fragment, the payload of the datagram that it completes, or undefined. `headers` are those of
   * `bytes`.
   */
  carried(
    headers: FrameHeaders,
    bytes: Uint8Array,
    seen: {readonly frame: number; readonly atUs: number},
  ): Carried | undefined {
    const {fragment, transportAt: at, transportEnd: end, version, addressesAt, protocol} = headers;
    if (!fragment) return {bytes, at, end};
    this.frames += 1;
    const addresses = String.fromCharCode(
      ...unitsAt(bytes, addressesAt, addressesAt + (version === 4 ? 8 : 32)),
    );
    const key = `${addresses} ${protocol}`;
    const pieces = this.#tally(`${key} ${fragment.id}`, headers, fragment, bytes);
    if (!pieces.offsets.has(fragment.offset)) {
      pieces.offsets.add(fragment.offset);
      pieces.octets += end - at;
      if (pieces.frames.length < mostFrames) pieces.frames.push(seen.frame);
    }
    pieces.lastUs = seen.atUs;
    pieces.hasLast ||= !fragment.more;
    if (end > bytes.length) {
      // A fragment that the snap length cut off still arrived, so the datagram can be complete without all of its octets.
      pieces.whole ||= pieces.hasLast && pieces.offsets.size > 1;
      return fragment.offset === 0 ? {bytes, at, end} : undefined;
    }
    const whole = this.add(key, fragment, bytes.subarray(at, end));
    if (whole) pieces.whole = true;
    return whole && {bytes: whole, at: 0, end: whole.length};
  }

  #tally(name: string, headers: FrameHeaders, {offset}: FragmentPlace, bytes: Uint8Array): Pieces {
    const known = this.#pieces.get(name);
    // An IP identification may be used again after its datagram is complete. A fragment with an offset that has already come is a copy.
    if (known && !(known.whole && offset === 0 && !known.offsets.has(offset))) return known;
    const [from, to] = [addressText(bytes, headers, 0), addressText(bytes, headers, 1)];
    const pieces: Pieces = {
      ...{from, to, protocol: headers.protocol, frames: [], offsets: new Set()},
      ...{octets: 0, lastUs: 0, hasLast: false, whole: false},
    };
    this.#pieces.set(name, pieces);
    const [oldest] = this.#pieces;
    if (this.#pieces.size > mostRemembered && oldest !== undefined) {
      this.#pieces.delete(oldest[0]);
      if (!oldest[1].whole) this.#forget(oldest[1]);
    }
    return pieces;
  }

  #forget(pieces: Pieces): void {
    const way = wayOf(pieces);
    const known = this.forgotten.get(way);
    if (!known && this.forgotten.size >= mostWays) return;
    const all = known ?? {datagrams: 0, octets: 0, alone: 0, frames: [], firstUs: pieces.lastUs};
    all.datagrams += 1;
    all.octets += pieces.octets;
    if (isAlone(pieces)) all.alone += 1;
    if (all.frames.length < mostFrames) all.frames.push(...pieces.frames.slice(0, 1));
    if (!known) this.forgotten.set(way, all);
  }

  /**
   * Adds an IP fragment, whose payload is `bytes`; returns the datagram's payload once it is complete. `key` contains addresses and
   * protocol.
   */
  add(key: string, {id, offset, more}: FragmentPlace, bytes: Uint8Array): Uint8Array | undefined {
    if (offset + bytes.length > longestDatagram) return undefined;
    const name = `${key} ${id}`;
    const known = this.#open.get(name) ?? {parts: new Map<number, Uint8Array>(), total: undefined, size: 0};
    if (!this.#open.has(name)) this.#remember(name, known);
    if (!known.parts.has(offset)) {
      // The octets are copied, because the fragment is part of a larger buffer and may wait for long.
      known.parts.set(offset, bytes.slice());
      known.size += bytes.length;
    }
    if (!more) known.total = offset + bytes.length;
    if (known.total === undefined || known.size < known.total) return undefined;
    this.#open.delete(name);
    return joined(known.parts, known.total);
  }

  #remember(name: string, parts: Parts): void {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= mostDatagrams && oldest !== undefined) this.#open.delete(oldest);
    this.#open.set(name, parts);
  }
}

/** Returns the joined payload of an IP datagram's fragments; undefined if there is a gap between them. */
const joined = (parts: ReadonlyMap<number, Uint8Array>, total: number): Uint8Array | undefined => {
  const whole = new Uint8Array(total);
  let end = 0;
  for (const [offset, bytes] of [...parts].sort(([a], [b]) => a - b)) {
    // Octets beyond the end of the last fragment do not belong to the IP datagram.
    if (offset >= total) break;
    if (offset > end) return undefined;
    whole.set(bytes.subarray(0, total - offset), offset);
    end = Math.max(end, offset + bytes.length);
  }
  return whole;
};
