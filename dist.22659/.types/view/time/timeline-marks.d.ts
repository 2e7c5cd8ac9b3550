import { type Gap, type Mark, type Pacing } from './pace.ts';
type Shown = {
    readonly marks: readonly Mark[];
    readonly gaps: readonly Gap[];
};
/** Both in the order of moments, and of a short run all. */
export declare const shownMarks: (pacing: Pacing) => Shown;
export {};
