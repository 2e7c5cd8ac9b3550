import type { ArpMessage, IpAddress, MacAddress } from '../../wire/frame.ts';
type Search<Item> = {
    readonly waiting: readonly Item[];
    readonly tries: number;
    readonly dueUs: number;
};
/** `Item` is what waits for an address: a packet and whatever its host wants to remember about it. */
export type ArpState<Item> = {
    readonly known: {
        readonly [ip: IpAddress]: MacAddress;
    };
    readonly searches: {
        readonly [ip: IpAddress]: Search<Item>;
    };
};
export type ArpEffect<Item> = {
    readonly kind: 'ask';
    readonly ip: IpAddress;
    readonly dueUs: number;
} | {
    readonly kind: 'answer';
    readonly mac: MacAddress;
    readonly ip: IpAddress;
} | {
    readonly kind: 'resolved';
    readonly mac: MacAddress;
    readonly item: Item;
} | {
    readonly kind: 'unreachable';
    readonly item: Item;
};
export type ArpStep<Item> = {
    readonly arp: ArpState<Item>;
    readonly effects: readonly ArpEffect<Item>[];
};
export declare const arpKnowing: <Item>(known: ArpState<Item>['known']) => ArpState<Item>;
/** A packet for a neighbour whose address is not known yet: it waits while the question is asked. */
export declare const arpWait: <Item>(arp: ArpState<Item>, ip: IpAddress, { item, nowUs }: {
    item: Item;
    nowUs: number;
}) => ArpStep<Item>;
/** A message on the link. `own` is the address of the interface that heard it. */
export declare const arpHear: <Item>(arp: ArpState<Item>, message: ArpMessage, own: IpAddress) => ArpStep<Item>;
/** The time for an answer ran out; a call for a search that has ended changes nothing. */
export declare const arpTimeout: <Item>(arp: ArpState<Item>, ip: IpAddress, nowUs: number) => ArpStep<Item>;
export {};
