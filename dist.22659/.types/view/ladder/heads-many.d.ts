import type { Canvas } from '../canvas.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Scene } from '../scene.ts';
import { type Heads, type ManyPlan } from './many-plan.ts';
export type HeadsLook = {
    readonly plan: ManyPlan;
    readonly heads: Heads;
    readonly glyphs: Glyphs;
};
/** Rows that the heads take below the title. `small`: there is one row for states, and they are cut. */
export declare const headRows: (scene: Scene, plan: ManyPlan, small: boolean) => number;
export declare const putManyHeads: (canvas: Canvas, scene: Scene, look: HeadsLook, small: boolean) => void;
