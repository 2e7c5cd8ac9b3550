// Defines the calls of a program that resolves DNS names (stub or recursive resolver), and their answers.
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ProgramEffect, ProgramEvent} from '../program.ts';
import type {DnsBecause} from './cases.ts';
import type {DnsNote} from './note.ts';
import type {AuthorityRuleId} from './rules.ts';

/** One line of a host's hosts file: a name and its address (RFC 1123 §6.1.3.8). */
export type HostsEntry = {readonly name: DnsName; readonly address: IpAddress};

export type DnsCall =
  | {
      readonly call: 'resolve';
      readonly name: string;
      /** The DNS record type to look up, as a number of the IANA registry. */
      readonly type: number;
      /**
       * The UDP payload size that the query announces in an OPT record; 0 means no OPT record. @default the one in the resolver's settings
       */
      readonly edns?: number;
    }
  | {readonly call: 'flushCache'}
  | {readonly call: 'setHosts'; readonly entries: readonly HostsEntry[]}
  /** A call that sets the round-trip time of a name server in the resolver's memory, as if it had just been measured. */
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
  /** The DNS name to resolve exceeds the limits of RFC 1035 §2.3.4 or is not valid otherwise, so nothing was sent. */
  | 'EINVAL';

export type DnsAnswer = {
  readonly result: DnsResult;
  /** The DNS records that were asked for, without the CNAMEs that led to them. */
  readonly records: readonly DnsRecord[];
  /** The CNAMEs that the DNS lookup followed, in order. */
  readonly chain: readonly DnsRecord[];
  /** The smallest TTL in seconds of all records and CNAMEs of the DNS answer; absent without records. */
  readonly ttl?: number;
  readonly from: 'hosts' | 'cache' | 'network' | 'call';
};

/** The result of a resolver's finished search, for the client or program that asked. */
export type Outcome = {
  readonly rcode: number;
  readonly chain: readonly DnsRecord[];
  /** The records that follow the chain of CNAMEs in the ANSWER section of the resolver's response. */
  readonly records: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly fromCache: boolean;
  /** True if a response that has just arrived answered the resolver's search. */
  readonly heard?: true;
  /** The id of the rule that applied, if the answer comes from the resolver's own zones. */
  readonly own?: AuthorityRuleId;
};

/** An empty result of a DNS search, to which callers add the rcode and what they have, such as `chain`. */
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
