import { type Draft, type Plan } from './draft.ts';
import type { Cause } from './scenario.ts';
import type { Flight } from './world.ts';
/** The script's replays, by the number of their cause. */
export declare const replaysOf: (script: readonly Cause[]) => Plan['replays'];
/** A copy as it left its maker: what the path does to the first one does not happen to it. */
export declare const keepForReplay: (draft: Draft, flight: Flight, retransmission: boolean) => void;
