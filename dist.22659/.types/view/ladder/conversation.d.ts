import type { TraceHeader } from '../../sim/trace.ts';
/** `#2` of TCP, `u3` of UDP; undefined: it is of neither, or there is only one of its kind. */
export declare const conversationSign: ({ conversations }: TraceHeader, conversation: number | undefined) => string | undefined;
/** Of a state that an event tells. */
export declare const connectionSign: (header: TraceHeader, connection: string | undefined) => string | undefined;
