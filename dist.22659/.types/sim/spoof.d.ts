import type { Action } from './action.ts';
import { type Draft } from './draft.ts';
export declare const spoofSyn: (draft: Draft, host: string, action: Extract<Action, {
    call: 'spoofSyn';
}>, repetition: number) => void;
