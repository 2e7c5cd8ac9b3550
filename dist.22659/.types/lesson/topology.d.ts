import type { LinkSpec } from '../sim/action.ts';
import type { HostSpec } from '../sim/scenario.ts';
import type { Problems } from './problems.ts';
import type { HostFile, LinkFile, TopologyFile } from './schema-topology.ts';
/** A topology with nothing left out but what the profile gives. */
export type Topology = {
    readonly hosts: readonly {
        readonly name: string;
        readonly data: HostFile;
    }[];
    readonly links: readonly {
        readonly spec: LinkSpec;
        readonly data: LinkFile;
    }[];
    readonly arp: boolean;
};
export declare const hostNames: (topology: TopologyFile | undefined) => readonly string[];
export declare const readTopology: (data: TopologyFile | undefined, problems: Problems) => Topology;
export declare const linkSpec: (link: LinkFile, between: readonly [string, string], name: string) => LinkSpec;
/** Hardware addresses count on in the order of hosts, then of their links. */
export declare const hostSpecs: ({ hosts, links }: Topology) => readonly HostSpec[];
