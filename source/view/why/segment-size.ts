// *Why?* of how many bytes of data a segment carries: what of MSS, the window and the data themselves was the least (RFC 9293 §3.7, §3.8.6).
import {entryAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {mssOf} from '../../observe/observed-end.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import {sizesOf} from '../../sim/operands.ts';
import type {PacketRecord} from '../../sim/trace.ts';
import {seqAdd, seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {whySize} from '../../words/catalogue/why.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {stampedText} from './stamped-size.ts';

/** With the two NOPs before it (RFC 2018 §3); what timestamps take MSS leaves out already. */
const sackBytes = ({options}: TcpSegment): number =>
  options.reduce((sum, option) => sum + (option.kind === 'sack' ? 4 + 8 * option.blocks.length : 0), 0);

/**
 * Says why a segment of a run has its size, or returns undefined if a rule of its own decided it. A retransmission has its earlier size, unless the
 * window has shrunk.
 */
const decidedText = ({input: {trace}, language}: View, packet: PacketRecord, segment: TcpSegment) => {
  const {after} = operandsOf(trace, entryAt(trace, packet.sendEvent));
  if (!after) return undefined;
  const {snd, mss, sendWaiting} = after;
  const [bytes, sack] = [segment.payload.length, sackBytes(segment)];
  const edge = seqAdd(snd.una, snd.wnd);
  const room = seqDiff(edge, segment.seq);
  if (packet.retransmission) {
    const beyond = seqDiff(snd.nxt, edge);
    return bytes === room && beyond > 0 ? whySize.shrunk[language]({bytes, beyond}) : undefined;
  }
  const handedOver = seqAdd(snd.nxt, sizesOf.unsent(after) + sendWaiting.length);
  const left = seqDiff(handedOver, segment.seq) - bytes;
  if (bytes === mss - sack) return whySize.full[language]({sack, left, mss});
  if (left === 0) return whySize.rest[language]({bytes});
  return bytes === room ? whySize.window[language]({bytes, left}) : undefined;
};

/** Of a capture, by what its SYNs have named; undefined: they are not there. */
const capturedText = ({input: {trace}, language}: View, packet: PacketRecord, segment: TcpSegment) => {
  const {id, sendEvent, from} = packet;
  const connection = trace.connectionPackets?.of(id);
  const end = connection === undefined ? undefined : endsAt(trace, connection, sendEvent).get(from);
  const most = end && mssOf(end, ipPacketOf(packet)?.version ?? 4);
  if (most === undefined) return undefined;
  const bytes = segment.payload.length + sackBytes(segment);
  if (packet.bytes.length < packet.originalLength)
    return whySize.snapped[language]({bytes: segment.payload.length});
  if (bytes < most) return whySize.less[language]({most});
  if (bytes > most) return whySize.large[language]({most});
  return stampedText(trace, entryAt(trace, sendEvent))?.[language] ?? whySize.named[language]({bytes: most});
};

/** undefined: nothing tells it, or a question asks for the number. */
export const sizeReason = (view: View, id: number): string | undefined => {
  const {trace} = view.input;
  const packet = packetOf(trace, id);
  const segment = segmentOf(packet);
  const bytes = segment?.payload.length ?? 0;
  if (!segment || bytes === 0 || answersTo(view.hidden).includes(String(bytes))) return undefined;
  return trace.connectionPackets ? capturedText(view, packet, segment) : decidedText(view, packet, segment);
};
