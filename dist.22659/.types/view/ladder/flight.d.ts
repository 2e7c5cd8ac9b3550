import type { Style } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Role } from '../span.ts';
import type { PacketItem } from './ladder-item.ts';
/** `part` cells are drawn only once. */
export type Piece = {
    readonly text: string;
    readonly style: Style;
};
export type FlightOptions = {
    readonly glyphs: Glyphs;
    readonly role: Role;
    /** The comet stands still: its head is an arrow. */
    readonly paused: boolean;
    /** Move by half cells. */
    readonly halves: boolean;
    /** Of a flight that crosses another: the cell from the sender on at which its line goes on in the other row. */
    readonly cut?: number;
};
/** Half of the cells, or as far as a label in the line reaches. */
export declare const cutOf: (item: PacketItem, cells: number, glyphs: Glyphs, inLine: boolean) => number;
export declare const piecesWidth: (pieces: readonly Piece[]) => number;
type Fitted = {
    readonly pieces: readonly Piece[];
    readonly relative: boolean;
};
/** Where one label has to count from the ISN all do: numbers that stand below one another can be compared. */
export declare const fromIsn: (item: PacketItem) => PacketItem;
/** No number is ever cut to fit: before that, numbers count from the ISN, and then they are left out. `relative`: they count so. */
export declare const fittedLabel: (item: PacketItem, columns: number, glyphs: Glyphs) => Fitted;
/** Cells that a label has above its line, or in it, of those between the lifelines. */
export declare const labelRoom: (cells: number, indent: number, inLine: boolean) => number;
/** The line alone, from the left lifeline to the right one. */
export declare const lineCells: (item: PacketItem, cells: number, options: FlightOptions) => Piece[];
/** The line with its label in it, two cells from the sender; under the comet the label is bold. */
export declare const labelledCells: (item: PacketItem, cells: number, options: FlightOptions) => Piece[];
export {};
