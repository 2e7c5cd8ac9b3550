import type { View } from '../view.ts';
import type { StateLabel } from './ladder-item.ts';
/** Before event `n`; undefined: the host has no TCP that does anything in this run. */
export declare const stateAtHand: (view: View, host: string, n: number) => StateLabel | undefined;
