// What fields, filters and selectors need to know of a packet, whoever keeps it: a Trace, or a run that is still going on.
import type {PacketRecord} from '../sim/trace.ts';
import {dnsIn} from '../wire/dns/carried.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {type IpPacket, segmentIn} from '../wire/frame.ts';
import type {Head} from '../wire/http/framing.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import type {TlsPart} from './tls/stream.ts';

/** `httpHeads`, `tlsParts`: of the messages that begin in it. */
export type PacketFacts = Pick<PacketRecord, 'frame' | 'retransmission'> & {
  readonly httpHeads: () => readonly Head[];
  readonly tlsParts: () => readonly TlsPart[];
};

export type Framed = Pick<PacketRecord, 'frame'>;

export const ipPacketOf = ({frame}: Framed): IpPacket | undefined =>
  frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;

export const segmentOf = ({frame}: Framed): TcpSegment | undefined => frame && segmentIn(frame);

export const dnsMessagesOf = (framed: Framed): readonly DnsMessage[] => {
  const transport = ipPacketOf(framed)?.transport;
  return transport ? dnsIn(transport) : [];
};
