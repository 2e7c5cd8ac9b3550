import type { Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';
export type About = {
    readonly source: string;
    readonly run: string;
};
/** The same scenario gives the same trace, byte by byte, on every machine. */
export declare const simulate: (scenario: Scenario, about: About) => Trace;
