// A packet of a capture, and its leaving: what is in it is read when somebody asks, because whoever goes through all of them
// rarely does.
import type {DeducedFate, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {readArp} from '../wire/arp.ts';
import {decodeFrame, type Frame} from '../wire/frame.ts';
import {LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {decodeIpPacket} from '../wire/ip-packet.ts';
import type {LinkType} from '../wire/layer.ts';
import {networkStart} from './frame-ends.ts';

/** IP allows no more, and a capture may claim any length. */
const longestFrame = 65_600;

/** Under a cooked header, which names no receiver. */
const cookedArp = (bytes: Uint8Array, linkType: LinkType): Frame | undefined => {
  if (!readFrameHeaders(bytes, linkType, bytes.length).arp) return undefined;
  const message = readArp(bytes, linkType === LinkTypes.sll ? 16 : 20);
  return message && {src: '', dst: '', payload: {kind: 'arp', message}};
};

/** As values, as far as it can be read; a snapped payload counts with its whole length, its lost bytes read as zero. */
const frameOf = (bytes: Uint8Array, linkType: LinkType, originalLength: number): Frame | undefined => {
  const whole = new Uint8Array(
    Math.min(Math.max(originalLength, bytes.length), Math.max(bytes.length, longestFrame)),
  );
  whole.set(bytes);
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

type About = Omit<PacketRecord, 'bytes' | 'frame'>;

export class CapturedPacket implements PacketRecord {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly sendEvent: number;
  readonly endEvent: PacketRecord['endEvent'];
  readonly sentUs: number;
  readonly dueUs: number;
  readonly capturedUs?: number;
  readonly conversation?: number;
  readonly forMany?: true;
  readonly lost: boolean;
  readonly deduced?: DeducedFate;
  readonly retransmission: boolean;
  readonly marks?: number;
  readonly linkType: LinkType;
  readonly originalLength: number;
  readonly #read: () => Uint8Array;
  #bytes: Uint8Array | undefined;
  #frame: {readonly read: Frame | undefined} | undefined;

  /** `read`: its bytes. */
  constructor(about: About, read: () => Uint8Array) {
    this.id = about.id;
    this.from = about.from;
    this.to = about.to;
    this.sendEvent = about.sendEvent;
    this.endEvent = about.endEvent;
    this.sentUs = about.sentUs;
    this.dueUs = about.dueUs;
    if (about.capturedUs !== undefined) this.capturedUs = about.capturedUs;
    if (about.conversation !== undefined) this.conversation = about.conversation;
    if (about.forMany) this.forMany = true;
    this.lost = about.lost;
    if (about.deduced) this.deduced = about.deduced;
    this.retransmission = about.retransmission;
    if (about.marks !== undefined) this.marks = about.marks;
    this.linkType = about.linkType;
    this.originalLength = about.originalLength;
    this.#read = read;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#read();
    return this.#bytes;
  }

  get frame(): Frame | undefined {
    this.#frame ??= {read: frameOf(this.bytes, this.linkType, this.originalLength)};
    return this.#frame.read;
  }
}

type Send = Extract<TraceEvent, {kind: 'send'}>;
type Sent = Omit<Send, 'kind' | 'instant' | 'hop' | 'faults' | 'frame'>;

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
  readonly lost: boolean;
  readonly retransmission: boolean;
  readonly faults = noFaults;
  readonly forMany?: true;
  readonly estimated?: true;
  readonly untimed?: true;
  readonly #trace: Trace;

  constructor(sent: Sent, trace: Trace) {
    this.n = sent.n;
    this.atUs = sent.atUs;
    this.instant = sent.n;
    this.packet = sent.packet;
    this.host = sent.host;
    this.to = sent.to;
    this.dueUs = sent.dueUs;
    this.lost = sent.lost;
    this.retransmission = sent.retransmission;
    if (sent.forMany) this.forMany = true;
    if (sent.estimated) this.estimated = true;
    if (sent.untimed) this.untimed = true;
    this.#trace = trace;
  }

  get frame(): Frame | undefined {
    return this.#trace.packet(this.packet).frame;
  }
}
