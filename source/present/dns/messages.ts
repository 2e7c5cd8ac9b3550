// The DNS messages of a run: one for each packet that holds one, read once.
import type {Trace} from '../../sim/trace.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {splitDns} from '../../wire/dns/framing.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {Frame} from '../../wire/frame.ts';
import {ropeToBytes} from '../../wire/rope.ts';

const dnsPort = 53;

export type SentMessage = {
  /** Of its sending. */
  readonly event: number;
  readonly packet: number;
  readonly from: string;
  readonly to: string;
  /** Source and destination. */
  readonly ports: readonly [number, number];
  readonly message: DnsMessage;
};

type Carried = {readonly bytes: Uint8Array; readonly ports: readonly [number, number]};

const isDnsPort = (...ports: readonly number[]): boolean => ports.includes(dnsPort);

/** Of a segment, the first message that it holds whole: what is cut by segments is told by neither. */
const bytesIn = (frame: Frame | undefined): Carried | undefined => {
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  if (transport?.kind === 'udp') {
    const {srcPort, dstPort, payload} = transport.datagram;
    return isDnsPort(srcPort, dstPort) ? {bytes: ropeToBytes(payload), ports: [srcPort, dstPort]} : undefined;
  }
  if (transport?.kind !== 'tcp' || transport.segment.payload.length === 0) return undefined;
  const {srcPort, dstPort, payload} = transport.segment;
  if (!isDnsPort(srcPort, dstPort)) return undefined;
  const [bytes] = splitDns(new Uint8Array(), ropeToBytes(payload)).messages;
  return bytes && {bytes, ports: [srcPort, dstPort]};
};

const known = new WeakMap<Trace, readonly SentMessage[]>();

export const messagesIn = (trace: Trace): readonly SentMessage[] => {
  const before = known.get(trace);
  if (before) return before;
  const found: SentMessage[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const {frame, sendEvent: event, from, to} = trace.packet(id);
    const carried = bytesIn(frame);
    const message = carried && decodeDns(carried.bytes);
    if (carried && message?.ok)
      found.push({event, packet: id, from, to, ports: carried.ports, message: message.value});
  }
  known.set(trace, found);
  return found;
};
