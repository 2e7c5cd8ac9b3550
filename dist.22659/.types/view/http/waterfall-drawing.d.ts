import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
export declare const putWaterfall: (canvas: Canvas, view: View, { region, glyphs, focused }: PanelDrawing) => void;
