import type { DropReason } from '../sim/drop-reason.ts';
import type { Trace } from '../sim/trace.ts';
import type { LinkType } from '../wire/dissect.ts';
/** A frame as a wire carries it. */
export type Sight = {
    readonly bytes: Uint8Array;
    readonly linkType: LinkType;
    readonly originalLength: number;
};
export type Stop = {
    readonly host: string;
    /** `tap`: where a capture was made, which is no end. */
    readonly role: 'maker' | 'router' | 'receiver' | 'tap';
    readonly came: Sight | undefined;
    readonly left: Sight | undefined;
    /** The host at the other end of the link that it has left by. */
    readonly next: string | undefined;
    readonly died: DropReason | undefined;
};
/** Of a capture nobody knows more than the frame; of a run, where the packet was up to event `cursor`. */
export declare const wayOf: (trace: Trace, id: number, cursor: number) => readonly Stop[];
