// A packet of a simulated run, read off the event of its sending.
import {encodeFrame, type Frame, frameLength} from '../wire/frame.ts';
import type {PacketRecord, TraceEvent} from './trace.ts';

const linkTypeEthernet = 1;

/** Bytes are made when somebody asks: most look at the values only. */
export class SentPacket implements PacketRecord {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly sendEvent: number;
  readonly endEvent: number | undefined;
  readonly sentUs: number;
  readonly dueUs: number;
  readonly lost: boolean;
  readonly retransmission: boolean;
  readonly frame: Frame | undefined;
  readonly linkType = linkTypeEthernet;
  #bytes: Uint8Array | undefined;

  constructor(send: Extract<TraceEvent, {kind: 'send'}>, endEvent: number | undefined) {
    this.id = send.packet;
    this.from = send.host;
    this.to = send.to;
    this.sendEvent = send.n;
    this.endEvent = endEvent;
    this.sentUs = send.atUs;
    this.dueUs = send.dueUs;
    this.lost = send.lost;
    this.retransmission = send.retransmission;
    this.frame = send.frame;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.frame ? encodeFrame(this.frame) : new Uint8Array();
    return this.#bytes;
  }

  get originalLength(): number {
    return this.frame ? frameLength(this.frame) : 0;
  }
}
