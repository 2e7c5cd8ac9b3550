// The actions of a resolver that packets do not show, for the Trace.
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

/** The reason why a server is not asked again for a question. */
export type ServerFault = 'lame' | 'recursion-lame' | 'error' | 'empty' | 'silent' | 'unreachable';

export type DnsNote =
  | {
      readonly kind: 'cache';
      readonly op: 'hit' | 'miss' | 'store' | 'expire';
      readonly name: DnsName;
      readonly type: number;
      readonly negative?: NegativeAnswer;
      /** The remaining whole seconds of the TTL. */
      readonly ttl: number;
      readonly records: readonly DnsRecord[];
      readonly trust?: Trust;
    }
  | {readonly kind: 'cache'; readonly op: 'flush'; readonly entries: number}
  /** The records that the hosts file answered. */
  | {readonly kind: 'hosts'; readonly name: DnsName; readonly records: readonly DnsRecord[]}
  /** The servers of this zone are asked from now on. */
  | {
      readonly kind: 'zone';
      readonly name: DnsName;
      readonly zone: DnsName;
      readonly from: 'cache' | 'referral';
    }
  | {readonly kind: 'alias'; readonly name: DnsName; readonly target: DnsName}
  /** The address of a name server has to be found first. */
  | {readonly kind: 'address'; readonly server: DnsName; readonly type: number; readonly zone: DnsName}
  | {
      readonly kind: 'server';
      readonly server: IpAddress;
      readonly zone: DnsName;
      readonly fault: ServerFault;
    }
  /** Records of a response that are not used. */
  | {readonly kind: 'scrubbed'; readonly server: IpAddress; readonly records: readonly DnsRecord[]}
  | {readonly kind: 'failed'; readonly name: DnsName; readonly type: number};
