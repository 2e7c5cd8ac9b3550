import type { TraceHeader } from '../../sim/trace.ts';
/** Over all links, where they make one path; undefined: they branch, and each pair of hosts has a time of its own. */
export declare const oneWayUs: ({ hosts, links }: TraceHeader) => number | undefined;
