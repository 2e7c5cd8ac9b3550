// Fragments of IP datagrams put together again (RFC 791 §3.2, RFC 8200 §4.5), within a bound. As in other readers of
// captures a datagram is read in the frame that completes it.
import type {FragmentPlace} from '../wire/frame-headers.ts';

/** IP allows no more; in octets. */
const longestDatagram = 65_535;

/** What is put together at the same time; the oldest gives way. */
const mostDatagrams = 64;

type Parts = {readonly parts: Map<number, Uint8Array>; total: number | undefined; size: number};

export class Fragments {
  readonly #open = new Map<string, Parts>();

  /** `key`: addresses, protocol. `bytes`: the whole of what the fragment carries. The datagram's payload, once it is whole. */
  add(key: string, {id, offset, more}: FragmentPlace, bytes: Uint8Array): Uint8Array | undefined {
    if (offset + bytes.length > longestDatagram) return undefined;
    const name = `${key} ${id}`;
    const known = this.#open.get(name) ?? {parts: new Map<number, Uint8Array>(), total: undefined, size: 0};
    if (!this.#open.has(name)) this.#remember(name, known);
    if (!known.parts.has(offset)) {
      // A copy: the fragment is part of a larger buffer, and may wait for long.
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

/** undefined: there is a gap between them after all. */
const joined = (parts: ReadonlyMap<number, Uint8Array>, total: number): Uint8Array | undefined => {
  const whole = new Uint8Array(total);
  let end = 0;
  for (const [offset, bytes] of [...parts].sort(([a], [b]) => a - b)) {
    // Behind the last fragment's end nothing belongs to it.
    if (offset >= total) break;
    if (offset > end) return undefined;
    whole.set(bytes.subarray(0, total - offset), offset);
    end = Math.max(end, offset + bytes.length);
  }
  return whole;
};
