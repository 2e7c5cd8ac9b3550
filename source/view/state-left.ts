// Names the TCP state that a change of state leaves.

import {entryAt} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import type {Language} from '../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {captureTexts} from '../words/catalogue/capture.ts';

const segmentAt = (trace: Trace, way: TraceEvent): TcpSegment | undefined =>
  'packet' in way && way.packet > 0 ? segmentOf(packetOf(trace, way.packet)) : undefined;

/** Tells whether the packet of event `n` is a TCP segment with RST. */
export const isReset = (trace: Trace, n: number): boolean => {
  const segment = segmentAt(trace, entryAt(trace, n));
  return segment !== undefined && hasFlag(segment, 'RST');
};

/** Returns the name of the TCP state that a change of state leaves, or the word for an unknown state. */
export const stateLeftText = ({from}: EventOf<'state'>, language: Language): string =>
  from ?? captureTexts.unknown[language];
