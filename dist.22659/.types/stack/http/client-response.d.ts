import { type Field } from '../../wire/http/fields.ts';
import { type Exchange, type Turn } from './client-state.ts';
export type Response = {
    readonly status: number;
    readonly fields: readonly Field[];
    readonly content: Uint8Array;
};
/** Set-Cookie counts as soon as the header section is there (RFC 6265 §5.2). */
export declare const keepCookies: (turn: Turn, { url }: Exchange, fields: readonly Field[]) => void;
/** From the cache, with a question to the origin, or plainly to the network. */
export declare const begin: (turn: Turn, wanted: Exchange) => void;
/** A whole response has come. */
export declare const conclude: (turn: Turn, exchange: Exchange, came: Response) => void;
