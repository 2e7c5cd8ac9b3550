import type { View } from '../view.ts';
export declare const spokenCertificates: (view: View) => readonly string[];
