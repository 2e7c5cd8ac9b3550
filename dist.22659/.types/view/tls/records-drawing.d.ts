import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
import type { RecordScene } from './records.ts';
export declare const putRecords: (canvas: Canvas, { scene, view }: {
    readonly scene: RecordScene | undefined;
    readonly view: View;
}, drawing: PanelDrawing) => void;
