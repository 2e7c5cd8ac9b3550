import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
import type { ShownStream } from './stream-lines.ts';
export declare const putStream: (canvas: Canvas, view: View, shown: ShownStream | undefined, drawing: PanelDrawing) => void;
