// A packet of a capture, and the event with which it leaves. Its contents are decoded when somebody asks, because code that goes through
// all packets rarely needs them.
import type {DeducedFate, PacketRecord, Recorded, Trace, TraceEvent} from '../sim/trace.ts';
import {readArp} from '../wire/arp.ts';
import {decodeFrame, type Frame} from '../wire/frame.ts';
import {LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {decodeIpPacket} from '../wire/ip-packet.ts';
import type {LinkType} from '../wire/layer.ts';
import {type CapturedBytes, innermost} from '../wire/tunnel.ts';
import type {Place} from './captured-place.ts';
import {networkStart} from './frame-ends.ts';
import {Mark} from './tcp-marks.ts';

/** The longest frame that is decoded: IP allows no more, and a capture may claim any length. */
const longestFrame = 65_600;

/**
 * Decodes an ARP message that was captured with a Linux cooked header, which does not name the receiver; undefined if the frame is no ARP.
 */
const cookedArp = (bytes: Uint8Array, linkType: LinkType): Frame | undefined => {
  if (!readFrameHeaders(bytes, linkType, bytes.length).arp) return undefined;
  const message = readArp(bytes, linkType === LinkTypes.sll ? 16 : 20);
  return message && {src: '', dst: '', payload: {kind: 'arp', message}};
};

/**
 * Decodes a captured frame as far as possible; undefined if it cannot be decoded. A payload cut by the snap length gets its whole length,
 * with zeros for the missing bytes.
 */
const frameOf = (captured: CapturedBytes): Frame | undefined => {
  const {bytes, linkType, originalLength} = innermost(captured);
  const length = Math.min(Math.max(originalLength, bytes.length), Math.max(bytes.length, longestFrame));
  const whole = length === bytes.length ? bytes : new Uint8Array(length);
  if (whole !== bytes) whole.set(bytes);
  const options = {verifyChecksums: false};
  if (linkType === LinkTypes.ethernet) {
    const frame = decodeFrame(whole, options);
    return frame.ok ? frame.value : undefined;
  }
  const start = networkStart(bytes, linkType);
  if (start === undefined) return cookedArp(bytes, linkType);
  const packet = decodeIpPacket(whole.subarray(start), options);
  return packet.ok ? {src: '', dst: '', payload: {kind: 'ip', packet: packet.value}} : undefined;
};

type Seen = Pick<
  Place,
  'atUs' | 'from' | 'to' | 'conversation' | 'forMany' | 'marks' | 'linkType' | 'originalLength' | 'recorded'
>;
type Way = Pick<PacketRecord, 'id' | 'sendEvent' | 'endEvent' | 'sentUs' | 'dueUs'>;

/** The properties of a captured packet that are computed only when they are needed. */
type Asked = {
  readonly bytes: () => Uint8Array;
  readonly fate: () => DeducedFate;
  readonly lost: () => boolean;
};

export class CapturedPacket implements PacketRecord {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly sendEvent: number;
  readonly endEvent: PacketRecord['endEvent'];
  readonly sentUs: number;
  readonly dueUs: number;
  readonly capturedUs: number;
  readonly recorded: Recorded;
  readonly conversation?: number;
  readonly forMany?: true;
  readonly retransmission: boolean;
  readonly marks: number;
  readonly linkType: LinkType;
  readonly originalLength: number;
  readonly #asked: Asked;
  #bytes: Uint8Array | undefined;
  #frame: {readonly read: Frame | undefined} | undefined;

  constructor(place: Seen, way: Way, asked: Asked) {
    this.id = way.id;
    this.from = place.from;
    this.to = place.to;
    this.sendEvent = way.sendEvent;
    this.endEvent = way.endEvent;
    this.sentUs = way.sentUs;
    this.dueUs = way.dueUs;
    this.capturedUs = place.atUs;
    this.recorded = place.recorded;
    if (place.conversation !== 0) this.conversation = place.conversation;
    if (place.forMany) this.forMany = true;
    this.retransmission = (place.marks & Mark.resent) !== 0;
    this.marks = place.marks;
    this.linkType = place.linkType;
    this.originalLength = place.originalLength;
    this.#asked = asked;
  }

  get deduced(): DeducedFate | undefined {
    return this.forMany ? undefined : this.#asked.fate();
  }

  get lost(): boolean {
    return this.#asked.lost();
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#asked.bytes();
    return this.#bytes;
  }

  get frame(): Frame | undefined {
    this.#frame ??= {read: frameOf(this)};
    return this.#frame.read;
  }
}

/** The number and time of an event in a capture, and whether that time is estimated or unknown. */
export type When = Pick<TraceEvent, 'n' | 'atUs' | 'estimated' | 'untimed'>;

const noFaults: readonly string[] = [];

export class CapturedSend {
  readonly kind = 'send';
  readonly n: number;
  readonly atUs: number;
  readonly instant: number;
  readonly packet: number;
  readonly hop = 0;
  readonly host: string;
  readonly to: string;
  readonly dueUs: number;
  readonly retransmission: boolean;
  readonly faults = noFaults;
  readonly forMany?: true;
  readonly estimated?: true;
  readonly untimed?: true;
  readonly #trace: Trace;

  constructor(
    {n, atUs, estimated, untimed}: When,
    {from, to, marks, forMany}: Pick<Place, 'from' | 'to' | 'marks' | 'forMany'>,
    {id, dueUs, trace}: Pick<Way, 'id' | 'dueUs'> & {readonly trace: Trace},
  ) {
    this.n = n;
    this.atUs = atUs;
    this.instant = n;
    this.packet = id;
    this.host = from;
    this.to = to;
    this.dueUs = dueUs;
    this.retransmission = (marks & Mark.resent) !== 0;
    if (forMany) this.forMany = true;
    if (estimated) this.estimated = true;
    if (untimed) this.untimed = true;
    this.#trace = trace;
  }

  get lost(): boolean {
    return this.#trace.packet(this.packet).lost;
  }

  get frame(): Frame | undefined {
    return this.#trace.packet(this.packet).frame;
  }
}
