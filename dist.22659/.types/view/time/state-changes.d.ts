import { type Pacing, type StateChange } from './pace.ts';
export declare const quietCount: (pacing: Pacing) => number;
/** The last change of a host, or of one of its connections, before event `n` that can be seen at `moment`. */
export declare const lastChange: (pacing: Pacing, host: string, limit: {
    readonly n: number;
    readonly moment: number;
    readonly connection?: string;
}) => StateChange | undefined;
/** The newest `most` changes that can be seen at `moment`. */
export declare const newestChanges: ({ changes }: Pacing, moment: number, most: number) => readonly StateChange[];
/** Of one connection of a host, in the order of events. */
export declare const changesOf: (pacing: Pacing, host: string, connection: string) => readonly StateChange[];
/** Does a host change any state in the whole run? */
export declare const hasChanges: (pacing: Pacing, host: string) => boolean;
