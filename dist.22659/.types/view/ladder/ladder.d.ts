import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { LadderFrame } from '../layout.ts';
import type { Scene } from '../scene.ts';
export declare const putLadder: (canvas: Canvas, scene: Scene, options: {
    readonly frame: LadderFrame;
    readonly glyphs: Glyphs;
}) => void;
