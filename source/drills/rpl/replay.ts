// A resolver replay script as plain data: what stands in the file, with the place of each thing.

import type {Position} from '../../lesson/position.ts';
import type {Problem} from '../../lesson/problem.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';

/** A fault and its place in the script. */
export type ReplayProblem = Problem & {readonly position: Position};

/** Whose reading of `MATCH all`, and whose defaults: scripts of Unbound's suite have a `stub-zone:`, those of Deckard have none. */
export type Dialect = 'unbound' | 'deckard';

/** What the configuration means for the resolver. */
export type ReplayConfig = {
  /** Servers of the root, the only ones known at the start. */
  readonly roots: readonly IpAddress[];
  readonly minimise: boolean;
  readonly minimalResponses: boolean;
  /** Take an NS set off the authority section of a positive answer. */
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

/** A message, or what a message has to be like. */
export type Entry = {
  /** Of `ENTRY_BEGIN`. */
  readonly position: Position;
  readonly match: ReadonlySet<MatchWord>;
  readonly adjust: ReadonlySet<AdjustWord>;
  readonly message: DnsMessage;
  /** In place of the message: octets as they stand between `HEX_ANSWER_BEGIN` and `HEX_ANSWER_END`. */
  readonly octets: Uint8Array | undefined;
};

/** What a server says while a step of `first` to `last` is the next one. */
export type ReplayRange = {
  readonly first: number;
  readonly last: number;
  /** None: whatever the address. */
  readonly addresses: readonly IpAddress[];
  readonly entries: readonly Entry[];
};

type StepAction =
  /** `address`: the client's; absent: 127.0.0.1. */
  | {readonly kind: 'QUERY'; readonly entry: Entry; readonly address: IpAddress | undefined}
  | {readonly kind: 'CHECK_ANSWER'; readonly entry: Entry; readonly address: IpAddress | undefined}
  /** `address`: the server's; absent: any. */
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
