import type { IpAddress } from '../wire/frame.ts';
import type { LinkSpec } from './action.ts';
import type { HostSpec } from './scenario.ts';
export type Interface = HostSpec['interfaces'][number];
export type Route = {
    readonly interface: Interface;
    readonly nextHop: IpAddress;
};
export type Topology = {
    readonly hosts: ReadonlyMap<string, HostSpec>;
    readonly links: ReadonlyMap<string, LinkSpec>;
    /** By host name, then by destination address. */
    readonly routes: ReadonlyMap<string, ReadonlyMap<IpAddress, Route>>;
    readonly ownerOf: ReadonlyMap<IpAddress, string>;
};
/** Of a host with several, the one on its first link. */
export declare const addressOf: ({ hosts }: Topology, host: string) => IpAddress;
/**
 * Where a packet to `to` goes: to a host of the lesson on its shortest path; to an address that nobody has, where its network
 * is; to a network that the lesson does not know, by a host's default route. A router has none.
 */
export declare const routeTo: ({ hosts, routes }: Topology, from: string, to: IpAddress) => Route | undefined;
export declare const topologyOf: (hostSpecs: readonly HostSpec[], linkSpecs: readonly LinkSpec[]) => Topology;
export declare const peerOn: (link: LinkSpec, host: string) => string;
/** The delays of the links from `host` to the owner of that address, in µs; 0 where no way leads there. */
export declare const delayTo: (topology: Topology, host: string, ip: IpAddress) => number;
