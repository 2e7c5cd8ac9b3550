import type { TraceEvent } from '../../sim/trace.ts';
import { type DnsName } from '../../wire/dns/name.ts';
import type { PacketFacts } from '../packet-facts.ts';
import type { Text } from '../text.ts';
export declare const sections: readonly ['answer', 'authority', 'additional', 'none'];
type MessageConditions = {
    readonly response?: boolean;
    readonly rcode?: number;
    /** The first that holds records, OPT not counted: `authority` is a referral, or an answer that there is none. */
    readonly section?: (typeof sections)[number];
    readonly qtype?: number;
    readonly name?: DnsName;
    readonly truncated?: boolean;
};
export type DnsConditions = {
    readonly dns?: MessageConditions;
};
export declare const cacheOps: readonly ['hit', 'miss', 'store', 'expire', 'flush'];
/** `host` absent: any host. */
export type DnsMatch = {
    readonly kind: 'cache';
    readonly op: (typeof cacheOps)[number];
    readonly host?: string;
    readonly name?: DnsName;
    readonly type?: number;
};
export declare const fulfilsDns: ({ dns }: DnsConditions, facts: PacketFacts) => boolean;
export declare const isDnsMatch: ({ op, name, type }: DnsMatch, event: TraceEvent) => boolean;
export declare const describeDnsConditions: ({ dns }: DnsConditions) => readonly string[];
export declare const describeDnsMatch: ({ host, op, name, type }: DnsMatch) => Text;
export {};
