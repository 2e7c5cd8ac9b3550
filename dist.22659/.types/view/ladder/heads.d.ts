import type { Canvas } from '../canvas.ts';
import type { Glyphs } from '../glyphs.ts';
import type { LadderFrame } from '../layout.ts';
import type { Scene } from '../scene.ts';
export declare const putHeads: (canvas: Canvas, scene: Scene, frame: LadderFrame, options: {
    addresses: boolean;
    glyphs: Glyphs;
}) => void;
/** At 60 columns the states stand beside the names. */
export declare const putSmallHeads: (canvas: Canvas, scene: Scene, frame: LadderFrame, glyphs: Glyphs) => void;
