import type { DnsRecord } from '../../wire/dns/message.ts';
import type { DnsName } from '../../wire/dns/name.ts';
import { type Result } from '../../wire/result.ts';
import { type ZoneData } from './zone-check.ts';
import type { ZoneProblem } from './zone-problem.ts';
/** What holds before the first line: the `origin` of relative names, a default TTL in seconds. */
type ZoneGround = {
    readonly origin?: DnsName | undefined;
    readonly ttl?: number;
    /** The first is that of records which name none. @default IN alone */
    readonly classes?: readonly [number, ...number[]];
};
/** Lines of a zone file that need not be a whole zone. */
export declare const parseRecords: (text: string, ground?: ZoneGround) => Result<readonly DnsRecord[], readonly ZoneProblem[]>;
/** A whole zone; its apex is where its SOA record stands. */
export declare const parseZone: (text: string, origin?: DnsName) => Result<ZoneData, readonly ZoneProblem[]>;
export {};
