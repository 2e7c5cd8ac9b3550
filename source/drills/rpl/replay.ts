// The types of a parsed resolver replay script: configuration, ranges and steps as plain data, with the line and column of each.

import type {Position} from '../../lesson/position.ts';
import type {Problem} from '../../lesson/problem.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';

/** A problem that parsing a replay script found, with its line and column. */
export type ReplayProblem = Problem & {readonly position: Position};

/**
 * The suite to which a replay script belongs, which decides what `MATCH all` means, the order of ranges, and the defaults. Unbound's
 * scripts have a `stub-zone:`, Deckard's have none.
 */
export type Dialect = 'unbound' | 'deckard';

/** The resolver's settings that the configuration of a replay script can change. */
export type ReplayConfig = {
  /** The addresses of the root servers, the only servers that the resolver knows at the start. */
  readonly roots: readonly IpAddress[];
  readonly minimise: boolean;
  readonly minimalResponses: boolean;
  /** Whether the resolver removes NS records from the authority section of a positive answer (iter-scrub-promiscuous). */
  readonly scrubPromiscuous: boolean;
  readonly doIp6: boolean;
};

export const matchWords = [
  'opcode',
  'qtype',
  'qname',
  'subdomain',
  'question',
  'answer',
  'rcode',
  'all',
  'ttl',
  'TCP',
  'UDP',
] as const;
export type MatchWord = (typeof matchWords)[number];

export const adjustWords = ['copy_id', 'copy_query'] as const;
export type AdjustWord = (typeof adjustWords)[number];

/** An entry of a replay script: a DNS message to send, or the conditions that a received one has to meet. */
export type Entry = {
  /** The line and column of the entry's `ENTRY_BEGIN`. */
  readonly position: Position;
  readonly match: ReadonlySet<MatchWord>;
  readonly adjust: ReadonlySet<AdjustWord>;
  readonly message: DnsMessage;
  /** The octets between `HEX_ANSWER_BEGIN` and `HEX_ANSWER_END`, which are sent instead of the message; undefined if the entry has none. */
  readonly octets: Uint8Array | undefined;
};

/** The entries with which a scripted server answers while the number of the script's next step is from `first` to `last`. */
export type ReplayRange = {
  readonly first: number;
  readonly last: number;
  /** The addresses of the servers that answer with these entries; empty if every server does. */
  readonly addresses: readonly IpAddress[];
  readonly entries: readonly Entry[];
};

type StepAction =
  /** A client's query to the resolver; `address` is the client's, 127.0.0.1 if undefined. */
  | {readonly kind: 'QUERY'; readonly entry: Entry; readonly address: IpAddress | undefined}
  | {readonly kind: 'CHECK_ANSWER'; readonly entry: Entry; readonly address: IpAddress | undefined}
  /** A check that the resolver has sent such a query to the server at `address`; undefined: to any server. */
  | {readonly kind: 'CHECK_OUT_QUERY'; readonly entry: Entry; readonly address: IpAddress | undefined}
  | {readonly kind: 'REPLY'; readonly entry: Entry}
  | {readonly kind: 'TIME_PASSES'; readonly us: number}
  | {
      readonly kind: 'INFRA_RTT';
      readonly address: IpAddress;
      readonly zone: DnsName;
      readonly rttUs: number;
    }
  | {readonly kind: 'TRAFFIC' | 'NOTHING' | 'ERROR'};

export type ReplayStep = StepAction & {readonly number: number; readonly position: Position};
export type StepKind = ReplayStep['kind'];

export type Replay = {
  readonly dialect: Dialect;
  readonly config: ReplayConfig;
  readonly ranges: readonly ReplayRange[];
  readonly steps: readonly ReplayStep[];
};
