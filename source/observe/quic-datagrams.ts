// Finds the UDP datagrams that are QUIC, and keeps their octets until the secrets are known: the keys that decrypt one depend on other
// datagrams and on the key log.
import {isQuic} from '../wire/quic/packet-header.ts';
import type {Side} from './connections.ts';
import type {Endpoint} from './observed-connection.ts';
import {OctetStore} from './octet-store.ts';

/** The highest number of octets of QUIC that are kept, over all connections; later datagrams count as not read. */
const mostOctets = 1 << 26;

type Ends = readonly [Endpoint, Endpoint];

export type KeptDatagram = {
  readonly frame: number;
  readonly atUs: number;
  readonly ends: Ends;
  /** The side that sent the datagram: its index in `ends`. */
  readonly side: Side;
  readonly bytes: Uint8Array;
};

type Kept = Omit<KeptDatagram, 'bytes'> & {readonly at: number; readonly length: number};

const endName = ({address, port}: Endpoint): string => `${address} ${port}`;

export class QuicDatagrams {
  readonly #store = new OctetStore(mostOctets);
  readonly #kept: Kept[] = [];
  /**
   * The UDP conversations that are QUIC; `#servers` are the ends that QUIC was sent to, by which conversations of clients that moved are
   * recognized (RFC 9000 §9).
   */
  readonly #known = new WeakSet<Ends>();
  readonly #servers = new Set<string>();

  /** Keeps a UDP datagram if it is QUIC; returns false if there is no room for it. */
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
