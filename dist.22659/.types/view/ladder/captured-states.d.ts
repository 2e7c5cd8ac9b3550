import { type View } from '../view.ts';
import type { StateLabel } from './ladder-item.ts';
export declare const isCapture: ({ input: { trace } }: View) => boolean;
/** More than one connection in sight. */
export declare const isSeveral: ({ input: { trace } }: View) => boolean;
/** The number of the TCP connection of the chosen packet or, without a choice, of the newest segment. */
export declare const connectionAtHand: (view: View) => number | undefined;
/** Of a state that the rows do not tell the connection of. */
export declare const deducedLabel: (view: View, connection: number, text: string, fresh: boolean) => StateLabel;
/** Before event `n`; undefined: nothing tells it. */
export declare const capturedState: (view: View, host: string, n: number) => StateLabel | undefined;
