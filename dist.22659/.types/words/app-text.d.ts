import type { Language } from '../lesson/text.ts';
import type { TraceEvent } from '../sim/trace.ts';
type Kind = 'note' | 'answer' | 'app-timer' | 'tls';
export type AppTraceEvent = Extract<TraceEvent, {
    readonly kind: Kind;
}>;
/** Without host and time; undefined: nothing worth a line. */
export declare const appEventText: (event: AppTraceEvent, language: Language) => string | undefined;
export {};
