import type { View } from '../view.ts';
import type { SceneHost } from './scene-hosts.ts';
/** What the reader did to the heads: whether the folded one is selected, and how often it was unfolded. */
export type Heads = {
    readonly selected: boolean;
    readonly turns: number;
};
export declare const untouched: Heads;
export type Lifeline = {
    readonly column: number;
    /** One host, or all that do not fit. */
    readonly hosts: readonly SceneHost[];
};
export type ManyPlan = {
    /** Last column of the departures' times. */
    readonly timeEnd: number;
    /** Last column of the whole picture. */
    readonly last: number;
    /** Between two lifelines next to each other. */
    readonly distance: number;
    readonly lifelines: readonly Lifeline[];
    /** Where the labels begin at the right; undefined: each on the row below its line. */
    readonly labelColumn: number | undefined;
};
/** The picture ends in column `last`. */
export type Room = {
    readonly last: number;
    readonly small: boolean;
    readonly timeEnd: number;
};
export declare const manyPlan: (view: View, picture: Omit<Room, 'timeEnd'>, { turns }: Heads) => ManyPlan;
export declare const isFolded: ({ hosts }: Lifeline) => boolean;
/** The lifeline of a host; undefined: it is not in the picture. */
export declare const lifelineOf: ({ lifelines }: ManyPlan, host: string) => Lifeline | undefined;
