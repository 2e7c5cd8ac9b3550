// The common part of all name servers on port 53: sizes, octets that are no query, idle connections (RFC 1035 §4, RFC 7766).
import type {Edns} from '../../wire/dns/edns.ts';
import {dnsHeader, flagsOf} from '../../wire/dns/header.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {encodeDnsWithin} from '../../wire/dns/truncate.ts';
import {idleTimer, type StreamId} from '../program.ts';
import type {Reason} from '../reason.ts';
import type {AuthorityRuleId} from './rules.ts';

/** The size in octets of a DNS message that everybody can receive over UDP (RFC 1035 §4.2.1). */
const udpOctetsLeast = 512;
/** The largest DNS message over TCP in octets, which is the largest value of the length field before it (RFC 1035 §4.2.2). */
export const tcpOctetsMost = 0xffff;
const idleUs = 10_000_000;

type Head = Pick<DnsMessage, 'id' | 'opcode' | 'flags'>;

/**
 * Returns the header of octets that cannot be decoded as a DNS message; undefined if they are too short for a header, or if it is that of a
 * response.
 */
export const unreadHead = (bytes: Uint8Array): Head | undefined => {
  if (bytes.length < dnsHeader.size) return undefined;
  const {id, flags: word} = dnsHeader.read(bytes, 0);
  const flags = flagsOf(word);
  return flags.qr ? undefined : {id, opcode: (word >> 11) & 0xf, flags};
};

type Sending<Rule> = {
  /**
   * The OPT record of the DNS query. Without it the client can receive 512 octets over UDP, and smaller sizes in it also mean 512
   * (RFC 6891 §6.2.3).
   */
  readonly edns: Edns | undefined;
  /** The largest UDP response in octets that this DNS server sends. */
  readonly most: number;
  readonly because: Rule;
};

/**
 * The limits that the size of a DNS server's UDP response may have: the 512 octets of RFC 1035 §4.2.1, the size in the query's OPT record,
 * or the server's own limit (RFC 6891 §6.2.5).
 */
export const udpLimits = ['rule', 'query', 'server'] as const;

type Truncated = Reason<'1035:4.2.1/truncated', Record<never, never>>;

/** Returns the octets of a DNS response that fits into a UDP datagram, truncated with TC if need be, and the rule for it. */
export const datagramData = <Rule>(
  response: DnsMessage,
  {edns, most, because}: Sending<Rule>,
): {readonly data: Uint8Array; readonly because: Rule | Truncated} => {
  const allowed = Math.max(edns?.udpSize ?? udpOctetsLeast, udpOctetsLeast);
  const octets = Math.min(allowed, most);
  const data = encodeDnsWithin(response, octets);
  const truncated = flagsOf(dnsHeader.read(data, 0).flags).tc;
  const limit: (typeof udpLimits)[number] = !edns ? 'rule' : octets < allowed ? 'server' : 'query';
  const cut: Truncated = {rule: '1035:4.2.1/truncated', facts: {octets, limit}};
  return {data, because: truncated ? cut : because};
};

type Timer = {readonly kind: 'timer'; readonly timer: string; readonly because: AuthorityRuleId};

/** Returns the effect that starts the timer after which a DNS server closes an idle TCP connection. */
export const startIdle = (
  stream: StreamId,
  nowUs: number,
): Timer & {readonly op: 'arm'; readonly dueUs: number} => ({
  ...{kind: 'timer', timer: idleTimer(stream), op: 'arm', dueUs: nowUs + idleUs},
  because: '7766:6.2.3/idle/start',
});

export const stopIdle = (stream: StreamId): Timer & {readonly op: 'cancel'} => ({
  ...{kind: 'timer', timer: idleTimer(stream), op: 'cancel', because: '7766:6.2.3/idle/stop'},
});
