// From which state a change leads. Of a capture the events say CLOSED where nothing was seen before; what the segment itself tells is more.

import {entryAt} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import type {Language} from '../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {captureTexts} from '../words/catalogue/capture.ts';

const segmentAt = (trace: Trace, way: TraceEvent): TcpSegment | undefined =>
  'packet' in way && way.packet > 0 ? segmentOf(packetOf(trace, way.packet)) : undefined;

/** Whether the packet whose way an event is breaks a connection off. */
export const isReset = (trace: Trace, n: number): boolean => {
  const segment = segmentAt(trace, entryAt(trace, n));
  return segment !== undefined && hasFlag(segment, 'RST');
};

/** undefined: the connection began before the capture. Whoever answers a SYN has listened, whoever is answered has sent one. */
export const stateLeft = (trace: Trace, event: EventOf<'state'>): TcpState | undefined => {
  if (!event.deduced || event.from !== 'CLOSED') return event.from;
  const way = entryAt(trace, event.instant);
  const segment = segmentAt(trace, way);
  if (!segment || !hasFlag(segment, 'SYN')) return undefined;
  const answers = hasFlag(segment, 'ACK');
  if (way.kind === 'send') return answers ? 'LISTEN' : 'CLOSED';
  return answers ? 'SYN-SENT' : 'LISTEN';
};

/** The same as a word. */
export const stateLeftText = (trace: Trace, event: EventOf<'state'>, language: Language): string =>
  stateLeft(trace, event) ?? captureTexts.unknown[language];
