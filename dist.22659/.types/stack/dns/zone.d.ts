import type { DnsRecord, RData } from '../../wire/dns/message.ts';
import { type DnsName } from '../../wire/dns/name.ts';
import { type ZoneData } from './zone-check.ts';
/** Records of one name, type and class (RFC 2181 §5), in the order of the file. */
export type RRset = {
    readonly type: number;
    readonly ttl: number;
    readonly data: readonly RData[];
};
/** Without sets: a name that exists because there are names below it (RFC 4592 §2.2.2). */
export type ZoneNode = {
    readonly name: DnsName;
    readonly sets: readonly RRset[];
};
export type Zone = ZoneData & {
    readonly nodes: ReadonlyMap<string, ZoneNode>;
};
type Soa = Extract<RData, {
    readonly kind: 'SOA';
}>;
/** Of data that `zoneFaults` has nothing against. */
export declare const zoneOf: ({ origin, records }: ZoneData) => Zone;
export declare const setOf: (node: ZoneNode | undefined, type: number) => RRset | undefined;
/** The zone's own SOA record. */
export declare const soaOf: ({ origin, nodes }: Zone) => {
    readonly ttl: number;
    readonly data: Soa;
};
/**
 * The zone with each set of `records` in the place of the one that it had, or new at its end, and with the next serial unless the
 * SOA record itself is among them; undefined where that would be no zone.
 */
export declare const editZone: (zone: Zone, records: readonly DnsRecord[]) => Zone | undefined;
export {};
