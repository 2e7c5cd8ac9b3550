import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
import type { LayerScene } from './layer-scene.ts';
export declare const putLayers: (canvas: Canvas, { scene, view }: {
    readonly scene: LayerScene;
    readonly view: View;
}, { region, glyphs, focused }: PanelDrawing) => void;
