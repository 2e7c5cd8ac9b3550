import type { Trace } from '../sim/trace.ts';
type Tampering = {
    readonly host: string;
    readonly event: number;
};
/** undefined: it was left as it is. */
export declare const tamperingWith: (trace: Trace, packet: number) => Tampering | undefined;
export {};
