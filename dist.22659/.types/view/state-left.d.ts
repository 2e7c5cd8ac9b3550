import type { Language } from '../lesson/text.ts';
import type { Trace, TraceEvent } from '../sim/trace.ts';
import type { TcpState } from '../stack/tcp/states.ts';
type StateChange = Extract<TraceEvent, {
    kind: 'state';
}>;
/** Whether the packet whose way an event is breaks a connection off. */
export declare const isReset: (trace: Trace, n: number) => boolean;
/** undefined: the connection began before the capture. Whoever answers a SYN has listened, whoever is answered has sent one. */
export declare const stateLeft: (trace: Trace, event: StateChange) => TcpState | undefined;
/** The same as a word. */
export declare const stateLeftText: (trace: Trace, event: StateChange, language: Language) => string;
export {};
