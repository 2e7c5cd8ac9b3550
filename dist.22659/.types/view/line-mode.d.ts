import type { Canvas } from './canvas.ts';
import { type Glyphs } from './glyphs.ts';
import { type Size } from './layout.ts';
import type { Scene } from './scene.ts';
/** What is not to be seen whole is not to be answered. */
export declare const cutsQuestion: (scene: Scene, size: Size, glyphs: Glyphs) => boolean;
export declare const putLines: (canvas: Canvas, scene: Scene, glyphs: Glyphs) => void;
