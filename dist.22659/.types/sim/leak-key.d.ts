import type { Action } from './action.ts';
import { type Draft } from './draft.ts';
export declare const leakKey: (draft: Draft, host: string, action: Extract<Action, {
    call: 'leakKey';
}>) => void;
