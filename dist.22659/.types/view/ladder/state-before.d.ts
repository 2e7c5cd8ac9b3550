import { type View } from '../view.ts';
import type { StateLabel } from './ladder-item.ts';
/** The state of a host before event `n`: its last change, or that it has not done anything yet. Of captures, where it is deduced. */
export declare const stateBefore: (view: View, host: string, n: number) => StateLabel | undefined;
/** Above the row of `packet`, which leaves at event `n`: what packets before it changed where they landed has no row of its own. */
export declare const stateAbove: (view: View, host: string, { n, packet }: {
    readonly n: number;
    readonly packet: number | undefined;
}) => StateLabel | undefined;
