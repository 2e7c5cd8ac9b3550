import type { Trace } from '../sim/trace.ts';
import type { OpenedPart } from './part.ts';
/** In the order of the records, those under the same keys together; none: nothing that can be read. */
export declare const openedParts: (trace: Trace, packet: number) => readonly OpenedPart[];
/** In TLS 1.3 ChangeCipherSpec is for middleboxes only (RFC 9846 §E.4): where there is more to say, it is not said. */
export declare const saysChange: (trace: Trace, packet: number) => boolean;
