import type { Action } from '../../sim/action.ts';
import { type Construct } from '../vocabulary.ts';
export declare const spoofSyn: Construct<Action>;
export declare const replay: Construct<Action>;
export declare const setLink: Construct<Action>;
