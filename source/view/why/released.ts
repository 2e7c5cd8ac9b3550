// Explains, for *Why?*, that the data or the ACK in a segment did not have to wait, or waited only for the connection to open, where the
// rule does not say so (RFC 9293 §3.8.6.3, §3.10.2).
import {instantOf} from '../../account/entries.ts';
import {heldBefore} from '../../account/held-back.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {keptBy} from '../../sim/operands.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';

const inOrder = '9293:3.10.7.4/text/in-order';

/** Returns a text that data waited until the connection was open, or that an ACK was sent without delay; undefined for other events. */
export const queuedText = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind !== 'send' || event.packet < 1 || event.hop > 0 || event.retransmission) return undefined;
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  if (event.because === inOrder && bytes === 0 && instantOf(trace, event.n)[0]?.kind === 'arrive')
    return whyTexts.prompt;
  const held = bytes > 0 ? heldBefore(trace, event) : undefined;
  return held && keptBy(held.because) === 'opening'
    ? worded(whyTexts.queued, {bytes, time: formatTime(held.sinceUs)})
    : undefined;
};
