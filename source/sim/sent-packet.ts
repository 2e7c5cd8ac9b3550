// The record of a packet in a simulated run, made from the event of its first sending.
import {encodeFrame, type Frame, frameLength, linkTypeEthernet} from '../wire/frame.ts';
import type {EventOf, PacketRecord} from './trace.ts';

/** How a packet's way over all links ended: the last host, the final event, the time and whether it was lost. */
export type Way = {
  readonly to: string;
  readonly endEvent: number | undefined;
  readonly dueUs: number;
  readonly lost: boolean;
};

/**
 * The record of a packet in a simulated run. Its bytes are encoded only when they are read, because most readers need only the decoded
 * frame.
 */
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

  constructor(send: EventOf<'send'>, way: Way) {
    this.id = send.packet;
    this.from = send.host;
    this.to = way.to;
    this.sendEvent = send.n;
    this.endEvent = way.endEvent;
    this.sentUs = send.atUs;
    this.dueUs = way.dueUs;
    this.lost = way.lost;
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
