import type { TraceEvent } from '../sim/trace.ts';
import type { PacketFacts } from './packet-facts.ts';
import type { Conditions, Match } from './selector.ts';
import type { Text } from './text.ts';
type ProtocolMatch = Exclude<Match, {
    readonly kind: 'packet' | 'call' | 'at' | 'end';
}>;
export declare const fulfils: (conditions: Conditions, facts: PacketFacts) => boolean;
export declare const isProtocolMatch: (match: ProtocolMatch, event: TraceEvent) => boolean;
export declare const describeConditions: (conditions: Conditions) => readonly string[];
export declare const describeProtocolMatch: (match: ProtocolMatch) => Text;
export {};
