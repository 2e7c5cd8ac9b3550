// Fields of a packet by their Wireshark names, read from the frame's values (wireshark.org/docs/dfref).
import {relativeNumbers} from '../sim/relative.ts';
import {flagNames} from '../sim/summary.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {IpPacket} from '../wire/frame.ts';
import type {Seq} from '../wire/seq.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';

export const packetFields = [
  'frame.number',
  'ip.src',
  'ip.dst',
  'ip.addr',
  'ip.ttl',
  'ip.id',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.port',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.seq',
  'tcp.ack',
  'tcp.len',
  'tcp.flags',
  'tcp.flags.fin',
  'tcp.flags.syn',
  'tcp.flags.reset',
  'tcp.flags.push',
  'tcp.flags.ack',
  'tcp.flags.urg',
  'tcp.window_size_value',
  'tcp.options.mss_val',
  'tcp.options.wscale.shift',
  /** Ours: the flags as the ladder writes them, `SYN,ACK`. */
  'flags',
] as const;
export type PacketField = (typeof packetFields)[number];

/** One value of a field; `seq` is a position in sequence space. */
export type FieldValue =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'seq'; readonly value: Seq}
  | {readonly kind: 'text'; readonly value: string};

const number = (value: number): FieldValue[] => [{kind: 'number', value}];
const position = (value: Seq): FieldValue[] => [{kind: 'seq', value}];
const text = (value: string): FieldValue[] => [{kind: 'text', value}];

const flagOf: {readonly [field: string]: TcpFlagName} = {
  'tcp.flags.fin': 'FIN',
  'tcp.flags.syn': 'SYN',
  'tcp.flags.reset': 'RST',
  'tcp.flags.push': 'PSH',
  'tcp.flags.ack': 'ACK',
  'tcp.flags.urg': 'URG',
};

const packetOf = (record: PacketRecord): IpPacket | undefined =>
  record.frame?.payload.kind === 'ip' ? record.frame.payload.packet : undefined;

export const segmentOf = (record: PacketRecord): TcpSegment | undefined => {
  const transport = packetOf(record)?.transport;
  return transport?.kind === 'tcp' ? transport.segment : undefined;
};

/** A field may have several values (`ip.addr`), or none where the packet lacks it. */
export const fieldValues = (
  trace: Trace,
  record: PacketRecord,
  field: PacketField,
): readonly FieldValue[] => {
  if (field === 'frame.number') return number(record.id);
  const packet = packetOf(record);
  if (!packet) return [];
  const segment = segmentOf(record);
  if (!field.startsWith('tcp.') && field !== 'flags') return ipField(packet, field);
  return segment ? tcpField(trace, record, segment, field) : [];
};

const ipField = (packet: IpPacket, field: PacketField): readonly FieldValue[] => {
  if (field.startsWith('ipv6.') !== (packet.version === 6)) return [];
  switch (field) {
    case 'ip.src':
    case 'ipv6.src':
      return text(packet.src);
    case 'ip.dst':
    case 'ipv6.dst':
      return text(packet.dst);
    case 'ip.addr':
      return [...text(packet.src), ...text(packet.dst)];
    case 'ip.ttl':
      return number(packet.ttl);
    case 'ip.id':
      return number(packet.id);
    default:
      return [];
  }
};

const tcpField = (
  trace: Trace,
  record: PacketRecord,
  segment: TcpSegment,
  field: PacketField,
): readonly FieldValue[] => {
  const flag = flagOf[field];
  if (flag) return number(hasFlag(segment, flag) ? 1 : 0);
  switch (field) {
    case 'flags':
      return text(flagNames(segment).join(','));
    case 'tcp.srcport':
      return number(segment.srcPort);
    case 'tcp.dstport':
      return number(segment.dstPort);
    case 'tcp.port':
      return [...number(segment.srcPort), ...number(segment.dstPort)];
    case 'tcp.seq_raw':
      return position(segment.seq);
    case 'tcp.ack_raw':
      return position(segment.ack);
    case 'tcp.len':
      return number(segment.payload.length);
    case 'tcp.flags':
      return number(segment.flags);
    case 'tcp.window_size_value':
      return number(segment.window);
    case 'tcp.seq':
    case 'tcp.ack':
      return relative(trace, record, field);
    default:
      return optionField(segment, field);
  }
};

const optionField = (segment: TcpSegment, field: PacketField): readonly FieldValue[] =>
  segment.options.flatMap((option) => {
    if (field === 'tcp.options.mss_val' && option.kind === 'mss') return number(option.mss);
    if (field === 'tcp.options.wscale.shift' && option.kind === 'windowScale') return number(option.shift);
    return [];
  });

const relative = (
  trace: Trace,
  record: PacketRecord,
  field: 'tcp.seq' | 'tcp.ack',
): readonly FieldValue[] => {
  const numbers = relativeNumbers(trace, record.id);
  return numbers ? position(field === 'tcp.seq' ? numbers.seq : numbers.ack) : [];
};
