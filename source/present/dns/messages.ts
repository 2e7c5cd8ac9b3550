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
  readonly message: DnsMessage;
};

const isDnsPort = (...ports: readonly number[]): boolean => ports.includes(dnsPort);

/** Of a segment, the first message that it holds whole: what is cut by segments is told by neither. */
const bytesIn = (frame: Frame | undefined): Uint8Array | undefined => {
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  if (transport?.kind === 'udp') {
    const {srcPort, dstPort, payload} = transport.datagram;
    return isDnsPort(srcPort, dstPort) ? ropeToBytes(payload) : undefined;
  }
  if (transport?.kind !== 'tcp' || transport.segment.payload.length === 0) return undefined;
  const {srcPort, dstPort, payload} = transport.segment;
  return isDnsPort(srcPort, dstPort)
    ? splitDns(new Uint8Array(), ropeToBytes(payload)).messages[0]
    : undefined;
};

const known = new WeakMap<Trace, readonly SentMessage[]>();

export const messagesIn = (trace: Trace): readonly SentMessage[] => {
  const before = known.get(trace);
  if (before) return before;
  const found: SentMessage[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const {frame, sendEvent: event, from, to} = trace.packet(id);
    const bytes = bytesIn(frame);
    const message = bytes && decodeDns(bytes);
    if (message?.ok) found.push({event, packet: id, from, to, message: message.value});
  }
  known.set(trace, found);
  return found;
};
