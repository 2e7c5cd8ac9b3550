import type { Canvas } from '../canvas.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
export type HexOptions = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly bytes: Uint8Array;
    /** The selected field's bytes, `end` excluded. */
    readonly marked: {
        readonly start: number;
        readonly end: number;
    };
    /** The byte under the cursor. */
    readonly cursor: number;
    /** Bytes that must not be seen. */
    readonly hidden: (offset: number) => boolean;
    /** “more”, in the reader's language. */
    readonly more: string;
};
/** Rows up to which what is cut is not counted. */
export declare const leastForCounts = 4;
export declare const hexRows: (length: number, columns: number) => number;
export declare const putHex: (canvas: Canvas, options: HexOptions) => void;
