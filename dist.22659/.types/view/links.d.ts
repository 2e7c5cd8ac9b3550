import { type Place } from './endpoints/last-change.ts';
import type { Selection } from './selection.ts';
import type { View } from './view.ts';
/** What choosing a variable selects along with it. */
export declare const selectionOf: (view: View, place: Place) => Partial<Selection>;
/** What a field of a packet feeds: of several variables one that this packet has changed. */
export declare const placeOfField: (view: View, id: number, field: string | undefined) => Place | undefined;
