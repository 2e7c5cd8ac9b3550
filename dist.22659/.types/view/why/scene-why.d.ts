import type { Text } from '../../lesson/text.ts';
import type { Trace, TraceEvent } from '../../sim/trace.ts';
import type { View } from '../view.ts';
export type Why = {
    readonly heading: string;
    /** What happened and why, by the rule. */
    readonly paragraphs: readonly string[];
    /** One or two lines each: symbols, and the numbers beneath. */
    readonly formulas: readonly (readonly string[])[];
    readonly rule: string | undefined;
    readonly causedBy: string | undefined;
    readonly notBecause: string | undefined;
    /** Where `<` and `>` lead. */
    readonly previous: string | undefined;
    readonly next: string | undefined;
};
/** An event in a few words. */
export declare const eventText: (view: View, event: TraceEvent) => string;
/** Of what no rule of TCP brought about. */
export declare const otherReason: (trace: Trace, event: TraceEvent) => Text;
export declare const whyOf: (view: View, pinned: number | undefined) => Why;
