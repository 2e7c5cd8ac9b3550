import { type SegmentConditions } from '../../sim/segment-pattern.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { TimerName } from '../../stack/tcp/effect.ts';
import type { TcpState } from '../../stack/tcp/states.ts';
import type { PacketFacts } from '../packet-facts.ts';
import type { Text } from '../text.ts';
export type TcpConditions = SegmentConditions;
/** `host` absent: any host. */
export type TcpMatch = {
    readonly kind: 'enters';
    readonly state: TcpState;
    readonly host?: string;
} | {
    readonly kind: 'timer';
    readonly name: TimerName;
    readonly op: 'arm' | 'fire' | 'cancel';
    readonly host?: string;
} | {
    readonly kind: 'delivers';
    readonly host?: string;
    readonly length?: number;
};
export declare const fulfilsTcp: (conditions: TcpConditions, facts: PacketFacts) => boolean;
export declare const isTcpMatch: (match: TcpMatch, event: TraceEvent) => boolean;
export declare const describeTcpConditions: ({ flags, carries, length, retransmission, }: TcpConditions) => readonly string[];
export declare const describeTcpMatch: (match: TcpMatch) => Text;
