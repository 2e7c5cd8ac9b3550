import type { Glyphs } from '../glyphs.ts';
import type { View } from '../view.ts';
import { type Axis } from './axis.ts';
import type { GraphScene } from './graph-scene.ts';
import type { Curve, Plot } from './plot.ts';
export type Axes = {
    readonly time: Axis;
    readonly value: Axis;
};
export type Drawn = {
    readonly plot: Plot;
    readonly scene: GraphScene;
    readonly view: View;
    readonly axes: Axes;
    readonly glyphs: Glyphs;
};
export declare const putSequence: (drawn: Drawn) => void;
/** What the curves are called, in their own styles. */
export declare const legendOf: ({ view, scene }: Pick<Drawn, 'view' | 'scene'>, kind: 'sequence' | 'windows') => readonly {
    readonly curve: Curve;
    readonly name: string;
}[];
export declare const putWindows: (drawn: Drawn) => void;
