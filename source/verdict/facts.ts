// What the sentence of each finding tells, by its id: counts, times in microseconds (names end in Us), names and addresses.
import type {FindingId} from './ids.ts';

/** What a finding has of which the sentence needs no more than its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type OpeningFacts = {
  readonly refused: Nothing;
};

type CarryingFacts = {
  readonly 'ecn-marked': Nothing;
};

type EndingFacts = {
  readonly 'half-closed': Nothing;
};

/** `count`: how often it was answered so; `why`: in the server's words; `helper`: who answered in the end. */
type FailedLookup = {
  readonly name: string;
  readonly server: string;
  readonly count: number;
  readonly why: string | undefined;
  readonly helper: string | undefined;
};

type NamesFacts = {
  readonly 'dns-slow': {
    readonly name: string;
    readonly type: string;
    /** `lost`: a question or an answer was; `silent`: the server that was asked first never answered. */
    readonly why: 'server' | 'lost' | 'silent';
    readonly us: number;
    readonly count: number;
    readonly server: string;
    /** The server that was asked first. */
    readonly first: string;
  };
  readonly 'dns-server-silent': {
    readonly server: string;
    readonly name: string;
    readonly count: number;
    /** It answers other questions. */
    readonly others: boolean;
    /** Who answered in its place. */
    readonly helper: string | undefined;
  };
  readonly 'dns-truncated-tcp-blocked': {
    readonly name: string;
    readonly type: string;
    readonly server: string;
    readonly how: 'silent' | 'refused';
    readonly count: number;
    readonly settled: boolean;
  };
  readonly 'dns-search-list': {
    readonly name: string;
    readonly count: number;
    /** The first ones that were tried. */
    readonly names: readonly string[];
    readonly more: boolean;
    readonly found: string | undefined;
  };
  readonly 'dns-nxdomain': FailedLookup;
  readonly 'dns-servfail': FailedLookup;
  readonly 'dns-refused': FailedLookup;
  readonly 'dns-forged': {
    readonly name: string;
    readonly server: string;
    readonly kind: 'second' | 'guesses';
    /** Another explanation is open. */
    readonly open: boolean;
    readonly count: number;
    /** The first address in each of the two answers. */
    readonly first: string | undefined;
    readonly second: string | undefined;
    /** What each has left of its TTL or hop limit. */
    readonly firstHops: number;
    readonly secondHops: number;
    /** They differ in it. */
    readonly hops: boolean;
  };
  readonly 'dns-malformed': {readonly name: string; readonly server: string; readonly count: number};
};

type MessagesFacts = {
  readonly 'tls-old': Nothing;
};

type NetworkFacts = {
  readonly 'dhcp-no-offer': Nothing;
};

type CaptureFacts = {
  readonly 'one-direction': Nothing;
};

type Facts = OpeningFacts &
  CarryingFacts &
  EndingFacts &
  NamesFacts &
  MessagesFacts &
  NetworkFacts &
  CaptureFacts;

export type FactsOf<Id extends FindingId> = Id extends keyof Facts ? Facts[Id] : Nothing;
