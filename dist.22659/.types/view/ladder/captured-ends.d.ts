import type { PacketRecord, Trace } from '../../sim/trace.ts';
import { type View } from '../view.ts';
export type CapturedEnds = {
    /** Those who have no lifeline; `othersShort`: by the ends of their names, in which addresses differ. */
    readonly others: string | undefined;
    readonly othersShort?: string;
    /** Which of its ends stands at a lifeline; absent: both. */
    readonly shown?: 'sender' | 'receiver' | 'neither';
    /** Nothing tells when it left, or when it arrived. */
    readonly untimed?: 'departure' | 'arrival';
};
export declare const untimedEnd: (trace: Trace, { sendEvent, endEvent }: PacketRecord) => CapturedEnds['untimed'];
/** Of runs, too: who forges an address or answers for another has a lifeline only where three and more hosts are drawn. */
export declare const endsAt: (view: View, packet: PacketRecord) => CapturedEnds;
