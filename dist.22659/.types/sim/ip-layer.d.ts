import type { IpRuleId } from '../stack/ip/rules.ts';
import type { ArpMessage, IpAddress, IpPacket } from '../wire/frame.ts';
import { type Draft } from './draft.ts';
import { type Interface } from './topology.ts';
import type { Waiting } from './world.ts';
/** RFC 1700; Linux has it too. */
export declare const initialTtl = 64;
type IcmpKind = {
    readonly type: number;
    readonly code: number;
    readonly rest?: number;
};
/** An error about `packet` to its sender; never about another message of ICMP (RFC 1812 §4.3.2.7). */
export declare const sendIcmpError: (draft: Draft, host: string, packet: IpPacket, { because, rest, ...kind }: IcmpKind & {
    readonly because: IpRuleId;
}) => void;
declare const unreachableCodes: {
    readonly '1812:5.2.7.1/unreachable/network': {
        readonly 4: {
            readonly type: 3;
            readonly code: 0;
        };
        readonly 6: {
            readonly type: 1;
            readonly code: 0;
        };
    };
    readonly '1812:5.2.7.1/unreachable/host': {
        readonly 4: {
            readonly type: 3;
            readonly code: 1;
        };
        readonly 6: {
            readonly type: 1;
            readonly code: 3;
        };
    };
};
/** Routers that say nothing are common, and the lessons' default. */
export declare const tellUnreachable: (draft: Draft, host: string, packet: IpPacket, because: keyof typeof unreachableCodes) => void;
export declare const sendPacket: (draft: Draft, host: string, item: Waiting) => void;
export declare const hearArp: (draft: Draft, host: string, via: Interface, message: ArpMessage) => void;
/** Does this search still wait? What has been answered meanwhile makes no instant. */
export declare const isArpDue: (draft: Draft, host: string, ip: IpAddress) => boolean;
export declare const timeoutArp: (draft: Draft, host: string, ip: IpAddress) => void;
export {};
