import type { Canvas } from '../canvas.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { View } from '../view.ts';
export type GraphKind = 'sequence' | 'windows';
type Drawing = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly focused: boolean;
    /** Where there is room for one only. */
    readonly kind: GraphKind;
};
export declare const putGraphs: (canvas: Canvas, view: View, drawing: Drawing) => void;
export {};
