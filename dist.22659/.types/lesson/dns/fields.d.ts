import type { DnsMessage } from '../../wire/dns/message.ts';
import { type FieldReader } from '../field-value.ts';
/** A segment may carry several messages. */
type Reader = FieldReader<readonly DnsMessage[]>;
export declare const dnsFields: {
    'dns.id': Reader;
    'dns.flags.response': Reader;
    'dns.flags.opcode': Reader;
    'dns.flags.authoritative': Reader;
    'dns.flags.truncated': Reader;
    'dns.flags.recdesired': Reader;
    'dns.flags.recavail': Reader;
    'dns.flags.rcode': Reader;
    'dns.count.queries': Reader;
    'dns.count.answers': Reader;
    'dns.count.auth_rr': Reader;
    'dns.count.add_rr': Reader;
    'dns.qry.name': Reader;
    'dns.qry.type': Reader;
    'dns.resp.name': Reader;
    'dns.resp.type': Reader;
    'dns.resp.ttl': Reader;
    'dns.a': Reader;
    'dns.aaaa': Reader;
    'dns.ns': Reader;
    'dns.cname': Reader;
    'dns.rr.udp_payload_size': Reader;
};
/** Those whose values are text. */
export declare const dnsTexts: readonly (keyof typeof dnsFields)[];
export {};
