// UDP datagrams (RFC 768) by who talks with whom: the same two addresses and ports are one conversation.
import type {Side} from './connections.ts';
import type {Endpoint} from './observed-connection.ts';

export type DatagramConversation = {
  /** From 1, in the order of first datagrams; apart from the numbers of TCP's connections. */
  readonly id: number;
  /** The sender of the first datagram that was captured is 0. */
  readonly ends: readonly [Endpoint, Endpoint];
  readonly firstUs: number;
  readonly lastUs: number;
  readonly packets: number;
  /** Payload that each end sent. */
  readonly bytes: readonly [number, number];
};

type Growing = Omit<DatagramConversation, 'lastUs' | 'packets' | 'bytes'> & {
  lastUs: number;
  packets: number;
  readonly bytes: [number, number];
};

type Datagram = {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly length: number;
  readonly atUs: number;
};

/** As many as connections. */
const mostConversations = 20_000;

const keyOf = (from: Endpoint, to: Endpoint): string =>
  `${from.address} ${from.port} ${to.address} ${to.port}`;

export class DatagramConversations {
  readonly #all: Growing[] = [];
  readonly #open = new Map<string, {readonly conversation: Growing; readonly side: Side}>();

  get all(): readonly DatagramConversation[] {
    return this.#all;
  }

  /** undefined: there are too many others. */
  take({from, to, length, atUs}: Datagram): DatagramConversation | undefined {
    const {conversation, side} = this.#open.get(keyOf(from, to)) ?? this.#begin(from, to, atUs) ?? {};
    if (conversation === undefined || side === undefined) return undefined;
    conversation.packets += 1;
    conversation.lastUs = atUs;
    conversation.bytes[side] += length;
    return conversation;
  }

  #begin(from: Endpoint, to: Endpoint, atUs: number) {
    if (this.#all.length >= mostConversations) return undefined;
    const id = this.#all.length + 1;
    const conversation: Growing = {
      id,
      ends: [from, to],
      firstUs: atUs,
      lastUs: atUs,
      packets: 0,
      bytes: [0, 0],
    };
    this.#all.push(conversation);
    this.#open.set(keyOf(to, from), {conversation, side: 1});
    const placed = {conversation, side: 0} as const;
    this.#open.set(keyOf(from, to), placed);
    return placed;
  }
}
