import { Canvas } from './canvas.ts';
import { type Sheet } from './forks/sheet.ts';
import { type Glyphs } from './glyphs.ts';
import { type KeyHint } from './key-line.ts';
import type { Scene } from './scene.ts';
import type { Line } from './span.ts';
export type { KeyHint };
export type ScreenOptions = {
    readonly columns: number;
    readonly rows: number;
    readonly glyphs: Glyphs;
    /** Most important first; what does not fit is left out. */
    readonly keyHints: readonly KeyHint[];
    /** A page over the player, for a place of that many columns; it stands where *Why?* would. */
    readonly sheet?: ((columns: number) => Sheet) | undefined;
};
/** Also tells how many cells two texts wanted: 0 unless there is a bug. */
export declare const compose: (scene: Scene, options: ScreenOptions) => Canvas;
export declare const screen: (scene: Scene, options: ScreenOptions) => Line[];
