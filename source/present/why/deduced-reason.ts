// Why a stack that follows the RFCs sends what a capture shows: a deduction from the segment, from those before it, and from the marks
// of whoever sees segments pass. Where several reasons would look alike, nothing is said.
import {segmentOf} from '../../lesson/packet-facts.ts';
import {Mark} from '../../observe/tcp-marks.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {RuleId} from '../../stack/tcp/rules.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {packetOf} from '../packets.ts';

/** Which rules of RFC 9293 §3.10 lead from one state to another; what a reset does is not told by its states alone. */
const stateRules: {readonly [from in TcpState]?: {readonly [to in TcpState]?: RuleId}} = {
  CLOSED: {'SYN-SENT': '9293:3.10.1/open/active', 'SYN-RECEIVED': '9293:3.10.7.2/listen/syn'},
  'SYN-SENT': {
    ESTABLISHED: '9293:3.10.7.3/syn-sent/syn-ack',
    'SYN-RECEIVED': '9293:3.10.7.3/syn-sent/syn',
  },
  'SYN-RECEIVED': {ESTABLISHED: '9293:3.10.7.4/ack/syn-received', 'FIN-WAIT-1': '9293:3.10.4/close/fin'},
  ESTABLISHED: {'FIN-WAIT-1': '9293:3.10.4/close/fin', 'CLOSE-WAIT': '9293:3.10.7.4/fin/close-wait'},
  'FIN-WAIT-1': {
    'FIN-WAIT-2': '9293:3.10.7.4/ack/fin-wait-2',
    CLOSING: '9293:3.10.7.4/fin/closing',
    'TIME-WAIT': '9293:3.10.7.4/fin/time-wait',
  },
  'FIN-WAIT-2': {'TIME-WAIT': '9293:3.10.7.4/fin/time-wait'},
  CLOSING: {'TIME-WAIT': '9293:3.10.7.4/ack/closing'},
  'CLOSE-WAIT': {'LAST-ACK': '9293:3.10.4/close/last-ack'},
  'LAST-ACK': {CLOSED: '9293:3.10.7.4/ack/last-ack'},
};

const searched = 400;

type Earlier = {
  /** Of the other end, the newest. */
  readonly heard: TcpSegment | undefined;
  /** Of the same end, the newest. */
  readonly said: TcpSegment | undefined;
};

/** The newest segments of the connection before packet `id`, of both ends. */
const earlierThan = (trace: Trace, {id, from, to}: PacketRecord, segment: TcpSegment): Earlier => {
  let heard: TcpSegment | undefined;
  let said: TcpSegment | undefined;
  for (let n = id - 1; n >= Math.max(1, id - searched) && !(heard && said); n--) {
    const other = packetOf(trace, n);
    const found = segmentOf(other);
    if (!found) continue;
    const [near, far] = [segment.srcPort, segment.dstPort];
    if (other.from === to && other.to === from && found.srcPort === far && found.dstPort === near)
      heard ??= found;
    if (other.from === from && other.to === to && found.srcPort === near && found.dstPort === far)
      said ??= found;
  }
  return {heard, said};
};

/** In the order of precedence; of the others several reasons look alike. */
const markRules: readonly (readonly [number, RuleId])[] = [
  [Mark.fastRetransmission, '5681:3.2/fast-retransmit'],
  [Mark.retransmission | Mark.spuriousRetransmission, '6298:5.4/retransmit'],
  [Mark.zeroWindowProbe, '9293:3.8.6.1/persist/probe-byte'],
  [Mark.keepAlive, '9293:3.8.4/keep-alive/probe'],
  [Mark.zeroWindowProbeAck, '9293:3.10.7.4/sequence/zero-window'],
  [Mark.keepAliveAck, '9293:3.10.7.4/sequence/duplicate'],
  [Mark.duplicateAck, '9293:3.10.7.4/text/out-of-order'],
  [Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
];

/** Marks under which nobody on the way can tell what made the sender do it. */
const unclear = Mark.outOfOrder | Mark.lostBefore | Mark.ackedLost;

const synRule = (segment: TcpSegment, {said}: Earlier): RuleId => {
  if (!hasFlag(segment, 'ACK')) return '9293:3.10.1/open/active';
  return said && hasFlag(said, 'SYN') && !hasFlag(said, 'ACK')
    ? '9293:3.10.7.3/syn-sent/syn'
    : '9293:3.10.7.2/listen/syn';
};

/** An empty ACK answers what it is the first to acknowledge. */
const ackRule = (segment: TcpSegment, {heard, said}: Earlier): RuleId | undefined => {
  if (!heard || !said || !hasFlag(segment, 'ACK')) return undefined;
  const isNew = !hasFlag(said, 'ACK') || seqLt(said.ack, segment.ack);
  if (!isNew) return undefined;
  if (hasFlag(heard, 'SYN')) return '9293:3.10.7.3/syn-sent/syn-ack';
  if (hasFlag(heard, 'FIN')) return undefined;
  return heard.payload.length > 0 ? '9293:3.10.7.4/text/in-order' : undefined;
};

const sendRule = (trace: Trace, packet: PacketRecord): RuleId | undefined => {
  const segment = segmentOf(packet);
  if (!segment) return undefined;
  const marks = packet.marks ?? 0;
  const earlier = earlierThan(trace, packet, segment);
  if (hasFlag(segment, 'RST')) {
    // Nobody listens, or a firewall says so in its name; any other RST may be a program's.
    const refuses = earlier.heard !== undefined && hasFlag(earlier.heard, 'SYN') && segment.seq === 0;
    return refuses && earlier.said === undefined ? '9293:3.10.7.1/closed/no-ack' : undefined;
  }
  const marked = markRules.find(([bits]) => (marks & bits) !== 0);
  if (marked) return marked[1];
  if ((marks & unclear) !== 0) return undefined;
  if (packet.retransmission) return '6298:5.4/retransmit';
  if (hasFlag(segment, 'SYN')) return synRule(segment, earlier);
  if (hasFlag(segment, 'FIN'))
    return earlier.heard && hasFlag(earlier.heard, 'FIN')
      ? '9293:3.10.4/close/last-ack'
      : '9293:3.10.4/close/fin';
  return segment.payload.length > 0 ? '9293:3.10.2/send/segmentise' : ackRule(segment, earlier);
};

/** The rule that would explain an event of a capture; undefined: the capture does not tell. */
export const deducedRule = (trace: Trace, event: TraceEvent): RuleId | undefined => {
  if (trace.header.profile !== 'capture') return undefined;
  if (event.kind === 'state') return stateRules[event.from]?.[event.to];
  return event.kind === 'send' && event.packet > 0
    ? sendRule(trace, packetOf(trace, event.packet))
    : undefined;
};
