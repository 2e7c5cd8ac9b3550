import type { Trace } from '../../sim/trace.ts';
import type { MessagePart } from '../../words/message-parts.ts';
/** Up to event `cursor`. Of messages that the packet holds whole there is nothing to be said. */
export declare const messagePartsIn: (trace: Trace, packet: number, cursor: number) => readonly MessagePart[];
