import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { View } from '../view.ts';
type Drawing = {
    readonly canvas: Canvas;
    readonly view: View;
    readonly glyphs: Glyphs;
    readonly region: Region;
    readonly focused: boolean;
    /** Columns from the mark of the selected row to its text. */
    readonly gutter: number;
};
export declare const putEndpoints: (drawing: Omit<Drawing, 'gutter'>) => void;
export {};
