// One TCP connection of a capture, segment by segment: what is counted and what is deduced. Its memory is bounded, however long it lasts.

import {dnsPort} from '../wire/dns/carried.ts';
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import {ApplicationStreams, type DnsHeard} from './application-streams.ts';
import type {Checked} from './checked-segments.ts';
import {Counts, counted} from './connection-counts.ts';
import type {ConnectionNotes} from './connection-notes.ts';
import type {Side} from './connections.ts';
import type {Copied} from './copies.ts';
import {Explained, type Reasons} from './explained.ts';
import type {FateColumns, Told} from './fate-columns.ts';
import {mayBeRead} from './first-octets.ts';
import {FlightTimes} from './flight-times.ts';
import type {HttpReading} from './http-conversation.ts';
import type {Refusal} from './icmp-refusals.ts';
import {type Lost, noneLost} from './losses.ts';
import {countCheck, Half, keepFirstData, mostEchoes, setBases} from './observed-half.ts';
import type {OctetStore} from './octet-store.ts';
import {OlderConnection} from './older-connection.ts';
import {type Ending, Quiet} from './quiet.ts';
import {Flag, has, openOrClose, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {SegmentLog} from './segment-log.ts';
import {TcpCourse} from './tcp-course.ts';
import {Mark, TcpMarks} from './tcp-marks.ts';
import {edgeOf, roomOf, TransferPace} from './transfer-pace.ts';
import {Turns} from './turns.ts';

export type Endpoint = {readonly address: string; readonly port: number};

export type Beginning = {
  readonly id: number;
  readonly ends: readonly [Endpoint, Endpoint];
  readonly frame: number;
  readonly atUs: number;
  readonly store: OctetStore;
  readonly fates: FateColumns;
  /**
   * True if the fates of the connection's segments and the reasons for them are deduced, too. With a log they are deduced as soon as
   * something unusual passes or somebody asks. @default true
   */
  readonly explains?: boolean | SegmentLog;
  readonly reading?: HttpReading | undefined;
  /** The previous connection between the same addresses and ports; undefined if the capture has none. */
  readonly before?: ObservedConnection | undefined;
};

/** The marks of segments with which a connection is no longer quiet; changes of a window and repeated ACKs are not among them. */
const unusual = ~(Mark.windowUpdate | Mark.windowFull | Mark.duplicateAck | Mark.zeroWindow);

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
  /** The number of the connection's last packet. */
  lastFrame: number;
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
  readonly #columns: FateColumns;
  /** True if each segment is explained as it passes. */
  #explains: boolean;
  /** The explanations of the connection's segments; undefined until somebody asks for one. */
  #explained: Explained | undefined;
  /** The segments that wait to be explained; undefined once they have been, or if segments are only counted and timed. */
  #quiet: Quiet | undefined;
  readonly #marks = new TcpMarks();
  #streams: ApplicationStreams | undefined;
  readonly #halves: readonly [Half, Half] = [new Half(), new Half()];

  constructor({id, ends, frame, atUs, store, fates, explains = true, reading, before}: Beginning) {
    this.id = id;
    this.ends = ends;
    this.firstFrame = frame;
    this.firstUs = atUs;
    this.lastUs = atUs;
    this.lastFrame = frame;
    this.mayBeRead = ends.some(({port}) => port === dnsPort);
    this.#store = store;
    this.#reading = reading;
    this.before = before;
    this.#columns = fates;
    // An older connection between the same ports changes with this one's segments, so these are taken only once.
    this.#explains = explains === true || (explains !== false && before !== undefined);
    if (typeof explains === 'object' && !this.#explains) this.#quiet = new Quiet(explains, this.#halves);
  }

  /** The side that sent the first SYN; if none was captured, the side with the higher port. */
  get client(): Side {
    const [a, b] = this.ends;
    return this.course.synFrom ?? (a.port >= b.port ? 0 : 1);
  }

  get initialRoundTripUs(): number | undefined {
    return this.#marks.initialRoundTripUs;
  }

  /**
   * True while nothing unusual has passed and nobody has asked for explanations: all segments were in order, none was repeated, none
   * probed the other end, and no ICMP message was about them.
   */
  get isQuiet(): boolean {
    return this.#quiet !== undefined;
  }

  /** The explanations of the connection's segments. Asking for them ends the time in which the connection counts as quiet. */
  get #story(): Explained {
    this.#explain();
    this.#explained ??= new Explained(this.#columns, this);
    return this.#explained;
  }

  get notes(): ConnectionNotes {
    return this.#story.notes;
  }

  /** The stray RSTs and the end of the connection, as `notes` has them; those of a quiet connection are worked out alone. */
  get ending(): Ending {
    return this.#quiet && this.older.challengeFrame === 0 ? this.#quiet.ending : this.notes;
  }

  /** The first ICMP message that reports that a packet did not arrive, as `notes` has it; asking for it explains nothing. */
  get refusal(): Refusal | undefined {
    return this.#explained?.notes.refusal;
  }

  /** Returns the observations that explain why this end sends its segments. */
  reasons(side: Side): Readonly<Reasons> {
    return this.#story.reasons[side];
  }

  /** Returns the time in µs by which round trips became repeatedly longer while this end sent, because its data waited in a queue. */
  queuedUs(side: Side): number {
    const isPlain = this.counts.rst === 0 && this.older.challengeFrame === 0;
    return isPlain && this.#quiet ? this.#quiet.queuedUs(side) : this.reasons(side).queuedUs;
  }

  /** Explains the segments of a quiet connection by taking them once more; later ones are explained as they pass. */
  #explain(): void {
    const quiet = this.#quiet;
    if (!quiet) return;
    this.#quiet = undefined;
    this.#explains = true;
    const {id, ends, firstFrame: frame, firstUs: atUs} = this;
    const twin = new ObservedConnection({id, ends, frame, atUs, store: this.#store, fates: this.#columns});
    for (const [side, segment, isWrong] of quiet.all()) {
      twin.take(side, segment, undefined);
      if (isWrong) this.#halves[side].checks?.waitFor(segment.seq, segment.atUs);
    }
    quiet.release();
    this.#explained = twin.#story;
    this.#explained.counted = this;
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

  /** Returns the first octets of data that this end sent; undefined if there are none, or if there was no room for them. */
  firstData(side: Side): Uint8Array | undefined {
    const {firstData} = this.#halves[side];
    return firstData && this.#store.read(firstData);
  }

  /** Returns the losses among this end's segments that are deduced to have happened after the capture point. */
  lost(side: Side): Lost {
    return this.#explains || this.#quiet ? this.#story.fates.lost(side) : noneLost;
  }

  /** Notes the fate that an ICMP message reports for this end's packet that begins with the sequence number `seq`. */
  told(side: Side, seq: Seq, told: Told): void {
    if (this.#explains || this.#quiet) this.#story.fates.told(side, seq, told);
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
    this.lastFrame = segment.frame;
    if (this.#quiet && !(this.#isUsual(side, segment, copied) && this.#quiet.add(side, segment)))
      this.#explain();
    if (this.older.take(side, segment, this.course)) {
      this.counts.packets += 1;
      if (has(segment, Flag.rst)) this.counts.rst += 1;
      this.lastUs = segment.atUs;
      this.before?.course.take(this.#sideBefore(side), segment);
      if (this.#explains && !has(segment, Flag.rst))
        this.#story.fates.challenged(side === 0 ? 1 : 0, segment.frame);
      return 0;
    }
    if (this.#strays(side, segment)) {
      this.counts.packets += 1;
      this.counts.rst += 1;
      // The log of a quiet connection already has the segment.
      if (this.#quiet) this.#quiet.strayed();
      else {
        this.notes.resets.stray(side, segment);
        this.notes.lastStand.strayed(side, segment);
      }
      this.lastUs = segment.atUs;
      return 0;
    }
    const marks = this.#marks.take(side, segment, this.#halves[side === 0 ? 1 : 0].ranges);
    // A SYN is not counted as following a lost segment, because the opening is reported on its own.
    const told = has(segment, Flag.syn) ? marks & ~Mark.lostBefore : marks;
    if (told !== 0) for (const [mark, name] of counted) if (told & mark) this.counts[name] += 1;
    this.mayBeRead ||= mayBeRead(segment.data);
    const {resent} = this.counts;
    this.counts.take(segment);
    this.#numbers(side, segment);
    this.course.take(side, segment);
    const isAgain = this.counts.resent > resent;
    if (copied === 'again') this.#identifies = false;
    const isCopy = copied === 'copy' && this.#identifies;
    const seen = (isAgain ? Mark.resent : 0) | (isCopy ? Mark.copy : 0) | marks;
    const sinceUs = this.counts.packets > 1 ? this.lastUs : undefined;
    this.lastUs = segment.atUs;
    const all = this.#explains ? seen | this.#story.causes(side, segment, seen, isAgain) : seen;
    const tripUs = this.flightTimes.take(side, segment);
    if (!isCopy) this.#pace(side, segment, all);
    if (this.#explains) this.#story.take(side, segment, {marks: all, sinceUs, tripUs, isCopy});
    else if ((seen & unusual) !== 0) this.#explain();
    if (isCopy) {
      if (has(segment, Flag.syn)) this.counts[has(segment, Flag.ack) ? 'copiedSynAck' : 'copiedSyn'] += 1;
      this.#copies += 1;
      this.firstCopy ||= segment.frame;
    }
    return all;
  }

  /** Tells whether the log can hold all that the segment says, and whether it is neither a copy nor a SYN with data or after another one. */
  #isUsual(side: Side, {sacks, opening, length}: SeenSegment, copied: Copied): boolean {
    if (sacks || copied !== undefined) return false;
    return opening === undefined || (length === 0 && this.#halves[side].options === undefined);
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
      own.ackMoves ||= own.heard === undefined ? own.options !== undefined : own.heard.ack !== segment.ack;
      own.heard = {atUs: segment.atUs, ack: segment.ack, room, bare: spaceOf(segment) === 0};
      back.pace?.hear(own.heard);
      // Once the other end has sent FIN, it sends no data for which a window would matter.
      if (this.course.finFrame(side === 0 ? 1 : 0) === 0)
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
    if (segment.length > 0 && half.firstDataFrame === 0) keepFirstData(half, segment, this.#store);
    if (segment.data.length < segment.length) half.isCut = true;
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
    const isWaited = countCheck(half, this.#halves[side === 0 ? 1 : 0], segment, checked);
    // A retransmission would end the quiet time, so only then somebody has to wait for it.
    if (isWaited && this.#quiet) this.#quiet.damaged();
    else if (isWaited) half.checks?.waitFor(segment.seq, segment.atUs);
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
