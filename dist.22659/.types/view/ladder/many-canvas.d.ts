import type { Canvas, Style } from '../canvas.ts';
import type { Piece } from './flight.ts';
export declare class ManyCanvas {
    #private;
    constructor(canvas: Canvas);
    put(row: number, column: number, text: string, style: Style): void;
    putPieces(row: number, column: number, pieces: readonly Piece[]): void;
    /** With a blank cell before and behind it. */
    putApart(row: number, column: number, pieces: readonly Piece[]): void;
    /** Only where no text stands. */
    putBehind(row: number, column: number, text: string, style: Style): void;
}
