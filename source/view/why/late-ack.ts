// *Why?* of a captured ACK that did not leave at once: TCP may delay it (RFC 9293 §3.8.6.3).
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {leastDelayedAckUs, mostDelayedAckUs} from '../../observe/bounds.ts';
import {untimedBecause} from '../../observe/untimed.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';

/** Tells whether the delay can be measured: both times are known, or the way between the hosts takes next to no time. */
const isTimed = (trace: Trace, event: TraceEvent, packet: number): boolean =>
  !event.untimed || untimedBecause(trace, packet) === 'short';

/**
 * Tells how long the ACK was delayed. `answered` is the packet that it acknowledges. undefined: it left at once, was delayed longer than
 * TCP allows, or the times are unknown.
 */
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
