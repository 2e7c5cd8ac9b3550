import type { Canvas } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
import type { CacheScene } from './cache.ts';
export declare const putCaches: (canvas: Canvas, { scenes, view }: {
    readonly scenes: readonly CacheScene[];
    readonly view: View;
}, { region, glyphs, focused }: PanelDrawing) => void;
