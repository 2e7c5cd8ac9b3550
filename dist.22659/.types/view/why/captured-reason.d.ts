import type { Rule } from '../../lesson/data.ts';
import type { Language } from '../../lesson/text.ts';
import type { Trace, TraceEvent } from '../../sim/trace.ts';
export type Told = {
    readonly paragraphs: readonly string[];
    /** The clause that says so. */
    readonly rule: string | undefined;
};
export declare const clauseOf: ({ rfc, step }: Rule, language: Language) => string;
/** What the marks say, then the rule that would explain it, as what it is: a deduction. */
export declare const capturedReason: ({ trace, ruleOf }: {
    readonly trace: Trace;
    readonly ruleOf: (id: string) => Rule | undefined;
}, event: TraceEvent, language: Language) => Told;
