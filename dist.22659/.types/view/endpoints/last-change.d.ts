import type { Selection } from '../selection.ts';
import type { View } from '../view.ts';
/** A variable, the state or a timer of a host. */
export type Place = NonNullable<Selection['variable']>;
/** An event of the instant that changed it last, or started the timer that runs; undefined: none near. */
export declare const lastChange: (view: View, place: Place) => number | undefined;
/** What a packet has changed so far: where it arrived, then where it left. */
export declare const changedBy: (view: View, id: number) => readonly Place[];
