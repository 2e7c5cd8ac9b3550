import { type Instant } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { Beat } from './lesson.ts';
import type { PacketField } from './packet-field.ts';
type Prediction = Extract<Beat, {
    kind: 'prediction';
}>;
export type Hidden = {
    readonly packet: number | undefined;
    readonly fields: readonly string[];
};
export declare const hiddenBy: (beat: Prediction, instant: Instant) => Hidden;
/** Does a text that is read before the answer show what is asked? */
export declare const givesAway: (shown: Expression, hidden: Hidden, instant: Instant) => boolean;
/** The fields asked of the packet at hand whose real value is not the answer. */
export declare const wrongAsks: (beat: Prediction, instant: Instant) => readonly PacketField[];
export {};
