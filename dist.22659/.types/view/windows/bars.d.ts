import type { Canvas } from '../canvas.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { View } from '../view.ts';
import type { Bar, Shade, WindowScene } from './sequence-bars.ts';
type Drawing = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly focused: boolean;
};
/** Where each stretch begins on so many cells; what is not empty has at least one. */
export declare const cellsOf: ({ stretches }: Pick<Bar, 'stretches'>, most: number, columns: number) => Shade[];
export declare const putWindows: (canvas: Canvas, { scene, view }: {
    readonly scene: WindowScene | undefined;
    readonly view: View;
}, { region, glyphs, focused }: Drawing) => void;
export {};
