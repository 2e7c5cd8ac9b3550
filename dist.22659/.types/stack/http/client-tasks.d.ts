import type { Exchanged, HttpAnswer, HttpResult } from './call.ts';
import { type Exchange, type Turn } from './client-state.ts';
export declare const emptyAnswer: {
    readonly bytes: 0;
    readonly content: Uint8Array<ArrayBuffer>;
    readonly exchanges: readonly [];
};
export declare const giveBack: (turn: Turn, token: number, answer: HttpAnswer) => void;
export declare const beginTask: (turn: Turn, token: number, left: number) => void;
export type Came = {
    readonly status: number;
    readonly content: Uint8Array;
    readonly from: Exchanged['from'];
};
/** A response has come; `leadsOn`: it is not the last of its exchange. */
export declare const noteExchanged: (turn: Turn, { token, url }: Exchange, { status, content, from }: Came) => void;
/** An exchange is over. The first failure of several is the call's. */
export declare const endExchange: (turn: Turn, { token }: Exchange, result: HttpResult) => void;
