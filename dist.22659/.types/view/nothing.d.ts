import type { Text } from '../lesson/text.ts';
import type { Canvas } from './canvas.ts';
import type { PanelDrawing } from './panel.ts';
import type { View } from './view.ts';
export declare const putNothing: (canvas: Canvas, { language }: View, { title, text }: {
    readonly title: Text;
    readonly text: Text;
}, { region, glyphs, focused }: PanelDrawing) => void;
