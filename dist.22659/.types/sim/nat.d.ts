import type { IpRuleId } from '../stack/ip/rules.ts';
import type { IpPacket } from '../wire/frame.ts';
import { type Draft } from './draft.ts';
import type { Interface, Route } from './topology.ts';
import type { NatTable } from './world.ts';
export declare const emptyNat: NatTable;
type Translated = {
    readonly packet: IpPacket;
    readonly because?: IpRuleId;
};
/** A router's: what leaves the inside gets the address of the link that it takes. */
export declare const translateOut: (draft: Draft, host: string, { packet, via }: {
    readonly packet: IpPacket;
    readonly via: Interface;
}, route: Route) => Translated;
/** What stands before a single host: the address stays, the port may change. */
export declare const translateOwn: (draft: Draft, host: string, packet: IpPacket) => Translated;
export type Inbound = {
    readonly packet: IpPacket;
} | {
    readonly because: IpRuleId;
};
/** A packet for the NAT's own address: whose it is inside, or why it goes no further. */
export declare const translateIn: (draft: Draft, host: string, packet: IpPacket, via: Interface) => Inbound;
export {};
