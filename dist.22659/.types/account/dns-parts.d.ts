import type { DnsMessage, DnsRecord, RData } from '../wire/dns/message.ts';
import { type DnsName } from '../wire/dns/name.ts';
import type { DnsFlagPart, DnsPart } from './part.ts';
/** As people say it: without the final dot. What is no letter of ASCII has an escape already (RFC 1035 §5.1). */
export declare const spokenName: (name: DnsName) => string;
/** Record data as short as people say them. */
export declare const spokenData: (data: RData) => string;
/** A record with its time to live: `y.abc.com 300 A 203.0.113.80`. */
export declare const spokenRecord: ({ name, ttl, type, data }: DnsRecord) => string;
export declare const dnsParts: (message: DnsMessage) => readonly [DnsPart, ...DnsFlagPart[]];
