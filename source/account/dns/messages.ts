// The DNS messages of a run, one for each packet that contains any; they are decoded once.

import type {Trace} from '../../sim/trace.ts';
import {dnsIn} from '../../wire/dns/carried.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {Transport} from '../../wire/frame.ts';
import {oncePer} from '../../wire/once-per.ts';

export type SentMessage = {
  /** The number of the event that sends the DNS message. */
  readonly event: number;
  readonly packet: number;
  readonly from: string;
  readonly to: string;
  /** The source port and the destination port of the DNS message. */
  readonly ports: readonly [number, number];
  readonly message: DnsMessage;
};

const portsOf = (transport: Transport): readonly [number, number] => {
  if (transport.kind !== 'udp' && transport.kind !== 'tcp') return [0, 0];
  const {srcPort, dstPort} = transport.kind === 'udp' ? transport.datagram : transport.segment;
  return [srcPort, dstPort];
};

export const messagesIn = oncePer((trace: Trace): readonly SentMessage[] => {
  const found: SentMessage[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const {frame, sendEvent: event, from, to} = trace.packet(id);
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    // If a segment contains several DNS messages, the first one is shown.
    const [message] = transport ? dnsIn(transport) : [];
    if (transport && message) found.push({event, packet: id, from, to, ports: portsOf(transport), message});
  }
  return found;
});
