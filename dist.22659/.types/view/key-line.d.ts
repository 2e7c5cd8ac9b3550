import type { Canvas } from './canvas.ts';
import { type Glyphs } from './glyphs.ts';
export type KeyHint = {
    readonly key: string;
    readonly label: string;
    /** The run waits for the reader, and this key goes on. */
    readonly main?: boolean;
};
/** More than these nobody reads; what is left out stands in the help. */
export declare const mostHints = 9;
export declare const putKeyLine: (canvas: Canvas, hints: readonly KeyHint[], place: {
    readonly row: number;
    readonly column: number;
    readonly glyphs: Glyphs;
}) => void;
