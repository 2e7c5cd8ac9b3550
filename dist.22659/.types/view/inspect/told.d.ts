import { type CaptureInspector } from '../../observe/capture-inspector.ts';
import type { Conversation } from '../../observe/capture-trace.ts';
import type { DatagramConversation } from '../../observe/datagrams.ts';
import type { DnsTransaction } from '../../observe/dns-transactions.ts';
import type { HttpTransaction } from '../../observe/http-transactions.ts';
import type { ObservedConnection } from '../../observe/observed-connection.ts';
import type { CapturedTls } from '../../observe/tls-captured.ts';
import { type OnConnection } from './message-findings.ts';
import { type Finding } from './tcp-findings.ts';
export type Told = {
    readonly connections: readonly ObservedConnection[];
    readonly datagrams: readonly DatagramConversation[];
    readonly dns: readonly DnsTransaction[];
    readonly http: readonly OnConnection<HttpTransaction>[];
    readonly tls: readonly CapturedTls[];
    /** The oddest first; of equals the earlier connection. */
    readonly findings: readonly Finding[];
};
/** The datagrams themselves stand in no list: what they ask and answer does. */
export declare const allOf: ({ connections, dns }: CaptureInspector, tls: readonly CapturedTls[]) => Told;
/** Each conversation by its number; worked out when it is asked for. */
export declare class Conversations {
    #private;
    readonly inspector: CaptureInspector;
    constructor(inspector: CaptureInspector, tlsOn: (connection: ObservedConnection) => CapturedTls | undefined);
    /** Of all of them together. */
    get all(): Told;
    of(conversation: Conversation): Told;
}
