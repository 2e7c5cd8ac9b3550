// Explains, for *Why?*, a captured ACK that was not sent at once: TCP may delay it (RFC 9293 §3.8.6.3).
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {leastDelayedAckUs, mostDelayedAckUs} from '../../observe/bounds.ts';
import {untimedBecause} from '../../observe/untimed.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';

/**
 * Tells whether the time of a packet at the capturing host is exact enough to measure how long its ACK was delayed: it is known, or the
 * route between the hosts takes next to no time.
 */
const isTimed = (trace: Trace, event: TraceEvent, packet: number): boolean =>
  !event.untimed || untimedBecause(trace, packet) === 'short';

/**
 * Returns a text on how long an ACK was delayed; `answered` is the packet that it acknowledges. undefined if it was sent at once, was
 * delayed longer than TCP allows, or the times are unknown.
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
