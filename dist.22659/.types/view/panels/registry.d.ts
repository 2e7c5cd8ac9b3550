import type { Panel } from '../panel.ts';
export declare const panels: readonly Panel[];
export declare const panelNamed: (name: string) => Panel | undefined;
