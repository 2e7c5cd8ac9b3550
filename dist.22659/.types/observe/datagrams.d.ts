import type { Side } from './connections.ts';
import type { Endpoint } from './observed-connection.ts';
export type DatagramConversation = {
    /** From 1, in the order of first datagrams; apart from the numbers of TCP's connections. */
    readonly id: number;
    /** The sender of the first datagram that was captured is 0. */
    readonly ends: readonly [Endpoint, Endpoint];
    readonly firstUs: number;
    readonly lastUs: number;
    readonly packets: number;
    /** Payload that each end sent. */
    readonly bytes: readonly [number, number];
};
type Datagram = {
    /** Who sends to whom, and the same the other way: as keys. */
    readonly flow: string;
    readonly back: string;
    /** Sender and receiver, for whom nobody has heard of before. */
    readonly ends: () => readonly [Endpoint, Endpoint];
    readonly length: number;
    readonly atUs: number;
};
export declare class DatagramConversations {
    #private;
    get all(): readonly DatagramConversation[];
    /** The conversation, and who of it sends; undefined: there are too many others. */
    take(datagram: Datagram): {
        readonly conversation: DatagramConversation;
        readonly side: Side;
    } | undefined;
}
export {};
