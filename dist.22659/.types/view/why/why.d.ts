import type { Language } from '../../lesson/text.ts';
import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { Why } from './scene-why.ts';
type Options = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly language: Language;
};
export declare const putWhy: (canvas: Canvas, why: Why, options: Options) => void;
export {};
