import type { Action } from '../../sim/action.ts';
import { type Construct } from '../vocabulary.ts';
export declare const httpCalls: {
    readonly [call: string]: Construct<Action>;
};
