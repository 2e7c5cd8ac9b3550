import { type Draft } from './draft.ts';
/** RFC 6056 §3.3.3's idea: a start that an outsider cannot guess, then one after the other. */
export declare const ephemeralPort: (draft: Draft, host: string) => number;
/** The address of the interface that leads to `remote`. */
export declare const sourceFor: (draft: Draft, host: string, remote: string) => string;
