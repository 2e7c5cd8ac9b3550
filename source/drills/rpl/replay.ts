// A resolver replay script as plain data: the content of the file, with the place of each thing.

import type {Position} from '../../lesson/position.ts';
import type {Problem} from '../../lesson/problem.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';

/** A problem with its place in the script. */
export type ReplayProblem = Problem & {readonly position: Position};

/**
 * The dialect, which decides the meaning of `MATCH all` and the defaults: scripts of Unbound's suite have a `stub-zone:`, those of Deckard
 * have none.
 */
export type Dialect = 'unbound' | 'deckard';

/** The configuration's settings for the resolver. */
export type ReplayConfig = {
  /** Servers of the root, the only ones known at the start. */
  readonly roots: readonly IpAddress[];
  readonly minimise: boolean;
  readonly minimalResponses: boolean;
  /** Whether an NS set is removed from the authority section of a positive answer. */
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

/** A message, or the conditions on one. */
export type Entry = {
  /** The place of `ENTRY_BEGIN`. */
  readonly position: Position;
  readonly match: ReadonlySet<MatchWord>;
  readonly adjust: ReadonlySet<AdjustWord>;
  readonly message: DnsMessage;
  /** Octets between `HEX_ANSWER_BEGIN` and `HEX_ANSWER_END`, which replace the message. */
  readonly octets: Uint8Array | undefined;
};

/** The answers of a server while a step of `first` to `last` is the next one. */
export type ReplayRange = {
  readonly first: number;
  readonly last: number;
  /** The addresses of the server; empty for any address. */
  readonly addresses: readonly IpAddress[];
  readonly entries: readonly Entry[];
};

type StepAction =
  /** A step with the client's `address`; absent: 127.0.0.1. */
  | {readonly kind: 'QUERY'; readonly entry: Entry; readonly address: IpAddress | undefined}
  | {readonly kind: 'CHECK_ANSWER'; readonly entry: Entry; readonly address: IpAddress | undefined}
  /** A step with the server's `address`; absent: any. */
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
