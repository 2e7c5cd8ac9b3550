// Groups the UDP datagrams of a capture (RFC 768) into conversations: datagrams between the same two addresses and ports belong to one.

import {dhcpPorts} from '../wire/dhcp.ts';
import {uint16} from '../wire/frame-headers.ts';
import {readUint} from '../wire/octets.ts';
import {type Checked, CheckedSegments} from './checked-segments.ts';
import type {Side} from './connections.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import type {Endpoint} from './observed-connection.ts';
import {emptyList, withOneMore} from './short-list.ts';

export type DatagramConversation = {
  /** The number of the UDP conversation, counted from 1 in the order of first datagrams and separately from TCP connections. */
  readonly id: number;
  /**
   * The ends of the UDP conversation. End 0 is the client: the sender of the first captured datagram, unless its ports show that it is an
   * answer.
   */
  readonly ends: readonly [Endpoint, Endpoint];
  readonly firstUs: number;
  readonly lastUs: number;
  readonly packets: number;
  /** The datagrams that each end of the UDP conversation sent, by side. */
  readonly ways: readonly [DatagramWay, DatagramWay];
};

/** The datagrams that one end of a UDP conversation sent. */
export type DatagramWay = {
  readonly datagrams: number;
  /** The number of octets of UDP payload that this end sent. */
  readonly bytes: number;
  /** The first octets of the first payload that this end sent, without DNS messages; undefined if it sent none. */
  readonly firstData: Uint8Array | undefined;
  /** The frame that carried `firstData`; 0 if there is none. */
  readonly firstFrame: number;
  /** The frame of this end's newest datagram; 0 if it sent none. */
  readonly newestFrame: number;
  /** The results of checking this end's UDP checksums; undefined if all are right. */
  readonly checks: CheckedSegments | undefined;
};

/**
 * Returns the length and checksum of the UDP datagram at `at`, by which an ICMP error that quotes only the header identifies it (RFC 792).
 */
export const signOf = (bytes: Uint8Array, at: number): number =>
  at + 8 <= bytes.length ? readUint(bytes, at + 4, 4) : 0;

/** Returns the ID of a DNS message, as `ask` for a query or as `answers` for a response (RFC 1035 §4.1.1). */
export const dnsTurn = (bytes: Uint8Array, at: number) => {
  const id = uint16(bytes, at);
  return (bytes[at + 2] ?? 0) & 0x80 ? {ask: undefined, answers: id} : {ask: id, answers: undefined};
};

export const noTurn = {ask: undefined, answers: undefined};

/**
 * A datagram that waits for an answer. `ask` is what the answer will repeat, such as the ID of a DNS message; undefined if any answer will
 * do.
 */
type Waiting = Pick<Datagram, 'frame' | 'sign' | 'ask' | 'checked'>;

/** The most datagrams of each end of a UDP conversation that are remembered while they wait for an answer. */
const mostWaiting = 64;

/**
 * The least number of unanswered datagrams in a row after which their arrival is doubted; fewer may be the last words of an end that
 * expects no answer.
 */
const leastUnheard = 4;
/**
 * An end's silence is doubted after `patience` times the longest wait for an answer so far, which counts as at least `promptUs` (in µs; RFC
 * 9002 §7.6.1 counts alike).
 */
const promptUs = 70_000;
const patience = 3;

/** Returns the octets of payload that each end of a UDP conversation sent. */
export const bytesOf = ({ways: [a, b]}: Pick<DatagramConversation, 'ways'>): readonly [number, number] => [
  a.bytes,
  b.bytes,
];

class Way implements DatagramWay {
  datagrams = 0;
  bytes = 0;
  firstData: Uint8Array | undefined;
  firstFrame = 0;
  checks: CheckedSegments | undefined;
  /** The datagrams of this end that the other end may still answer. */
  waiting: Waiting[] = emptyList;
  /** The newest datagram of this end: its frame and sign. `isTwin` is true if it has the same length and checksum as the one before. */
  newestFrame = 0;
  newestSign = 0;
  isTwin = false;
  /**
   * The frames that this end has sent since the other end last spoke, and the time in µs of the first of them. `isDoubted` is true if it is
   * unknown whether they arrived.
   */
  unheard: number[] = emptyList;
  sinceUs = 0;
  isDoubted = false;
}

type Growing = Omit<DatagramConversation, 'lastUs' | 'packets' | 'ways'> & {
  readonly ways: readonly [Way, Way];
  /** The longest time in µs for which one end of the UDP conversation has waited for the other. */
  waitedUs: number;
  lastUs: number;
  packets: number;
};

type Datagram = {
  /** The key of the datagram's direction: the sender's and receiver's addresses and ports. */
  readonly flow: string;
  /** Returns the key of the opposite direction, and `ends` the two ends; they are called only for a new conversation. */
  readonly back: () => string;
  readonly ends: () => readonly [Endpoint, Endpoint];
  readonly length: number;
  readonly sign: number;
  readonly frame: number;
  readonly atUs: number;
  /** The ID of the question if the datagram is one; `answers` is the ID that an answer repeats. Undefined if there is none. */
  readonly ask: number | undefined;
  readonly answers: number | undefined;
  /** The octets of the packet with the datagram's offsets in them. */
  readonly carried?: {readonly bytes: Uint8Array; readonly at: number; readonly end: number};
  /** The result of checking the datagram's checksum. */
  readonly checked?: Checked | undefined;
};

/** The number of payload octets that is enough to recognize a protocol. */
const firstOctets = 64;

/** The largest port number that only servers use. */
const lastServerPort = 1023;
const [dhcpServer, dhcpClient] = dhcpPorts;

/** Tells by the ports whether a UDP datagram comes from a server. DHCP has a port for each end (RFC 2131 §4.1). */
export const isFromServer = (from: number, to: number): boolean =>
  (from === dhcpServer && to === dhcpClient) || (from <= lastServerPort && to > lastServerPort);

/** The most UDP conversations of a capture that are kept, as many as TCP connections. */
const mostConversations = 20_000;

/** Counts a datagram for the end that sent it, and keeps its first payload and the result of the checksum. */
const look = (way: Way, datagram: Datagram): void => {
  const {carried, checked, length, frame, atUs, ask, answers} = datagram;
  way.datagrams += 1;
  way.bytes += length;
  // DNS messages are parsed elsewhere, so they are not kept as `firstData`.
  const isRead = ask !== undefined || answers !== undefined;
  if (carried && !isRead && way.firstData === undefined && length > 0) {
    const {bytes, at, end} = carried;
    way.firstData = bytes.slice(at + 8, Math.min(end, at + 8 + firstOctets));
    way.firstFrame = frame;
  }
  if (checked === undefined || (checked === 'right' && way.checks === undefined)) return;
  way.checks ??= new CheckedSegments(way.datagrams - 1);
  way.checks.take(checked, {frame, atUs, sign: undefined});
};

type Placed = {readonly conversation: Growing; readonly side: Side};

export class DatagramConversations {
  readonly #all: Growing[] = [];
  readonly #open = new Map<string, Placed>();
  readonly #fates: FateColumns;

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  get all(): readonly DatagramConversation[] {
    return this.#all;
  }

  /** The number of datagrams that belong to conversations beyond `mostConversations`. */
  unfollowed = 0;

  /**
   * Adds a datagram of the capture; returns its conversation and the side that sends it, or undefined if there are too many conversations.
   */
  take(datagram: Datagram): {readonly conversation: DatagramConversation; readonly side: Side} | undefined {
    const placed = this.#open.get(datagram.flow) ?? this.#begin(datagram);
    if (!placed) return undefined;
    const {conversation, side} = placed;
    conversation.packets += 1;
    conversation.lastUs = datagram.atUs;
    look(conversation.ways[side], datagram);
    this.#judge(conversation, side, datagram);
    return placed;
  }

  /**
   * Returns the UDP conversation of a flow, and whether datagrams in the flow's direction are answers; undefined if the flow is unknown.
   */
  find(flow: string): {readonly conversation: DatagramConversation; readonly answers: boolean} | undefined {
    const placed = this.#open.get(flow);
    if (!placed) return undefined;
    const {conversation, side} = placed;
    return {conversation, answers: side === 1 && conversation.ways[0].bytes > 0};
  }

  /** Notes the fate of a UDP datagram that an ICMP message reports. `flow` and `sign` are those of the datagram that the message quotes. */
  told(flow: string, sign: number, {verdict, frame}: Told): void {
    const placed = this.#open.get(flow);
    if (!placed) return;
    const way = placed.conversation.ways[placed.side];
    const sent = way.waiting;
    const like = sent.filter((each) => each.sign === sign);
    const only = sent.length === 1 ? sent[0] : like.length === 1 ? like[0] : undefined;
    // A datagram whose TTL expired tells nothing about the other datagrams: they may have had another TTL.
    const others = only && verdict === Verdict.expired ? [] : sent.filter((each) => each !== only);
    const ofMany = verdict === Verdict.delivered ? Verdict.presumed : Verdict.presumedLost;
    if (only) this.#fates.set(only.frame, verdict, frame);
    // A datagram that expects no answer, such as an answer, is not among those that wait; it is compared as the newest one.
    else if (sent.length === 0 && way.newestFrame > 0 && way.newestSign === sign)
      this.#fates.set(way.newestFrame, way.isTwin ? ofMany : verdict, frame);
    for (const each of others) this.#fates.set(each.frame, ofMany, frame);
    way.waiting = sent.filter((each) => each !== only && !others.includes(each));
  }

  /**
   * Deduces fates from a UDP datagram. An answer shows that its question arrived. The fate of a question without an answer is unknown: it
   * may be lost, or the receiver had nothing to say.
   */
  #judge(conversation: Growing, side: Side, datagram: Datagram): void {
    const {frame, sign, ask, answers, checked} = datagram;
    const own = conversation.ways[side];
    const far = conversation.ways[side === 0 ? 1 : 0];
    own.isTwin = own.newestFrame > 0 && own.newestSign === sign;
    own.newestFrame = frame;
    own.newestSign = sign;
    this.#hear(conversation, far, datagram);
    if (far.waiting.length > 0) this.#answer(far, datagram);
    const isOwed = ask !== undefined || (answers === undefined && far.datagrams === 0);
    if (!isOwed && answers === undefined) this.#doubt(conversation, own, datagram);
    if (!isOwed) return;
    this.#fates.set(frame, Verdict.unknown);
    own.waiting = withOneMore(own.waiting, {frame, sign, ask, checked});
    if (own.waiting.length > mostWaiting) own.waiting.shift();
  }

  /**
   * Sets the fates of the waiting datagrams of `way` that a datagram of the other end may answer: proved for the only question with its ID,
   * otherwise presumed.
   */
  #answer(way: Way, {frame, answers}: Datagram): void {
    const isMeant = (each: Waiting): boolean => each.ask === undefined || each.ask === answers;
    const meant = way.waiting.filter(isMeant);
    if (meant.length === 0) return;
    for (const {frame: asked, ask: what, checked} of meant) {
      const isOnly = what !== undefined && meant.length === 1;
      if (checked === 'wrong' && way.checks) way.checks.answered += 1;
      this.#fates.set(asked, isOnly ? Verdict.delivered : Verdict.presumed, frame);
    }
    way.waiting =
      meant.length === way.waiting.length ? emptyList : way.waiting.filter((each) => !isMeant(each));
  }

  #hear(conversation: Growing, way: Way, {frame, atUs}: Datagram): void {
    if (way.unheard.length === 0) return;
    conversation.waitedUs = Math.max(conversation.waitedUs, atUs - way.sinceUs);
    this.#believe(way, frame);
    way.unheard = emptyList;
  }

  #believe(way: Way, frame = 0): void {
    if (way.isDoubted) for (const each of way.unheard) this.#fates.set(each, Verdict.presumed, frame);
    way.isDoubted = false;
  }

  /**
   * Counts the fates of an end's datagrams as unknown once it has sent several without an answer for much longer than any wait before: it
   * may be probing a host that does not exist.
   */
  #doubt({waitedUs}: Growing, way: Way, {frame, atUs}: Datagram): void {
    if (way.unheard.length === 0) way.sinceUs = atUs;
    if (way.unheard.length === mostWaiting) {
      // This many datagrams are no probes but a stream that needs no answers.
      this.#believe(way);
      return;
    }
    way.unheard = withOneMore(way.unheard, frame);
    if (way.isDoubted) this.#fates.set(frame, Verdict.unknown);
    else if (way.unheard.length >= leastUnheard && atUs - way.sinceUs > patience * waitedUs) {
      way.isDoubted = true;
      for (const each of way.unheard) this.#fates.set(each, Verdict.unknown);
    }
  }

  #begin({flow, back, ends, atUs}: Datagram): Placed | undefined {
    if (this.#all.length >= mostConversations) {
      this.unfollowed += 1;
      return undefined;
    }
    const [from, to] = ends();
    const answers = isFromServer(from.port, to.port);
    const conversation: Growing = {
      id: this.#all.length + 1,
      ends: answers ? [to, from] : [from, to],
      firstUs: atUs,
      lastUs: atUs,
      packets: 0,
      ways: [new Way(), new Way()],
      waitedUs: promptUs,
    };
    this.#all.push(conversation);
    const placed: Placed = {conversation, side: answers ? 1 : 0};
    // If both ends have the same address and port, the sender counts as side 0.
    this.#open.set(back(), {conversation, side: answers ? 0 : 1});
    this.#open.set(flow, placed);
    return placed;
  }
}
