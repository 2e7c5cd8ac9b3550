// Deduces how a TCP connection opened and closed, and the states of RFC 9293 §3.3.2 that its ends must be in, from the segments on the
// path. Every captured segment counts as delivered, unless nothing was ever heard from its receiver.

import type {TcpState} from '../stack/tcp/states.ts';
import {type Seq, seqAdd, seqDiff, seqLe} from '../wire/seq.ts';
import {other, type Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';

export type Opening = 'complete' | 'refused' | 'unanswered' | 'half-open' | 'simultaneous' | 'not-captured';

export type Closing =
  | 'client-first'
  | 'server-first'
  | 'simultaneous'
  | 'reset-by-client'
  | 'reset-by-server'
  | 'half-close-by-client'
  | 'half-close-by-server'
  | 'none';

/** The TCP states of both ends; undefined for an end of which nothing can be deduced. */
export type States = readonly [TcpState | undefined, TcpState | undefined];

class Half {
  isn: Seq | undefined;
  /** The time in µs of the end's first segment with SYN; undefined if none was captured. */
  openedUs: number | undefined;
  /** The number of the end's SYNs without ACK, which ask for a connection and don't answer. */
  syns = 0;
  synAcks = 0;
  /**
   * The number of the end's SYNs without ACK that passed after the other end's SYN,ACK, which had not reached the sender, or not in time.
   */
  lateSyns = 0;
  /**
   * True once the end's SYN has been acknowledged; `synAckedUs` is the time in µs at which the first such acknowledgment passed, 0 until
   * then.
   */
  synAcked = false;
  synAckedUs = 0;
  /** The sequence number after the end's FIN; undefined if it has sent none. */
  finEnd: Seq | undefined;
  finFrame = 0;
  finAcked = false;
  /** True if the end's FIN acknowledges the other end's FIN, so that it was sent as an answer. */
  finAnswers = false;
  /** True once the end has sent a segment with neither SYN nor RST. */
  spoke = false;
}

export class TcpCourse {
  readonly #halves: readonly [Half, Half] = [new Half(), new Half()];
  #client: Side | undefined;
  #resetBy: Side | undefined;
  #resetFrame = 0;
  #firstFin: Side | undefined;
  #timeWaitReset = false;

  get synFrom(): Side | undefined {
    return this.#client;
  }

  isn(side: Side): Seq | undefined {
    return this.#halves[side].isn;
  }

  /**
   * The side that sends SYNs; undefined once the other end sends one, any segment other than SYN passes or the connection is reset, and
   * before the first SYN.
   */
  get calling(): Side | undefined {
    const a = this.#halves[0];
    const b = this.#halves[1];
    const isOver = a.spoke || b.spoke || (a.isn !== undefined && b.isn !== undefined);
    return isOver || this.#resetBy !== undefined ? undefined : this.#client;
  }

  /** Returns the time in µs of this end's first segment with SYN; undefined if none was captured. */
  openedUs(side: Side): number | undefined {
    return this.#halves[side].openedUs;
  }

  /**
   * Returns how many SYNs this end sent after the other end's SYN,ACK had passed; `synAckedUs` returns when its SYN was acknowledged, or 0.
   */
  lateSyns(side: Side): number {
    return this.#halves[side].lateSyns;
  }

  synAckedUs(side: Side): number {
    return this.#halves[side].synAckedUs;
  }

  /** True if an RST after both ends had closed has ended TIME-WAIT early (RFC 1337). */
  get timeWaitEndedByReset(): boolean {
    return this.#timeWaitReset;
  }

  /** The frame of the RST that ended the connection; 0 if there was none. */
  get resetFrame(): number {
    return this.#resetFrame;
  }

  get firstFin(): Side | undefined {
    return this.#firstFin;
  }

  finFrame(side: Side): number {
    return this.#halves[side].finFrame;
  }

  /** True if both ends have sent FIN or the connection was reset: a further SYN begins another connection. */
  get over(): boolean {
    if (this.#resetBy !== undefined) return true;
    return this.#halves[0].finEnd !== undefined && this.#halves[1].finEnd !== undefined;
  }

  take(side: Side, segment: SeenSegment): void {
    const half = this.#halves[side];
    const back = this.#halves[other(side)];
    const {flags} = segment;
    if (flags & Flag.rst) this.#reset(side, segment);
    else {
      if (flags & Flag.syn) this.#open(side, half, segment);
      else half.spoke = true;
    }
    if (flags & Flag.ack) acknowledge(back, segment);
    if (flags & Flag.fin && !(flags & Flag.rst)) this.#close(side, half, back, segment);
  }

  #open(side: Side, half: Half, {flags, seq, atUs}: SeenSegment): void {
    half.isn ??= seq;
    half.openedUs ??= atUs;
    if (flags & Flag.ack) half.synAcks += 1;
    else {
      half.syns += 1;
      if (this.#halves[other(side)].synAcks > 0) half.lateSyns += 1;
      this.#client ??= side;
    }
  }

  #close(side: Side, half: Half, back: Half, segment: SeenSegment): void {
    if (half.finEnd !== undefined) return;
    half.finEnd = seqAdd(segment.seq, spaceOf(segment));
    half.finFrame = segment.frame;
    half.finAnswers = back.finEnd !== undefined && seqLe(back.finEnd, segment.ack);
    this.#firstFin ??= side;
  }

  #reset(side: Side, segment: SeenSegment): void {
    const back = this.#halves[other(side)];
    const [a, b] = this.#halves;
    const whole = a.finAcked && b.finAcked && this.#resetBy === undefined;
    if (!whole) {
      this.#resetBy ??= side;
      this.#resetFrame ||= segment.frame;
      return;
    }
    // After both ends have closed, an RST only ends the TIME-WAIT of the end that waits.
    const expected = this.#halves[side].finEnd;
    const fits = expected === undefined || seqDiff(segment.seq, expected) === 0;
    if (fits && back.finEnd !== undefined && this.#finished()[other(side)] === 'TIME-WAIT')
      this.#timeWaitReset = true;
  }

  /** Returns how the TCP connection opened; `client` is the end that counts as the client. */
  opening(client: Side): Opening {
    const own = this.#halves[client];
    const far = this.#halves[other(client)];
    if (own.syns + far.syns === 0) return 'not-captured';
    if (own.syns > 0 && far.syns > 0) return 'simultaneous';
    if (far.synAcks > 0) return far.synAcked || own.spoke ? 'complete' : 'half-open';
    if (own.spoke || far.spoke) return 'complete';
    return this.#resetBy === other(client) ? 'refused' : 'unanswered';
  }

  closing(client: Side): Closing {
    const name = (side: Side): 'client' | 'server' => (side === client ? 'client' : 'server');
    if (this.#resetBy !== undefined)
      return this.opening(client) === 'refused' ? 'none' : `reset-by-${name(this.#resetBy)}`;
    const first = this.#firstFin;
    if (first === undefined) return 'none';
    const far = this.#halves[other(first)];
    if (far.finEnd === undefined) return `half-close-by-${name(first)}`;
    return this.finsCrossed ? 'simultaneous' : `${name(first)}-first`;
  }

  /** True if both ends have sent a FIN before they saw the other's. */
  get finsCrossed(): boolean {
    return this.#halves.every(({finEnd, finAnswers}) => finEnd !== undefined && !finAnswers);
  }

  /** Returns the TCP states of both ends after the last segment that was taken. */
  states(): States {
    if (this.#resetBy !== undefined) return ['CLOSED', 'CLOSED'];
    const [a, b] = this.#finished();
    if (!this.#timeWaitReset) return [a, b];
    return [a === 'TIME-WAIT' ? 'CLOSED' : a, b === 'TIME-WAIT' ? 'CLOSED' : b];
  }

  #finished(): States {
    const [a, b] = this.#halves;
    if (a.finEnd === undefined && b.finEnd === undefined) return this.#openStates();
    return [closingState(a, b), closingState(b, a)];
  }

  #openStates(): States {
    const client = this.#client;
    if (client === undefined) return this.#openWithoutSyn();
    const states: [TcpState | undefined, TcpState | undefined] = [undefined, undefined];
    const opening = this.opening(client);
    if (opening === 'simultaneous') {
      states[0] = simultaneousState(this.#halves[0], this.#halves[1]);
      states[1] = simultaneousState(this.#halves[1], this.#halves[0]);
      return states;
    }
    const done = opening === 'complete';
    states[client] = done ? 'ESTABLISHED' : 'SYN-SENT';
    states[other(client)] = done ? 'ESTABLISHED' : opening === 'half-open' ? 'SYN-RECEIVED' : undefined;
    return states;
  }

  #openWithoutSyn(): States {
    const [a, b] = this.#halves;
    if (a.spoke || b.spoke) return ['ESTABLISHED', 'ESTABLISHED'];
    return [a.synAcks > 0 ? 'SYN-RECEIVED' : 'SYN-SENT', b.synAcks > 0 ? 'SYN-RECEIVED' : 'SYN-SENT'];
  }
}

const acknowledge = (half: Half, {ack, atUs}: SeenSegment): void => {
  if (half.isn !== undefined && !half.synAcked && seqLe(seqAdd(half.isn, 1), ack)) {
    half.synAcked = true;
    half.synAckedUs = atUs;
  }
  if (half.finEnd !== undefined && seqLe(half.finEnd, ack)) half.finAcked = true;
};

/** Returns the TCP state of an end if both ends sent a SYN and these crossed (RFC 9293 §3.5, figure 7). */
const simultaneousState = (own: Half, far: Half): TcpState => {
  if (own.synAcked && far.isn !== undefined) return 'ESTABLISHED';
  return far.syns + far.synAcks > 0 ? 'SYN-RECEIVED' : 'SYN-SENT';
};

const closingState = (own: Half, far: Half): TcpState => {
  if (own.finEnd === undefined) return 'CLOSE-WAIT';
  if (far.finEnd === undefined) return own.finAcked ? 'FIN-WAIT-2' : 'FIN-WAIT-1';
  if (own.finAnswers) return own.finAcked ? 'CLOSED' : 'LAST-ACK';
  return own.finAcked ? 'TIME-WAIT' : 'CLOSING';
};
