import type { Trace, TraceEvent } from '../sim/trace.ts';
import type { Part } from './part.ts';
export type Sending = Pick<Extract<TraceEvent, {
    kind: 'send';
}>, 'packet' | 'frame'>;
/** Of a sending as it left that host; none where the frame cannot be read. */
export declare const sentParts: (trace: Trace, { packet, frame }: Sending) => readonly Part[];
