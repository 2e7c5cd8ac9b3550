import type { Field } from '../wire/http/fields.ts';
import type { RequestLine, StartLine, StatusLine } from '../wire/http/start-line.ts';
import type { Side } from './connections.ts';
import type { Piece } from './reassembly.ts';
/** Without the places of its parts, and of its fields those that are told: there may be tens of thousands. */
export type KeptHead<Line extends StartLine> = {
    readonly start: Omit<Line, 'span' | 'spans'>;
    readonly fields: readonly Field[];
};
/** `frame`: in which the message is whole; undefined while it is not. */
export type HttpRequest = {
    readonly head: KeptHead<RequestLine>;
    readonly begins: number;
    readonly frame: number | undefined;
    /** Octets of content so far. */
    readonly contentBytes: number;
};
export type HttpResponse = {
    readonly head: KeptHead<StatusLine>;
    readonly begins: number;
    readonly frame: number | undefined;
    readonly contentBytes: number;
};
export type HttpTransaction = {
    readonly request: HttpRequest;
    /** Statuses of the 1xx responses before the final one. */
    readonly interim: readonly number[];
    readonly response: HttpResponse | undefined;
};
export declare class HttpTransactions {
    #private;
    /** Every request, with what answers it. */
    get all(): readonly HttpTransaction[];
    /** Responses were seen, whether or not their requests were. */
    get answered(): boolean;
    /** `frame`: the one that is being read; a piece may have waited for it. */
    take(side: Side, piece: Piece, frame: number): void;
}
