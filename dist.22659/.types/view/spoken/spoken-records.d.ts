import type { View } from '../view.ts';
export declare const spokenRecords: (view: View) => readonly string[];
