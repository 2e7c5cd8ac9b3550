import type { Language } from '../../lesson/text.ts';
import type { AppNote } from '../../sim/apps.ts';
import type { Trace, TraceEvent } from '../../sim/trace.ts';
type CallEvent = Extract<TraceEvent, {
    kind: 'call';
}>;
type AnswerEvent = Extract<TraceEvent, {
    kind: 'answer';
}>;
export type Happening = {
    readonly event: CallEvent | AnswerEvent;
    /** What the host noted in the same instant: where the answer came from. */
    readonly notes: readonly AppNote[];
};
/** From whole to shortest: what is left of it where room is short. */
export type HappeningText = readonly [string, ...string[]];
/** In the order of events; worked out once for each run. */
export declare const happeningsIn: (trace: Trace) => readonly Happening[];
export declare const happeningText: ({ event, notes }: Happening, language: Language) => HappeningText;
export {};
