import type { PacketRecord, Trace } from '../../sim/trace.ts';
export type Treatment = 'reordered' | 'copied' | 'edited';
/** Faults are texts that begin with their kind. What an attacker writes over is as it was until then. */
export declare const treatmentOf: (trace: Trace, { id, sendEvent }: PacketRecord, cursor?: number) => Treatment | undefined;
