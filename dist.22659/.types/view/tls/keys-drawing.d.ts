import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
import type { KeyScene } from './key-schedule.ts';
/** `back`: lines by which the reader has gone back from the newest. */
export type KeysOwn = {
    readonly back: number;
};
export declare const putKeys: (canvas: Canvas, { scene, view, own }: {
    readonly scene: KeyScene | undefined;
    readonly view: View;
    readonly own: KeysOwn;
}, drawing: PanelDrawing) => void;
