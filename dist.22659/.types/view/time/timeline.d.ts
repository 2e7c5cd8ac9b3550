import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Layout } from '../layout.ts';
import type { Scene } from '../scene.ts';
export declare const putTimeline: (canvas: Canvas, scene: Scene, options: {
    layout: Layout;
    glyphs: Glyphs;
}) => void;
