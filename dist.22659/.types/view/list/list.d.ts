import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import { type View } from '../view.ts';
import { type ListSearch } from './list-search.ts';
export type ListDrawing = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly focused: boolean;
};
export declare const putList: (canvas: Canvas, view: View, search: ListSearch, drawing: ListDrawing) => void;
