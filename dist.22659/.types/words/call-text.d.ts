import type { Action } from '../sim/action.ts';
export declare const callText: (action: Action) => string;
