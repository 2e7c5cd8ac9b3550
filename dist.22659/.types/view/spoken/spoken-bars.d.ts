import type { View } from '../view.ts';
export declare const spokenWindows: (view: View) => readonly string[];
export declare const spokenQueues: (view: View) => readonly string[];
