import type { DnsRecord, RData } from './message.ts';
export declare const rdataText: (data: RData) => string;
/** `y.abc.com. 300 A 203.0.113.80`. */
export declare const recordText: ({ name, ttl, type, data }: DnsRecord) => string;
