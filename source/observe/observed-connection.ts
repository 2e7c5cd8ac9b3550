// One TCP connection of a capture, segment by segment: what is counted and what is deduced. Its memory is bounded, however long it lasts.

import {dnsPort} from '../wire/dns/carried.ts';
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import {ApplicationStreams, type DnsHeard} from './application-streams.ts';
import {leastMss, stampOctets} from './bounds.ts';
import {type Checked, CheckedSegments} from './checked-segments.ts';
import {Counts, counted} from './connection-counts.ts';
import {ConnectionNotes} from './connection-notes.ts';
import type {Side} from './connections.ts';
import type {Copied} from './copies.ts';
import type {FateColumns, Told} from './fate-columns.ts';
import {mayBeRead} from './first-octets.ts';
import {FlightTimes} from './flight-times.ts';
import type {HttpReading} from './http-conversation.ts';
import {type Lost, noneLost} from './losses.ts';
import {Half} from './observed-half.ts';
import type {OctetStore} from './octet-store.ts';
import {OlderConnection} from './older-connection.ts';
import {Flag, has, openOrClose, type SeenSegment, spaceOf} from './seen-segment.ts';
import {TcpCourse} from './tcp-course.ts';
import {TcpFates} from './tcp-fates.ts';
import {Mark, TcpMarks} from './tcp-marks.ts';
import {edgeOf, roomOf, TransferPace} from './transfer-pace.ts';
import {Turns} from './turns.ts';
import {bearingOf} from './vantage.ts';

export type Endpoint = {readonly address: string; readonly port: number};

/**
 * Sets the initial sequence numbers of both ends. For an end whose SYN was not captured, it is the number before the first octet that it
 * sent or that was acknowledged to it (RFC 9293 §3.4).
 */
const setBases = (half: Half, back: Half, {flags, seq, ack}: SeenSegment): void => {
  half.base ??= flags & Flag.syn ? seq : seqAdd(seq, -1);
  if (flags & Flag.ack) back.base ??= seqAdd(ack, -1);
};

type Beginning = {
  readonly id: number;
  readonly ends: readonly [Endpoint, Endpoint];
  readonly frame: number;
  readonly atUs: number;
  readonly store: OctetStore;
  readonly fates: FateColumns;
  /** True if the fates of the connection's segments and the reasons for them are deduced, too. @default true */
  readonly explains?: boolean;
  readonly reading?: HttpReading | undefined;
  /** The previous connection between the same addresses and ports; undefined if the capture has none. */
  readonly before?: ObservedConnection | undefined;
};

type Passed = {
  readonly marks: number;
  readonly isCopy: boolean;
  /** The time in µs at which the connection's previous segment passed; undefined for the first one. */
  readonly sinceUs: number | undefined;
  /** The round-trip time in µs between a segment and this one, which acknowledges it; undefined if it times none. */
  readonly tripUs: number | undefined;
};

/** The highest number of packets with ECE whose frame numbers are kept of one end. */
const mostEchoes = 8;
/** The number of first octets kept of an end's data, enough to recognize the application protocol. */
const firstOctets = 64;

export class ObservedConnection {
  /** The number of the TCP connection in the capture, counted from 1 in the order of first segments. */
  readonly id: number;
  /** The addresses and ports of both ends; end 0 is the sender of the first captured segment. */
  readonly ends: readonly [Endpoint, Endpoint];
  readonly course = new TcpCourse();
  readonly counts = new Counts();
  readonly older = new OlderConnection();
  readonly flightTimes = new FlightTimes();
  /** The turns that both programs take at sending; undefined until an end has sent data. */
  turns: Turns | undefined;
  readonly firstFrame: number;
  readonly firstUs: number;
  lastUs: number;
  /** The first packet of the connection that is a second capture of an earlier one; 0 if there is none. */
  firstCopy = 0;
  /** True once the octets of a segment may begin TLS, HTTP or DNS, so that the application data are worth reading. */
  mayBeRead: boolean;
  /** True once a segment of the connection follows later ones in the capture file. */
  disordered = false;
  #copies = 0;
  /** False once an end gives the same IP identification to different packets, so that equal identifications do not show copies. */
  #identifies = true;
  readonly #store: OctetStore;
  readonly #reading: HttpReading | undefined;
  readonly before: ObservedConnection | undefined;
  /** The fates of the connection's segments; undefined if segments are only counted and timed. */
  readonly #fates: TcpFates | undefined;
  #notes: ConnectionNotes | undefined;
  readonly #marks = new TcpMarks();
  #streams: ApplicationStreams | undefined;
  readonly #halves: readonly [Half, Half] = [new Half(), new Half()];

  constructor({id, ends, frame, atUs, store, fates, explains = true, reading, before}: Beginning) {
    this.id = id;
    this.ends = ends;
    this.firstFrame = frame;
    this.firstUs = atUs;
    this.lastUs = atUs;
    this.mayBeRead = ends.some(({port}) => port === dnsPort);
    this.#store = store;
    this.#reading = reading;
    this.before = before;
    if (explains) this.#fates = new TcpFates(fates);
  }

  /** The side that sent the first SYN; if none was captured, the side with the higher port. */
  get client(): Side {
    const [a, b] = this.ends;
    return this.course.synFrom ?? (a.port >= b.port ? 0 : 1);
  }

  get initialRoundTripUs(): number | undefined {
    return this.#marks.initialRoundTripUs;
  }

  get notes(): ConnectionNotes {
    this.#notes ??= new ConnectionNotes();
    return this.#notes;
  }

  half(side: Side): Readonly<Half> {
    return this.#halves[side];
  }

  /**
   * Tells whether a segment is a SYN that begins another connection between the same ports: its sequence number is a new one
   * (RFC 9293 §3.6.1).
   */
  isAnother(side: Side, segment: SeenSegment): boolean {
    if ((segment.flags & (Flag.syn | Flag.ack)) !== Flag.syn) return false;
    const {base} = this.#halves[side];
    return base !== undefined && base !== segment.seq;
  }

  /** Returns the losses among this end's segments that are deduced to have happened after the capture point. */
  lost(side: Side): Lost {
    return this.#fates?.lost(side) ?? noneLost;
  }

  /** Notes the fate that an ICMP message reports for this end's packet that begins with the sequence number `seq`. */
  told(side: Side, seq: Seq, told: Told): void {
    this.#fates?.told(side, seq, told);
  }

  /** The number of packets that are further captures of an earlier packet of the connection; 0 if IP identifications do not show them. */
  get copies(): number {
    return this.#identifies ? this.#copies : 0;
  }

  /** Returns which end of the previous connection between the same ports has this end's address and port. */
  #sideBefore(side: Side): Side {
    const [a] = this.before?.ends ?? [];
    const {address, port} = this.ends[side];
    return a?.address === address && a.port === port ? 0 : 1;
  }

  /** Takes the next segment of the connection from one end; returns its marks. */
  take(side: Side, segment: SeenSegment, copied: Copied): number {
    if (this.older.take(side, segment, this.course)) {
      this.counts.packets += 1;
      if (has(segment, Flag.rst)) this.counts.rst += 1;
      this.lastUs = segment.atUs;
      this.before?.course.take(this.#sideBefore(side), segment);
      if (!has(segment, Flag.rst)) this.#fates?.challenged(side === 0 ? 1 : 0, segment.frame);
      return 0;
    }
    if (this.#strays(side, segment)) {
      this.counts.packets += 1;
      this.counts.rst += 1;
      this.notes.resets.stray(side, segment);
      this.notes.lastStand.strayed(side, segment);
      this.lastUs = segment.atUs;
      return 0;
    }
    const marks = this.#marks.take(side, segment, this.#halves[side === 0 ? 1 : 0].ranges);
    // A SYN is not counted as following a lost segment, because the opening is reported on its own.
    const told = has(segment, Flag.syn) ? marks & ~Mark.lostBefore : marks;
    if (told !== 0) for (const [mark, name] of counted) if (told & mark) this.counts[name] += 1;
    this.mayBeRead ||= mayBeRead(segment.data);
    const {resent} = this.counts;
    this.#countFlags(segment);
    this.#numbers(side, segment);
    this.course.take(side, segment);
    const isAgain = this.counts.resent > resent;
    if (copied === 'again') this.#identifies = false;
    const isCopy = copied === 'copy' && this.#identifies;
    const seen = (isAgain ? Mark.resent : 0) | (isCopy ? Mark.copy : 0) | marks;
    const sinceUs = this.counts.packets > 1 ? this.lastUs : undefined;
    this.lastUs = segment.atUs;
    const all = this.#fates ? seen | this.#causes(side, segment, seen, isAgain) : seen;
    const tripUs = this.flightTimes.take(side, segment);
    if (!isCopy) this.#pace(side, segment, all);
    if (this.#fates) this.#explain(this.#fates, side, segment, {marks: all, sinceUs, tripUs, isCopy});
    if (isCopy) {
      if (has(segment, Flag.syn)) this.counts[has(segment, Flag.ack) ? 'copiedSynAck' : 'copiedSyn'] += 1;
      this.#copies += 1;
      this.firstCopy ||= segment.frame;
    }
    return all;
  }

  #explain(fates: TcpFates, side: Side, segment: SeenSegment, passed: Passed): void {
    const {marks, isCopy, sinceUs, tripUs} = passed;
    const own = this.#halves[side].reasons;
    const back = this.#halves[side === 0 ? 1 : 0];
    const {synFrom} = this.course;
    const isn = synFrom === undefined ? undefined : this.course.isn(synFrom === 0 ? 1 : 0);
    this.notes.take(side, segment, marks, sinceUs);
    this.notes.openingFrames.take(side, segment, marks, synFrom, isn);
    fates.take(side, segment, {marks, isCopy, times: this.flightTimes});
    if (tripUs !== undefined) back.reasons.swelling.add(tripUs);
    back.reasons.echoes.said(segment);
    own.echoes.came(segment);
    if (isCopy) return;
    own.gaps.take(segment, this.flightTimes.round(side) ?? 0);
    if (has(segment, Flag.ack)) back.reasons.sizes.heard(segment, segment.sack);
    if ((marks & (Mark.keepAlive | Mark.zeroWindowProbe)) === 0) own.sizes.sent(segment);
    if (spaceOf(segment) > 0) own.resendings.take(segment, marks, back.sacked);
  }

  /**
   * Returns marks for the reasons of a segment: why data were retransmitted, and whether an ACK was a quick one. SYNs and RSTs have none;
   * probes are no retransmissions.
   */
  #causes(side: Side, segment: SeenSegment, marks: number, isAgain: boolean): number {
    const own = this.#halves[side];
    const back = this.#halves[side === 0 ? 1 : 0];
    if (has(segment, Flag.rst | Flag.syn)) return 0;
    const told = has(segment, Flag.ack) ? back.reasons.signs.heard(segment, marks, this.course.over) : 0;
    const mss = back.options?.mss ?? leastMss;
    back.reasons.quickAcks.came(segment, mss);
    const shown =
      (told && this.#isExact(side === 0 ? 1 : 0) ? told : 0) | own.reasons.quickAcks.said(segment);
    if (spaceOf(segment) === 0 || marks & (Mark.keepAlive | Mark.zeroWindowProbe | Mark.copy)) return shown;
    const sack = own.options?.sackPermitted === true && back.options?.sackPermitted === true;
    const full = mss - (segment.stamp === undefined ? 0 : stampOctets);
    const roundUs = this.#marks.initialRoundTripUs ?? 0;
    const causes = own.reasons.signs.sent(segment, isAgain, {roundUs, sack, full});
    return (
      shown | (causes & Mark.proportional && !this.#isExact(side) ? causes & ~Mark.proportional : causes)
    );
  }

  #isExact(side: Side): boolean {
    return bearingOf(this.flightTimes.rounds)?.exact[side] === true;
  }

  /** Tells whether an RST is outside the receiver's last window while the connection lasts (RFC 9293 §3.10.7.4, first check). */
  #strays(side: Side, {flags, seq}: SeenSegment): boolean {
    const {heard} = this.#halves[side === 0 ? 1 : 0];
    if (!(flags & Flag.rst) || heard === undefined || this.course.over) return false;
    const {ack} = heard;
    const edge = edgeOf(heard);
    // If the receive window is closed, an RST with exactly the next expected number is still accepted (RFC 9293 §3.10.7.4, first check).
    return seqLt(seq, ack) || (edge !== undefined && seq !== ack && !seqLt(seq, edge));
  }

  /** Notes the pace of this end's data, and what it acknowledges of the other end's data. */
  #pace(side: Side, segment: SeenSegment, marks: number): void {
    const own = this.#halves[side];
    const back = this.#halves[side === 0 ? 1 : 0];
    if (has(segment, Flag.ack) && !has(segment, Flag.rst)) {
      const room = roomOf(segment, own.options, back.options);
      own.heard = {atUs: segment.atUs, ack: segment.ack, room, bare: spaceOf(segment) === 0};
      back.pace?.hear(own.heard);
      own.windows.take(
        segment,
        own.heard,
        1 << (back.options?.windowScale === undefined ? 0 : (own.options?.windowScale ?? 0)),
      );
    }
    if (segment.length === 0 || marks & (Mark.keepAlive | Mark.zeroWindowProbe)) return;
    own.pace ??= new TransferPace(back.heard);
    const roundUs = this.flightTimes.round(side) ?? 0;
    const farUs = this.flightTimes.round(side === 0 ? 1 : 0) ?? 0;
    const {clock} = own;
    const again = (marks & Mark.resent) !== 0;
    const tripUs = roundUs + farUs;
    this.turns ??= new Turns();
    this.turns.take(side, segment, marks, roundUs, tripUs);
    own.pace.send(segment, {again, roundUs, tripUs, mss: back.options?.mss, clock});
  }

  /** The application data of both directions; undefined until an end has sent data. */
  get streams(): ApplicationStreams | undefined {
    return this.#streams;
  }

  /** Reads a segment's application data; returns the DNS messages that it completes. */
  read(side: Side, segment: SeenSegment): readonly DnsHeard[] {
    if (segment.length > 0)
      this.#streams ??= new ApplicationStreams(
        this.#store,
        this.ends.map(({port}) => port),
        [this.course.isn(0), this.course.isn(1)],
        this.#reading,
      );
    return this.#streams?.take(side, segment) ?? [];
  }

  /** Reads what still waits when the capture ends at `frame`; returns the DNS messages that this completes. */
  finish(frame: number): readonly DnsHeard[] {
    return this.#streams?.finish(frame) ?? [];
  }

  #countFlags({flags, sacks}: SeenSegment): void {
    const {counts} = this;
    counts.packets += 1;
    if (flags & Flag.syn) counts[flags & Flag.ack ? 'synAck' : 'syn'] += 1;
    if (flags & Flag.fin) counts.fin += 1;
    if (flags & Flag.rst) counts.rst += 1;
    if (sacks) counts.sackAcks += 1;
  }

  #numbers(side: Side, segment: SeenSegment): void {
    const half = this.#halves[side];
    const back = this.#halves[side === 0 ? 1 : 0];
    half.segments += 1;
    setBases(half, back, segment);
    if (segment.stamp !== undefined) half.clock ??= {stamp: segment.stamp, atUs: segment.atUs};
    if (segment.opening) half.options ??= segment.opening;
    if (has(segment, Flag.ece) && !has(segment, openOrClose)) {
      half.echoes += 1;
      if (half.echoFrames.length < mostEchoes) half.echoFrames = [...half.echoFrames, segment.frame];
    }
    if (segment.length > 0 && half.firstDataFrame === 0) {
      half.firstData = segment.data.slice(0, firstOctets);
      half.firstDataFrame = segment.frame;
    }
    this.#countProbe(half, back, segment);
    half.window = segment.window;
    if (segment.sack.length > 0)
      for (const {right} of segment.sack)
        if (half.sacked === undefined || seqLt(half.sacked, right)) half.sacked = right;
    if (segment.length > (back.options?.mss ?? segment.length)) {
      half.giants += 1;
      half.largest = Math.max(half.largest, segment.length);
    }
    if (!has(segment, Flag.rst)) this.#cover(side, half, segment);
  }

  /** Notes whether the TCP checksum of a segment that was taken before is right. */
  checked(side: Side, segment: SeenSegment, checked: Checked): void {
    const half = this.#halves[side];
    if (checked === undefined || (checked === 'right' && half.checks === undefined)) return;
    // Checksums are recorded from the first wrong one on; all earlier segments count as right.
    half.checks ??= new CheckedSegments(half.segments - 1);
    const {frame, atUs, seq, length} = segment;
    // A segment longer than the other end's MSS was made by a network card that cuts or joins segments, so its wrong checksum means
    // nothing.
    const isGiant = length > (this.#halves[side === 0 ? 1 : 0].options?.mss ?? length);
    const sign = spaceOf(segment) > 0 ? seq : undefined;
    half.checks.take(isGiant && checked === 'wrong' ? 'left' : checked, {frame, atUs, sign});
  }

  #countProbe(half: Half, back: Half, {seq, length, flags}: SeenSegment): void {
    if (back.window !== 0 || half.nextSeq === undefined || flags & (Flag.syn | Flag.fin | Flag.rst)) return;
    const below = length === 0 && seq === seqAdd(half.nextSeq, -1);
    const beyond = length === 1 && seq === half.nextSeq;
    if (below || beyond) this.counts.zeroWindowProbes += 1;
  }

  #cover(side: Side, half: Half, segment: SeenSegment): void {
    const {seq, length} = segment;
    const space = spaceOf(segment);
    const start = half.ranges.place(seq);
    const end = start + space;
    const next = seqAdd(seq, space);
    if (half.nextSeq === undefined || ((next - half.nextSeq) | 0) > 0) half.nextSeq = next;
    if (space === 0) return;
    if (half.ranges.overlaps(start, end)) this.counts.resent += 1;
    const data = start + (segment.flags & Flag.syn ? 1 : 0);
    if (data > start) half.ranges.add(start, data);
    const bytes = half.ranges.add(data, data + length);
    if (end > data + length) half.ranges.add(data + length, end);
    half.payloadBytes += bytes;
    // The segment's new octets begin somewhere inside it, so a message may begin there.
    if (bytes > 0 && bytes < length) this.mayBeRead = true;
    const fin = this.course.finFrame(side === 0 ? 1 : 0);
    if (fin > 0) half.afterFin += bytes;
  }
}
