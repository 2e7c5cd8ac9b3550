// Defines the notes in the Trace on what a DNS resolver does and packets do not show, such as cache hits.
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';

/** The ranks of data by trust, lowest first (RFC 2181 §5.4.1): the section that they arrived in, and whether the response had AA. */
export const trustOrder = [
  'additional',
  'authority',
  'additionalAA',
  'answer',
  'authorityAA',
  'answerAA',
] as const;

export type Trust = (typeof trustOrder)[number];

export type NegativeAnswer = 'NXDOMAIN' | 'NODATA';

/** The reason why a resolver does not ask a name server again for a question. */
export type ServerFault = 'lame' | 'recursion-lame' | 'error' | 'empty' | 'silent' | 'unreachable';

export type DnsNote =
  | {
      readonly kind: 'cache';
      readonly op: 'hit' | 'miss' | 'store' | 'expire';
      readonly name: DnsName;
      readonly type: number;
      readonly negative?: NegativeAnswer;
      /** The remaining TTL of the DNS cache entry in whole seconds. */
      readonly ttl: number;
      readonly records: readonly DnsRecord[];
      readonly trust?: Trust;
    }
  | {readonly kind: 'cache'; readonly op: 'flush'; readonly entries: number}
  /** The records from the hosts file with which a lookup was answered. */
  | {readonly kind: 'hosts'; readonly name: DnsName; readonly records: readonly DnsRecord[]}
  /** A resolver's search now turns to the name servers of this zone. */
  | {
      readonly kind: 'zone';
      readonly name: DnsName;
      readonly zone: DnsName;
      readonly from: 'cache' | 'referral';
    }
  | {readonly kind: 'alias'; readonly name: DnsName; readonly target: DnsName}
  /** A resolver first has to look up the address of a name server of the zone. */
  | {readonly kind: 'address'; readonly server: DnsName; readonly type: number; readonly zone: DnsName}
  | {
      readonly kind: 'server';
      readonly server: IpAddress;
      readonly zone: DnsName;
      readonly fault: ServerFault;
    }
  /**
   * The records of a DNS response that the resolver does not use, because they do not answer the question or are outside the server's zone.
   */
  | {readonly kind: 'scrubbed'; readonly server: IpAddress; readonly records: readonly DnsRecord[]}
  | {readonly kind: 'failed'; readonly name: DnsName; readonly type: number};
