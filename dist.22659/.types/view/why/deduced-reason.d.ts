import type { Trace, TraceEvent } from '../../sim/trace.ts';
import type { RuleId } from '../../stack/tcp/rules.ts';
/** The rule that would explain an event of a capture, or one of two; none: the capture does not tell. */
export declare const deducedRules: (trace: Trace, event: TraceEvent) => readonly RuleId[];
