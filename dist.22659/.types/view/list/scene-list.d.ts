import type { CarriedPart } from '../../account/part.ts';
import { type Treatment } from '../ladder/treatment.ts';
import { type View } from '../view.ts';
import type { Found } from './list-search.ts';
export type ListRow = {
    readonly id: number;
    readonly sent: string;
    readonly from: string;
    /** Where there are more than two hosts; of two it is the other one. */
    readonly to: string | undefined;
    readonly flags: string;
    /** For the ear: what stands in `flags` in place of flags. */
    readonly said: CarriedPart | undefined;
    /** undefined: the packet has no such number. */
    readonly seq: string | undefined;
    readonly ack: string | undefined;
    readonly len: string | undefined;
    readonly fate: 'flying' | 'arrived' | 'lost';
    readonly fateText: string;
    readonly again: boolean;
    readonly treatment: Treatment | undefined;
    readonly treatmentText: string;
    /** What the path has changed of it, once it has arrived; else empty. */
    readonly alteredText: string;
    readonly selected: boolean;
};
/** Around the selected packet, which without a choice is the newest. */
export declare const listOf: (view: View) => ListRow[];
export type ListWindow = {
    readonly rows: readonly ListRow[];
    /** Rows before the first one and after the last one. */
    readonly above: number;
    readonly below: number;
};
/** At most `most` rows of the list, the selected one among them; a filter leaves only what it found. */
export declare const listWindow: (view: View, found: Found, most: number) => ListWindow;
