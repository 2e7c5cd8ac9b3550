import { type Seq } from '../../wire/seq.ts';
import { type SceneHost } from '../ladder/scene-hosts.ts';
import { type View } from '../view.ts';
export type ObservedAtHand = {
    /** Its number in the capture. */
    readonly id: number;
    readonly version: 4 | 6;
    /** Of each end, where its sequence numbers are counted from; absent: not seen yet. */
    readonly bases: ReadonlyMap<string, Seq>;
    /** Both, as the ladder has them from the left; else whoever sends first. */
    readonly ends: readonly SceneHost[];
};
/** undefined: no capture, or no segment has passed yet. */
export declare const observedAtHand: (view: View) => ObservedAtHand | undefined;
/** A capture in which TCP is spoken: both ends of its connections can be watched. */
export declare const isWatched: ({ input: { trace } }: View) => boolean;
