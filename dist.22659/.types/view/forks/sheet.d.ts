import type { Canvas, Style } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
export type SheetRow = {
    readonly text: string;
    readonly style: Style;
};
export type Sheet = {
    readonly heading: string;
    /** Wrapped where they are longer than a line, as are those below the list. */
    readonly above: readonly SheetRow[];
    /** Cut where they are longer than a line; around `marked` as many as fit. */
    readonly list: readonly SheetRow[];
    readonly marked: number;
    readonly below: readonly SheetRow[];
};
type Options = {
    readonly region: Region;
    readonly glyphs: Glyphs;
};
export declare const putSheet: (canvas: Canvas, sheet: Sheet, options: Options) => void;
export {};
