import type { Trace } from '../../sim/trace.ts';
import { type SentMessage } from './messages.ts';
/** The other half of a transaction; `afterUs`: from the query's sending to the response's. */
export type Partner = {
    readonly kind: 'query' | 'response';
    readonly packet: number;
    readonly afterUs: number;
};
export declare const belongs: (query: SentMessage, response: SentMessage) => boolean;
/** Of a query its first response, of a response the last query before it; as far as event `cursor` has shown them. */
export declare const partnerOf: (trace: Trace, packet: number, cursor: number) => Partner | undefined;
