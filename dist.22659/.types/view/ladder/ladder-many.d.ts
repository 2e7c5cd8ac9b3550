import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Scene } from '../scene.ts';
import { type ManyPlan } from './many-plan.ts';
export type ManyLook = {
    readonly plan: ManyPlan;
    readonly glyphs: Glyphs;
    readonly top: number;
    readonly bottom: number;
};
/** Columns for a packet's label, behind its number. */
export declare const manyLabelRoom: (scene: Scene, { labelColumn, last, lifelines }: ManyPlan) => number;
export declare const putManyLadder: (canvas: Canvas, scene: Scene, look: ManyLook) => void;
