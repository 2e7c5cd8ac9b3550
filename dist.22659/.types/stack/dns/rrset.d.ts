import type { DnsQuestion, DnsRecord, RData } from '../../wire/dns/message.ts';
import { type DnsName } from '../../wire/dns/name.ts';
export type Rrset = {
    readonly name: DnsName;
    readonly type: number;
    readonly class: number;
    /** At least one, in the order of arrival. */
    readonly records: readonly DnsRecord[];
};
/** Does a CNAME lead on? It is itself the answer for those who ask for it, or for anything (RFC 1034 §3.6.2, §4.3.2 step 3a). */
export declare const followsAliases: (type: number) => boolean;
/** Equal for equal names, whatever their case. */
export declare const questionKey: ({ name, type, class: klass }: DnsQuestion) => string;
export declare const sameRData: (a: RData, b: RData) => boolean;
/** In the order in which the first of each came; a record that is there twice is one (RFC 2181 §5). */
export declare const rrsetsOf: (section: readonly DnsRecord[]) => readonly Rrset[];
/** Sets that differ only in case, order or TTL hold the same data. */
export declare const sameData: (a: readonly DnsRecord[], b: readonly DnsRecord[]) => boolean;
/** In seconds; those of one set should be equal, and where they are not, the least counts (RFC 2181 §5.2). */
export declare const leastTtl: (records: readonly DnsRecord[]) => number;
