import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { View } from '../view.ts';
import { type GraphScene } from './graph-scene.ts';
type Row = {
    readonly atUs: number;
    readonly cells: readonly string[];
    readonly what: string;
    readonly mark: 'lost' | 'again' | 'changed' | undefined;
    readonly selected: boolean;
};
/** In the order of the run, down to the newest or, where a mark is selected, to one page behind it. */
export declare const tableRows: (scene: GraphScene, view: View) => readonly Row[];
/** The newest rows, or those around the selected one. */
export declare const putTable: (canvas: Canvas, rows: readonly Row[], { region, glyphs, view }: {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly view: View;
}) => void;
export {};
