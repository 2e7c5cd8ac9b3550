// *Why?* of a captured ACK that did not leave at once: TCP may let it wait (RFC 9293 §3.8.6.3).
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {leastDelayedAckUs, mostDelayedAckUs} from '../../observe/bounds.ts';
import {untimedBecause} from '../../observe/untimed.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';

/** Where both times are known, or the way between takes next to nothing. */
const isTimed = (trace: Trace, event: TraceEvent, packet: number): boolean =>
  !event.untimed || untimedBecause(trace, packet) === 'short';

/** `answered`: the packet that it acknowledges. undefined: it left at once, waited longer than an ACK may, or nobody can tell. */
export const lateAckText = (
  trace: Trace,
  event: TraceEvent,
  answered: number | undefined,
): Text | undefined => {
  const {endEvent} = answered === undefined ? {} : packetOf(trace, answered);
  if (answered === undefined || endEvent === undefined || event.kind !== 'send') return undefined;
  const arrival = entryAt(trace, endEvent);
  if (!isTimed(trace, arrival, answered) || !isTimed(trace, event, event.packet)) return undefined;
  const waitUs = event.atUs - arrival.atUs;
  return waitUs >= leastDelayedAckUs && waitUs < mostDelayedAckUs
    ? worded(whyTexts.lateAck, {packet: answered, wait: formatTime(waitUs)})
    : undefined;
};
