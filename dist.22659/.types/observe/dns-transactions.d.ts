import type { DnsMessage } from '../wire/dns/message.ts';
import { type Kept, OctetStore } from './octet-store.ts';
import type { Piece } from './reassembly.ts';
export type DnsPlace = {
    readonly transport: 'udp' | 'tcp';
    /** Address and port. */
    readonly from: string;
    readonly to: string;
    readonly frame: number;
    readonly atUs: number;
};
export type DnsTransaction = {
    readonly transport: 'udp' | 'tcp';
    readonly client: string;
    readonly server: string;
    /** Read out of its octets whenever somebody asks, as is the response. */
    readonly query: DnsMessage;
    readonly queryFrame: number;
    readonly queryUs: number;
    readonly response: DnsMessage | undefined;
    readonly responseFrame: number | undefined;
    readonly responseUs: number | undefined;
    /** What the header of the response says; undefined: there is none. */
    readonly outcome: Outcome | undefined;
    /** The same question under the same number was asked before. */
    readonly repeated: boolean;
};
export type Outcome = Pick<DnsMessage, 'rcode'> & Pick<DnsMessage['flags'], 'tc'>;
/** Captures may have a hundred thousand: the messages stay octets. */
declare class Transaction implements DnsTransaction {
    #private;
    readonly transport: 'udp' | 'tcp';
    readonly client: string;
    readonly server: string;
    readonly queryFrame: number;
    readonly queryUs: number;
    readonly repeated: boolean;
    responseFrame: number | undefined;
    responseUs: number | undefined;
    constructor(store: OctetStore, query: Kept, { transport, from, to, frame, atUs }: DnsPlace, repeated: boolean);
    answer(response: Kept, { frame, atUs }: DnsPlace): void;
    get query(): DnsMessage;
    get response(): DnsMessage | undefined;
    get outcome(): Outcome | undefined;
}
export declare class DnsTransactions {
    #private;
    readonly all: Transaction[];
    take(bytes: Uint8Array, place: DnsPlace): void;
}
/** One direction of a connection to port 53. */
export declare class DnsStream {
    #private;
    /** The messages that the piece completes. */
    take(piece: Piece): readonly Uint8Array[];
}
export {};
