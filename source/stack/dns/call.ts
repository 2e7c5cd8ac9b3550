// The calls of a program that resolves names, and their answers.
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ProgramEffect, ProgramEvent} from '../program.ts';
import type {DnsBecause} from './cases.ts';
import type {DnsNote} from './note.ts';
import type {AuthorityRuleId} from './rules.ts';

/** One line of the hosts file (RFC 1123 §6.1.3.8). */
export type HostsEntry = {readonly name: DnsName; readonly address: IpAddress};

export type DnsCall =
  | {
      readonly call: 'resolve';
      readonly name: string;
      /** The registry's number of the type. */
      readonly type: number;
      /** The UDP payload size to announce; 0 means no OPT record. @default the settings' */
      readonly edns?: number;
    }
  | {readonly call: 'flushCache'}
  | {readonly call: 'setHosts'; readonly entries: readonly HostsEntry[]}
  /** Sets that server's round-trip time as if it had just been measured. */
  | {readonly call: 'measured'; readonly server: IpAddress; readonly rttUs: number};

type DnsResult =
  | 'ok'
  | 'NXDOMAIN'
  | 'NODATA'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'FORMERR'
  | 'NOTIMP'
  | 'timedOut'
  /** The name exceeds the limits of RFC 1035 §2.3.4, so nothing was sent. */
  | 'EINVAL';

export type DnsAnswer = {
  readonly result: DnsResult;
  /** The RRset that was asked for, without the CNAMEs that led there. */
  readonly records: readonly DnsRecord[];
  /** The CNAMEs in the order in which they were followed. */
  readonly chain: readonly DnsRecord[];
  /** The smallest TTL of all in seconds; absent without records. */
  readonly ttl?: number;
  readonly from: 'hosts' | 'cache' | 'network' | 'call';
};

/** The result of a finished search for the user of a resolver. */
export type Outcome = {
  readonly rcode: number;
  readonly chain: readonly DnsRecord[];
  /** ANSWER contains the chain and these records. */
  readonly records: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly fromCache: boolean;
  /** True if a response has just brought the answer. */
  readonly heard?: true;
  /** The rule of an answer from the resolver's own zones. */
  readonly own?: AuthorityRuleId;
};

/** An empty result, to which `chain` and others may be added. */
export const nothingFound = {chain: [], records: [], authorities: [], additionals: []} as const;

export type DnsEvent = ProgramEvent<DnsCall, never>;
export type DnsEffect = ProgramEffect<DnsNote, DnsAnswer, DnsBecause>;

type Giving = {readonly effects: DnsEffect[]};

export const note = ({effects}: Giving, what: DnsNote, because: DnsBecause): void => {
  effects.push({kind: 'note', note: what, because});
};

export const emptyAnswer = {records: [], chain: [], from: 'call'} as const;

export const giveBack = ({effects}: Giving, token: number, answer: DnsAnswer, because?: DnsBecause): void => {
  effects.push({kind: 'return', token, answer, ...(because ? {because} : {})});
};
