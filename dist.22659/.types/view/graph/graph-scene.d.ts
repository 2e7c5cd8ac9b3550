import { type Acked, type Flow, type Sample, type Sent } from '../../account/flow.ts';
import { type View } from '../view.ts';
import { type GraphMark } from './series-marks.ts';
export type GraphScene = {
    readonly flow: Flow;
    readonly sender: string;
    readonly sents: readonly Sent[];
    readonly acks: readonly Acked[];
    readonly samples: readonly Sample[];
    readonly marks: readonly GraphMark[];
    readonly nowUs: number;
    /** The packet that is selected, where it is one of the sender's. */
    readonly selected: Sent | undefined;
    /** A number as text: `?` where it would answer an open question. */
    readonly number: (value: number) => string;
    /** A sequence number as labels show it, from its distance to the ISN. */
    readonly seq: (fromIss: number) => string;
};
/** While a question is open its instant has not happened yet: what came of it may be the answer. */
export declare const lastSeen: (view: View) => number;
export declare const graphScene: (view: View) => GraphScene | undefined;
/** One flight of segments: from the acknowledgement of the one before to its own. */
export type Round = {
    readonly kind: 'round';
    readonly n: number;
    readonly atUs: number;
    /** When its last segment so far left: event `n`. */
    readonly lastUs: number;
    readonly count: number;
};
/** New data in rounds: the next begins once the first segment of the one before is acknowledged. */
export declare const roundsOf: ({ sents, acks }: GraphScene) => Round[];
