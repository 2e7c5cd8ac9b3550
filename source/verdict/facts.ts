// What the sentence of each finding tells, by its id: counts, times in microseconds (names end in Us), names and addresses.

import type {HttpFault} from '../observe/http-faults.ts';
import type {Http2Fault} from '../observe/http2-faults.ts';
import type {FindingId} from './ids.ts';
import type {WebSocketRule} from './websocket-failures.ts';

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

/** Who is meant. */
type Role = 'client' | 'server';

type MessagesFacts = {
  /** `early`: before the server had agreed to anything; `silent`: the alert does not tell the reason. */
  readonly 'tls-alert': {
    readonly by: Role;
    readonly alert: string;
    readonly early: boolean;
    readonly silent: boolean;
  };
  /** `tls`: the end that speaks TLS; `answer`: the first line of the other one, where it is text. */
  readonly 'tls-plain-mismatch': {
    readonly tls: Role;
    readonly port: string;
    readonly answer: string | undefined;
  };
  readonly 'tls-untrusted': {
    readonly alert: string;
    readonly subject: string | undefined;
    readonly issuer: string | undefined;
    /** It names itself as its issuer. */
    readonly own: boolean;
    readonly expired: boolean;
    readonly otherName: boolean;
    /** The name that the client asked for. */
    readonly site: string | undefined;
  };
  readonly 'tls-nothing-common': {readonly alert: string; readonly by: Role};
  /** `shown`: the client did show one. */
  readonly 'tls-client-certificate': {readonly alert: string; readonly shown: boolean};
  readonly 'tls-old': {readonly version: string; readonly rfc: number};
  readonly 'tls-cut': {readonly bytes: number};
  readonly 'http-status': {
    readonly status: string;
    readonly count: number;
    readonly request: string | undefined;
  };
  /** `others`: so many more kinds on the same connection. */
  readonly 'http-fault': {readonly fault: HttpFault; readonly others: number};
  /** `guilty`: who broke the rules; `by`: who ended the connection, or the stream, with this error. */
  readonly 'http2-fault': {
    readonly fault: Http2Fault | undefined;
    readonly guilty: Role | undefined;
    readonly by: Role | undefined;
    readonly error: string | undefined;
    readonly stream: number | undefined;
  };
  /** `by`: who says so, of the `other`. */
  readonly 'http3-fault': {
    readonly by: Role;
    readonly other: Role;
    readonly code: string;
    readonly reason: string | undefined;
    readonly stream: number | undefined;
  };
  readonly 'websocket-fault': {
    readonly guilty: Role;
    readonly rule: WebSocketRule | undefined;
    readonly clause: string | undefined;
    /** Who closed it, with which code and words. */
    readonly by: Role | undefined;
    readonly code: string | undefined;
    readonly reason: string | undefined;
  };
  readonly 'quic-unanswered': {readonly count: number; readonly server: string; readonly us: number};
  readonly 'quic-closed': {
    readonly by: Role;
    readonly code: string;
    readonly application: boolean;
    readonly reason: string | undefined;
  };
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
