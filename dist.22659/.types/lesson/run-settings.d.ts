import type { Path, Problems } from './problems.ts';
import { type Topology } from './topology.ts';
type Setting = string | number | boolean;
/** `client.tcp.sack: false`, `client.iss: 5`, `path.delay: 10ms`. */
export declare const withSettings: (topology: Topology, set: {
    readonly [key: string]: Setting;
}, path: Path, problems: Problems) => Topology;
export {};
