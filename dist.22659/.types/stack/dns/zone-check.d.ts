import type { DnsRecord } from '../../wire/dns/message.ts';
import { type DnsName } from '../../wire/dns/name.ts';
import type { ZoneFault } from './zone-problem.ts';
/** `origin`: the apex, where the SOA record stands. */
export type ZoneData = {
    readonly origin: DnsName;
    readonly records: readonly DnsRecord[];
};
/** `index`: of the record at fault. */
type Found = {
    readonly index: number;
    readonly fault: ZoneFault;
};
/** The name of the first SOA record. */
export declare const apexOf: (records: readonly DnsRecord[]) => DnsName | undefined;
/** Of a zone that has its SOA record. */
export declare const zoneFaults: ({ origin, records }: ZoneData) => readonly Found[];
export {};
