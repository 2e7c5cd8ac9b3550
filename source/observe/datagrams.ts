// UDP datagrams (RFC 768) by who talks with whom: the same two addresses and ports are one conversation.

import {dhcpPorts} from '../wire/dhcp.ts';
import {uint16} from '../wire/frame-headers.ts';
import {readUint} from '../wire/octets.ts';
import {type Checked, CheckedSegments} from './checked-segments.ts';
import type {Side} from './connections.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import type {Endpoint} from './observed-connection.ts';
import {emptyList, withOneMore} from './short-list.ts';

export type DatagramConversation = {
  /** From 1, in the order of first datagrams; apart from the numbers of TCP's connections. */
  readonly id: number;
  /** Whoever asks is 0: the sender of the first datagram that was captured, unless that is an answer. */
  readonly ends: readonly [Endpoint, Endpoint];
  readonly firstUs: number;
  readonly lastUs: number;
  readonly packets: number;
  /** By sides: what each end sent. */
  readonly ways: readonly [DatagramWay, DatagramWay];
};

/** What one end of a conversation sent. */
export type DatagramWay = {
  readonly datagrams: number;
  /** Their payload, in octets. */
  readonly bytes: number;
  /** The first octets of what they carried; undefined: nothing, or what DNS reads. */
  readonly firstData: Uint8Array | undefined;
  /** The frame that carried these; 0: none did. */
  readonly firstFrame: number;
  /** How their checksums are; undefined: all of them are right. */
  readonly checks: CheckedSegments | undefined;
};

/** Length and checksum of the datagram at `at`, by which an error that quotes no more tells one from another (RFC 792). */
export const signOf = (bytes: Uint8Array, at: number): number =>
  at + 8 <= bytes.length ? readUint(bytes, at + 4, 4) : 0;

/** The ID of a query, or of a response (RFC 1035 §4.1.1). */
export const dnsTurn = (bytes: Uint8Array, at: number) => {
  const id = uint16(bytes, at);
  return (bytes[at + 2] ?? 0) & 0x80 ? {ask: undefined, answers: id} : {ask: id, answers: undefined};
};

export const noTurn = {ask: undefined, answers: undefined};

/** `ask`: what its answer will repeat, such as the ID of DNS. */
type Waiting = {readonly frame: number; readonly sign: number; readonly ask: number | undefined};

/** Of each end so many wait for a word of the other. */
const mostWaiting = 64;

/** Fewer may be the last words of an end that has nothing to hear. */
const leastUnheard = 4;
/** An end that was never slower than this is silent after so many times what it took at most (as RFC 9002 §7.6.1 counts). */
const promptUs = 70_000;
const patience = 3;

/** Payload that each end sent, in octets. */
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
  /** What the other end may still answer. */
  waiting: Waiting[] = emptyList;
  /** Of its newest datagram; `isTwin`: the one before it was the same to the last octet, as far as that can be told. */
  newestFrame = 0;
  newestSign = 0;
  isTwin = false;
  /** What it has sent since the other end spoke, and since when; `isDoubted`: nobody knows what became of it. */
  unheard: number[] = emptyList;
  sinceUs = 0;
  isDoubted = false;
}

type Growing = Omit<DatagramConversation, 'lastUs' | 'packets' | 'ways'> & {
  readonly ways: readonly [Way, Way];
  /** How long at most an end waited for the other one. */
  waitedUs: number;
  lastUs: number;
  packets: number;
};

type Datagram = {
  /** Who sends to whom, as a key. */
  readonly flow: string;
  /** Of a flow that nobody has heard of before: the same the other way, and sender and receiver. */
  readonly back: () => string;
  readonly ends: () => readonly [Endpoint, Endpoint];
  readonly length: number;
  readonly sign: number;
  readonly frame: number;
  readonly atUs: number;
  /** What it asks, or answers. */
  readonly ask: number | undefined;
  readonly answers: number | undefined;
  /** Where the datagram begins and ends, and how its checksum is. */
  readonly bytes?: Uint8Array;
  readonly at?: number;
  readonly end?: number;
  readonly checked?: Checked | undefined;
};

/** So many octets of what an end says first show which protocol it is. */
const firstOctets = 64;

/** Ports that are for servers. */
const lastServerPort = 1023;
const [dhcpServer, dhcpClient] = dhcpPorts;

/** By its ports a datagram comes from a server; those of DHCP have a port for each end (RFC 2131 §4.1). */
export const isFromServer = (from: number, to: number): boolean =>
  (from === dhcpServer && to === dhcpClient) || (from <= lastServerPort && to > lastServerPort);

/** As many as connections. */
const mostConversations = 20_000;

/** Counts a datagram of the end whose way this is. */
const look = (way: Way, {bytes, at = 0, end = 0, checked, length, ...datagram}: Datagram): void => {
  const {frame, atUs, ask, answers} = datagram;
  way.datagrams += 1;
  way.bytes += length;
  // What DNS asks and answers is read by DNS.
  const isRead = ask !== undefined || answers !== undefined;
  if (bytes && !isRead && way.firstData === undefined && length > 0) {
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

  /** The conversation, and who of it sends; undefined: there are too many others. */
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

  /** Of a flow, and whether what goes that way answers what came the other way; undefined: nobody has heard of it. */
  find(flow: string): {readonly conversation: DatagramConversation; readonly answers: boolean} | undefined {
    const placed = this.#open.get(flow);
    if (!placed) return undefined;
    const {conversation, side} = placed;
    return {conversation, answers: side === 1 && conversation.ways[0].bytes > 0};
  }

  /** ICMP says what became of one that was sent. `flow`, `sign`: of what it quotes. */
  told(flow: string, sign: number, {verdict, frame}: Told): void {
    const placed = this.#open.get(flow);
    if (!placed) return;
    const way = placed.conversation.ways[placed.side];
    const sent = way.waiting;
    const like = sent.filter((each) => each.sign === sign);
    const only = sent.length === 1 ? sent[0] : like.length === 1 ? like[0] : undefined;
    // How far others may go is their own affair.
    const others = only && verdict === Verdict.expired ? [] : sent.filter((each) => each !== only);
    const ofMany = verdict === Verdict.delivered ? Verdict.presumed : Verdict.presumedLost;
    if (only) this.#fates.set(only.frame, verdict, frame);
    // What asks for nothing, such as an answer, does not wait for a word.
    else if (sent.length === 0 && way.newestFrame > 0 && way.newestSign === sign)
      this.#fates.set(way.newestFrame, way.isTwin ? ofMany : verdict, frame);
    for (const each of others) this.#fates.set(each.frame, ofMany, frame);
    way.waiting = sent.filter((each) => each !== only && !others.includes(each));
  }

  /** Who answers has been asked. Of what has no answer nobody knows whether it came: it may be lost, or not be worth one. */
  #judge(conversation: Growing, side: Side, datagram: Datagram): void {
    const {frame, sign, ask, answers} = datagram;
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
    own.waiting = withOneMore(own.waiting, {frame, sign, ask});
    if (own.waiting.length > mostWaiting) own.waiting.shift();
  }

  /** `way`: what waits on it may be meant by the other end's datagram. */
  #answer(way: Way, {frame, answers}: Datagram): void {
    const isMeant = (each: Waiting): boolean => each.ask === undefined || each.ask === answers;
    const meant = way.waiting.filter(isMeant);
    if (meant.length === 0) return;
    for (const {frame: asked, ask: what} of meant) {
      const isOnly = what !== undefined && meant.length === 1;
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

  /** An end that goes on sending, and hears nothing for much longer than ever, probes: it may have talked to nobody. */
  #doubt({waitedUs}: Growing, way: Way, {frame, atUs}: Datagram): void {
    if (way.unheard.length === 0) way.sinceUs = atUs;
    if (way.unheard.length === mostWaiting) {
      // So much is no probing, but a stream that asks for no answer.
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
    if (this.#all.length >= mostConversations) return undefined;
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
    // Whoever talks with itself is side 0.
    this.#open.set(back(), {conversation, side: answers ? 0 : 1});
    this.#open.set(flow, placed);
    return placed;
  }
}
