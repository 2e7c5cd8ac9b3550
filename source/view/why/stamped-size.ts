// *Why?* of a full segment of a capture that is smaller than the MSS of the SYNs: timestamps take their part (RFC 9293 §3.7.1, RFC 6691 §2).
import {packetOf, segmentOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {isAgreed, mssOf} from '../../observe/observed-end.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';

/** undefined: it is not full, or its connection has no timestamps, or the SYNs do not tell an MSS. */
export const stampedText = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind !== 'send' || event.packet < 1) return undefined;
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  const connection = trace.connectionPackets?.of(event.packet);
  const end = connection === undefined ? undefined : endsAt(trace, connection, event.n).get(event.host);
  const [own, other] = [end?.offer?.mss, end?.peerOffer?.mss];
  if (!end || own === undefined || other === undefined || !isAgreed(end, 'timestamps')) return undefined;
  // Both have said an MSS: no version of IP has to stand in for it.
  return bytes === mssOf(end, 4) ? worded(whyTexts.stamped, {bytes, mss: Math.min(own, other)}) : undefined;
};
