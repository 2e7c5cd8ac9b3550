import type { View } from '../view.ts';
export declare const spokenCaches: (view: View) => readonly string[];
export declare const spokenTree: (view: View) => readonly string[];
