// *Why?* of a captured ACK that did not leave at once: TCP may let it wait (RFC 9293 §3.8.6.3).
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {untimedBecause} from '../../observe/untimed.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';
import {answeredIn} from './deduced-reason.ts';

/** No timer of an ACK is shorter (Linux, TCP_DELACK_MIN); whatever takes less may be the machine’s own time. */
const shortestUs = 38_000;
/** “in particular, the delay MUST be less than 0.5 seconds” (RFC 9293 §3.8.6.3). */
const longestUs = 500_000;

/** Where both times are known, or the way between takes next to nothing. */
const isTimed = (trace: Trace, event: TraceEvent, packet: number): boolean =>
  !event.untimed || untimedBecause(trace, packet) === 'short';

/** undefined: it left at once, waited longer than an ACK may, or nobody can tell. */
export const lateAckText = (trace: Trace, event: TraceEvent): Text | undefined => {
  const answered = answeredIn(trace, event);
  const {endEvent} = answered === undefined ? {} : packetOf(trace, answered);
  if (answered === undefined || endEvent === undefined || event.kind !== 'send') return undefined;
  const arrival = entryAt(trace, endEvent);
  if (!isTimed(trace, arrival, answered) || !isTimed(trace, event, event.packet)) return undefined;
  const waitUs = event.atUs - arrival.atUs;
  return waitUs >= shortestUs && waitUs < longestUs
    ? worded(whyTexts.lateAck, {packet: answered, wait: formatTime(waitUs)})
    : undefined;
};
