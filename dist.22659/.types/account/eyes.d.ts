import type { Trace } from '../sim/trace.ts';
/** `eavesdropper`: records every packet, and gets the server's private key where the script lets it leak. */
export type Eyes = 'ends' | 'eavesdropper';
/** `n`: the event up to which it is seen. One Trace for each state of knowledge, so that what has been read of it is remembered. */
export declare const seenThrough: (trace: Trace, eyes: Eyes, n: number) => Trace;
/** Is it what an eavesdropper sees? */
export declare const isOverheard: (trace: Trace) => boolean;
