import type { View } from '../view.ts';
export declare const spokenWaterfall: (view: View) => readonly string[];
