// Connections that somebody writes by hand, for measurements that no fixture is long enough for.
import {encodeFrame} from '../source/wire/frame.ts';
import type {IpPacket} from '../source/wire/ip-packet.ts';
import type {OutgoingRecord} from '../source/wire/pcap/writer.ts';
import {ropeFromBytes} from '../source/wire/rope.ts';
import {seqAdd, seq as seqOf} from '../source/wire/seq.ts';

export const packets = 200_000;
export const betweenUs = 20;

type Sent = {readonly port: number; readonly back: boolean; readonly seq: number; readonly ack: number};

const frameOf = ({port, back, seq, ack}: Sent, flags: number, payload: Uint8Array): Uint8Array => {
  const [near, far] = ['192.0.2.10', '198.51.100.20'] as const;
  const packet: IpPacket = {
    version: 4,
    src: back ? far : near,
    dst: back ? near : far,
    ttl: 64,
    id: 0,
    dontFragment: true,
    trafficClass: 0,
    transport: {
      kind: 'tcp',
      segment: {
        srcPort: back ? 80 : port,
        dstPort: back ? port : 80,
        seq: seqOf(seq),
        ack: seqOf(ack),
        flags,
        window: 8192,
        urgent: 0,
        options: [],
        payload: ropeFromBytes(payload),
      },
    },
  };
  const [src, dst] = ['02:00:00:00:00:01', '02:00:00:00:00:02'] as const;
  return encodeFrame({src: back ? dst : src, dst: back ? src : dst, payload: {kind: 'ip', packet}});
};

const Flags = {syn: 2, synAck: 18, ack: 16, pushAck: 24} as const;
const none = new Uint8Array(0);

/** A connection that somebody writes by hand: what each end says next follows what it has said. */
export class Wire {
  readonly #port: number;
  readonly #next: [number, number] = [1000, 500_000];

  constructor(port: number) {
    this.#port = port;
  }

  #frame(back: boolean, flags: number, payload: Uint8Array, from?: number): Uint8Array {
    const [own, far] = back ? ([1, 0] as const) : ([0, 1] as const);
    const seq = from ?? this.#next[own];
    const ack = flags === Flags.syn ? 0 : this.#next[far];
    return frameOf({port: this.#port, back, seq, ack}, flags, payload);
  }

  open(): readonly Uint8Array[] {
    const syn = this.#frame(false, Flags.syn, none);
    this.#next[0] += 1;
    const synAck = this.#frame(true, Flags.synAck, none);
    this.#next[1] += 1;
    return [syn, synAck, this.ack(false)];
  }

  ack(back: boolean): Uint8Array {
    return this.#frame(back, Flags.ack, none);
  }

  say(back: boolean, payload: Uint8Array): Uint8Array {
    const frame = this.#frame(back, Flags.pushAck, payload);
    const own = back ? 1 : 0;
    this.#next[own] = seqAdd(seqOf(this.#next[own]), payload.length);
    return frame;
  }
}

export function* timed(frames: Iterable<Uint8Array>): Generator<OutgoingRecord> {
  let made = 0;
  for (const bytes of frames) {
    yield {atUs: 1_000_000 + betweenUs * made++, bytes};
    if (made >= packets) return;
  }
}
