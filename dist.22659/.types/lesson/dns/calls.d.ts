import type { Action } from '../../sim/action.ts';
import { type Construct } from '../vocabulary.ts';
export declare const dnsCalls: {
    readonly [call: string]: Construct<Action>;
};
