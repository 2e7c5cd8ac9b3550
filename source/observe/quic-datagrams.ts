// Finds the datagrams that are QUIC, and keeps their octets until the secrets are known: the keys that decrypt one come in another, and
// from a file.
import {isQuic} from '../wire/quic/packet-header.ts';
import type {Side} from './connections.ts';
import type {Endpoint} from './observed-connection.ts';
import {OctetStore} from './octet-store.ts';

/** The most octets of QUIC that are kept, over all connections; later ones are counted as not read. */
const mostOctets = 1 << 26;

type Ends = readonly [Endpoint, Endpoint];

export type KeptDatagram = {
  readonly frame: number;
  readonly atUs: number;
  readonly ends: Ends;
  /** The side of the sender. */
  readonly side: Side;
  readonly bytes: Uint8Array;
};

type Kept = Omit<KeptDatagram, 'bytes'> & {readonly at: number; readonly length: number};

const endName = ({address, port}: Endpoint): string => `${address} ${port}`;

export class QuicDatagrams {
  readonly #store = new OctetStore(mostOctets);
  readonly #kept: Kept[] = [];
  /** The known conversations by their ends, and every end that was sent QUIC to, because clients move (RFC 9000 §9). */
  readonly #known = new WeakSet<Ends>();
  readonly #servers = new Set<string>();

  /** Takes a datagram; returns false if it is QUIC and there is no room for it. */
  take(datagram: KeptDatagram): boolean {
    const {ends, side, bytes, frame, atUs} = datagram;
    if (!this.#known.has(ends) && !this.#begins(datagram)) return true;
    const at = this.#store.add(bytes);
    if (at === undefined) return false;
    this.#kept.push({frame, atUs, ends, side, at, length: bytes.length});
    return true;
  }

  #begins({ends, side, bytes}: KeptDatagram): boolean {
    const to = endName(ends[side === 0 ? 1 : 0]);
    if (
      !isQuic(
        bytes,
        ends.map(({port}) => port),
      ) &&
      !this.#servers.has(to)
    )
      return false;
    this.#known.add(ends);
    this.#servers.add(to);
    return true;
  }

  get length(): number {
    return this.#kept.length;
  }

  *[Symbol.iterator](): IterableIterator<KeptDatagram> {
    for (const {at, length, ...about} of this.#kept) yield {...about, bytes: this.#store.read({at, length})};
  }
}
