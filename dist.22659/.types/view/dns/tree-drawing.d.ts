import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
/** Room for the packets goes first, then the data are cut; the names stay. */
export declare const putTree: (canvas: Canvas, view: View, { region, glyphs, focused }: PanelDrawing) => void;
