import { type Seq } from '../wire/seq.ts';
import type { Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';
/** `tcp.seq` and `tcp.ack` of a packet; undefined if it is no TCP segment. */
export declare const relativeNumbers: (trace: Trace, id: number) => {
    readonly seq: Seq;
    readonly ack: Seq;
} | undefined;
/** Initial numbers that no lesson chose: only what they are counted from then on says something. */
export declare const numbersMeanNothing: ({ hosts, script }: Scenario) => boolean;
