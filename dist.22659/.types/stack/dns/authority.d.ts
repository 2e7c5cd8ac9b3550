import type { DnsMessage } from '../../wire/dns/message.ts';
import type { AuthorityRuleId } from './rules.ts';
import type { Zone } from './zone.ts';
export type Answered = {
    readonly response: DnsMessage;
    readonly because: AuthorityRuleId;
};
/** `udpSize`: octets of UDP payload that this server can take, told in an OPT record where the query has one. */
export declare const answerFrom: (zones: readonly Zone[], query: DnsMessage, { udpSize }: {
    readonly udpSize: number;
}) => Answered;
