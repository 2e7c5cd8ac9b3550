import { type Language } from '../../lesson/text.ts';
import type { DatagramConversation } from '../../observe/datagrams.ts';
import type { DnsTransaction } from '../../observe/dns-transactions.ts';
import type { HttpTransaction } from '../../observe/http-transactions.ts';
import type { ObservedConnection } from '../../observe/observed-connection.ts';
import type { CapturedTls } from '../../observe/tls-captured.ts';
import { type OnConnection } from './message-findings.ts';
import type { Finding } from './tcp-findings.ts';
export type Manner = {
    readonly language: Language;
    readonly columns: number;
    readonly ascii: boolean;
};
/** The client first. */
export declare const endsText: ({ ends, client }: ObservedConnection, ascii: boolean) => string;
/** A line that begins with `lead`, what does not fit below it. */
export declare const hanging: (lead: string, text: string, columns: number) => readonly string[];
/** `name`: what it is about, where that is not told beside it. */
export declare const findingLines: ({ text, lesson }: Finding, { language, columns, ascii }: Manner, name?: string) => readonly string[];
/** How it opened and closed, what it carried, and where it was silent. */
export declare const courseText: (connection: ObservedConnection, language: Language) => string;
export declare const datagramsText: ({ bytes, packets }: DatagramConversation, language: Language) => string;
export declare const dnsText: (transaction: DnsTransaction, { language, ascii }: Manner) => string;
export declare const httpText: ({ transaction }: OnConnection<HttpTransaction>, { language, ascii }: Manner) => string;
export declare const tlsText: ({ session, http }: CapturedTls, language: Language) => string;
