// UDP datagrams (RFC 768) by who talks with whom: the same two addresses and ports are one conversation.

import {dhcpPorts} from '../wire/dhcp.ts';
import {uint16} from '../wire/frame-headers.ts';
import {readUint} from '../wire/octets.ts';
import {type Checked, CheckedSegments} from './checked-segments.ts';
import type {Side} from './connections.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import type {Endpoint} from './observed-connection.ts';

export type DatagramConversation = {
  /** From 1, in the order of first datagrams; apart from the numbers of TCP's connections. */
  readonly id: number;
  /** Whoever asks is 0: the sender of the first datagram that was captured, unless that is an answer. */
  readonly ends: readonly [Endpoint, Endpoint];
  readonly firstUs: number;
  readonly lastUs: number;
  readonly packets: number;
  /** Payload that each end sent. */
  readonly bytes: readonly [number, number];
  /** How many datagrams each end sent, the first octets of what they carried, and what their checksums are once one is not right. */
  readonly sent: readonly [number, number];
  readonly firstData: readonly [Uint8Array | undefined, Uint8Array | undefined];
  /** The frames with these. */
  readonly firstFrames: readonly number[];
  readonly checks: readonly [CheckedSegments | undefined, CheckedSegments | undefined];
};

type Sent = {readonly frame: number; readonly sign: number};

/** `twin`: the one before it was the same to the last octet, as far as that can be told. */
type Newest = Sent & {readonly twin: boolean};

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
type Waiting = Sent & {readonly ask: number | undefined};

/** Of each end so many wait for a word of the other. */
const mostWaiting = 64;

/** Fewer may be the last words of an end that has nothing to hear. */
const leastUnheard = 4;
/** An end that was never slower than this is silent after so many times what it took at most (as RFC 9002 §7.6.1 counts). */
const promptUs = 70_000;
const patience = 3;

/** What an end has sent since the other one spoke. */
type Unheard = {
  frames: number[];
  sinceUs: number;
  /** Nobody knows what became of it. */
  isDoubted: boolean;
};

const newUnheard = (): Unheard => ({frames: [], sinceUs: 0, isDoubted: false});

type Growing = Omit<
  DatagramConversation,
  'lastUs' | 'packets' | 'bytes' | 'sent' | 'firstData' | 'firstFrames' | 'checks'
> & {
  readonly sent: [number, number];
  readonly firstData: [Uint8Array | undefined, Uint8Array | undefined];
  readonly firstFrames: number[];
  readonly checks: [CheckedSegments | undefined, CheckedSegments | undefined];
  readonly waiting: [Waiting[], Waiting[]];
  readonly newest: [Newest | undefined, Newest | undefined];
  readonly spoke: [boolean, boolean];
  readonly unheard: readonly [Unheard, Unheard];
  /** How long at most an end waited for the other one. */
  waitedUs: number;
  lastUs: number;
  packets: number;
  readonly bytes: [number, number];
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
    conversation.bytes[side] += datagram.length;
    this.#look(conversation, side, datagram);
    this.#judge(conversation, side, datagram);
    return placed;
  }

  #look({sent, firstData, firstFrames, checks}: Growing, side: Side, datagram: Datagram): void {
    const {bytes, at = 0, end = 0, checked, frame, atUs, ask, answers} = datagram;
    sent[side] += 1;
    // What DNS asks and answers is read by DNS.
    const isRead = ask !== undefined || answers !== undefined;
    if (bytes && !isRead && firstData[side] === undefined && datagram.length > 0) {
      firstData[side] = bytes.slice(at + 8, Math.min(end, at + 8 + firstOctets));
      firstFrames.push(frame);
    }
    if (checked === undefined || (checked === 'right' && checks[side] === undefined)) return;
    checks[side] ??= new CheckedSegments(sent[side] - 1);
    checks[side].take(checked, {frame, atUs, sign: undefined});
  }

  /** Of a flow, and whether what goes that way answers what came the other way; undefined: nobody has heard of it. */
  find(flow: string): {readonly conversation: DatagramConversation; readonly answers: boolean} | undefined {
    const placed = this.#open.get(flow);
    if (!placed) return undefined;
    const {conversation, side} = placed;
    return {conversation, answers: side === 1 && conversation.bytes[0] > 0};
  }

  /** ICMP says what became of one that was sent. `flow`, `sign`: of what it quotes. */
  told(flow: string, sign: number, {verdict, frame}: Told): void {
    const placed = this.#open.get(flow);
    if (!placed) return;
    const {waiting, newest} = placed.conversation;
    const sent = waiting[placed.side];
    const last = newest[placed.side];
    const like = sent.filter((each) => each.sign === sign);
    const only = sent.length === 1 ? sent[0] : like.length === 1 ? like[0] : undefined;
    // How far others may go is their own affair.
    const others = only && verdict === Verdict.expired ? [] : sent.filter((each) => each !== only);
    const ofMany = verdict === Verdict.delivered ? Verdict.presumed : Verdict.presumedLost;
    if (only) this.#fates.set(only.frame, verdict, frame);
    // What asks for nothing, such as an answer, does not wait for a word.
    else if (sent.length === 0 && last?.sign === sign)
      this.#fates.set(last.frame, last.twin ? ofMany : verdict, frame);
    for (const each of others) this.#fates.set(each.frame, ofMany, frame);
    waiting[placed.side] = sent.filter((each) => each !== only && !others.includes(each));
  }

  /** Who answers has been asked. Of what has no answer nobody knows whether it came: it may be lost, or not be worth one. */
  #judge(conversation: Growing, side: Side, datagram: Datagram): void {
    const {frame, sign, ask, answers} = datagram;
    const {waiting} = conversation;
    conversation.newest[side] = {frame, sign, twin: conversation.newest[side]?.sign === sign};
    const far = side === 0 ? 1 : 0;
    this.#hear(conversation, conversation.unheard[far], datagram);
    const isMeant = (each: Waiting): boolean => each.ask === undefined || each.ask === answers;
    const meant = waiting[far].filter(isMeant);
    for (const {frame: asked, ask: what} of meant) {
      const isOnly = what !== undefined && meant.length === 1;
      this.#fates.set(asked, isOnly ? Verdict.delivered : Verdict.presumed, frame);
    }
    waiting[far] = waiting[far].filter((each) => !isMeant(each));
    const isOwed = ask !== undefined || (answers === undefined && !conversation.spoke[far]);
    conversation.spoke[side] = true;
    if (!isOwed && answers === undefined) this.#doubt(conversation, conversation.unheard[side], datagram);
    if (!isOwed) return;
    this.#fates.set(frame, Verdict.unknown);
    waiting[side].push({frame, sign, ask});
    if (waiting[side].length > mostWaiting) waiting[side].shift();
  }

  #hear(conversation: Growing, unheard: Unheard, {frame, atUs}: Datagram): void {
    if (unheard.frames.length === 0) return;
    conversation.waitedUs = Math.max(conversation.waitedUs, atUs - unheard.sinceUs);
    this.#believe(unheard, frame);
    unheard.frames = [];
  }

  #believe(unheard: Unheard, frame = 0): void {
    if (unheard.isDoubted) for (const each of unheard.frames) this.#fates.set(each, Verdict.presumed, frame);
    unheard.isDoubted = false;
  }

  /** An end that goes on sending, and hears nothing for much longer than ever, probes: it may have talked to nobody. */
  #doubt({waitedUs}: Growing, unheard: Unheard, {frame, atUs}: Datagram): void {
    const {frames} = unheard;
    if (frames.length === 0) unheard.sinceUs = atUs;
    if (frames.length === mostWaiting) {
      // So much is no probing, but a stream that asks for no answer.
      this.#believe(unheard);
      return;
    }
    frames.push(frame);
    if (unheard.isDoubted) this.#fates.set(frame, Verdict.unknown);
    else if (frames.length >= leastUnheard && atUs - unheard.sinceUs > patience * waitedUs) {
      unheard.isDoubted = true;
      for (const each of frames) this.#fates.set(each, Verdict.unknown);
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
      bytes: [0, 0],
      sent: [0, 0],
      firstData: [undefined, undefined],
      firstFrames: [],
      checks: [undefined, undefined],
      waiting: [[], []],
      newest: [undefined, undefined],
      spoke: [false, false],
      unheard: [newUnheard(), newUnheard()],
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
