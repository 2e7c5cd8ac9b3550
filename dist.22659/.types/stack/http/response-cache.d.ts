import { type Field } from '../../wire/http/fields.ts';
import type { Table } from '../../wire/table.ts';
export type Stored = {
    readonly url: string;
    readonly fields: readonly Field[];
    readonly content: Uint8Array;
    /** When it was asked for and when it came, or was confirmed last. */
    readonly requestUs: number;
    readonly responseUs: number;
};
/** By URL, without the fragment. */
export type ResponseCache = Table<Stored>;
/** Microseconds that it stays fresh; 0 and below: it is stale, or its server wants to be asked each time. */
export declare const freshUs: (stored: Stored, nowUs: number) => number;
/** Does the request itself want the origin's word (§5.2.1)? */
export declare const wantsOrigin: (fields: readonly Field[]) => boolean;
export type Answered = {
    readonly method: string;
    readonly status: number;
    readonly requestFields: readonly Field[];
};
/** §3. What differs by request fields (Vary), or is for one user's password, is not kept. */
export declare const mayStore: ({ method, status, requestFields }: Answered, stored: Stored) => boolean;
/** What makes a request ask whether the stored answer still holds (§4.3.1). */
export declare const conditionFields: ({ fields }: Stored) => readonly Field[];
/** A 304 has confirmed it: its fields take the place of the stored ones of the same name (§3.2, §4.3.4). */
export declare const freshened: (stored: Stored, fields: readonly Field[], { requestUs, responseUs }: Pick<Stored, 'requestUs' | 'responseUs'>) => Stored;
