import type { Card } from '../../lesson/data.ts';
import type { Language } from '../../lesson/text.ts';
import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
type Look = {
    readonly columns: number;
    readonly language: Language;
    readonly glyphs: Glyphs;
};
/** How many entries there are: what the mark moves over. */
export declare const cardEntries: ({ rows, lines }: Card) => number;
/** The card as plain lines, for text that nobody scrolls. */
export declare const cardText: (card: Card, look: Look) => readonly string[];
export type CardDrawing = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly language: Language;
    /** The entry that is read: it stays on the screen. */
    readonly marked: number;
};
/** Below the title as many lines as there is room for, with the marked entry among them. */
export declare const putCard: (canvas: Canvas, card: Card, drawing: CardDrawing) => void;
export {};
