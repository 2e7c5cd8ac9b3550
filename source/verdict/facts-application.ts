// What the findings about names, TLS, HTTP and QUIC tell, by id.

import type {HttpFault} from '../observe/http-faults.ts';
import type {Http2Fault} from '../observe/http2-faults.ts';
import type {WeakSuite} from './tls-weakness.ts';

type Role = 'client' | 'server';

export type WebSocketRule = 'unmasked' | 'masked' | 'opcode' | 'control' | 'continuation' | 'interrupted';

/** How many, and for how long: `us`. */
export type Count = {readonly count: number};
export type Lasted = {readonly us: number};

/** `count`: how often it was answered so; `why`: in the server's words; `helper`: who answered in the end. */
type FailedLookup = {
  readonly name: string;
  readonly rcode: string;
  readonly server: string;
  readonly count: number;
  readonly why: string | undefined;
  readonly helper: string | undefined;
};

export type NamesFacts = {
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
  readonly 'dns-failed': FailedLookup;
  /** `over`: it is no longer valid, else not yet; `covered`: the type of the records that it signs. */
  readonly 'dns-signature': {
    readonly name: string;
    readonly over: boolean;
    readonly date: string;
    readonly covered: string;
    readonly tag: number;
    readonly zone: string;
  };
  readonly 'dns-unanswered': Count & {readonly name: string; readonly type: string; readonly server: string};
  /** What does not fit: the number, the name, its letters, or the ends; `from`: who sent it. */
  readonly 'dns-odd-reply': Count & {
    readonly name: string;
    readonly kind: 'id' | 'question' | 'case' | 'ends';
    readonly from: string;
    readonly server: string;
  };
  readonly 'dns-cookie': Count & {readonly name: string; readonly server: string};
  /** `again`: the question was repeated over TCP. */
  readonly 'dns-truncated': {
    readonly name: string;
    readonly type: string;
    readonly server: string;
    readonly again: boolean;
  };
};

type Answered = Count & {readonly status: string; readonly request: string | undefined};

export type MessagesFacts = {
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
  readonly 'http-status': Answered;
  readonly 'http-client-error': Answered;
  /** `begun`: the answer had begun; `how`: who closed the connection first. */
  readonly 'http-unanswered': Count & {
    readonly request: string;
    readonly begun: boolean;
    readonly how: 'server' | 'client' | 'open';
    /** Asked without TLS on this port, where TLS is usual; undefined: on another one, or inside TLS. */
    readonly tlsPort: string | undefined;
  };
  readonly 'tls-weak-suite': {readonly suite: string; readonly why: WeakSuite; readonly split: boolean};
  /** Whose key opens what was recorded: that of the server's certificate, or the one behind a ticket. */
  readonly 'tls-no-forward-secrecy': {readonly how: 'rsa' | 'ticket'};
  readonly 'tls-certificate': Count & {
    readonly problem: 'over' | 'early' | 'name';
    readonly subject: string;
    readonly date: string;
    readonly taken: string;
    readonly site: string;
    readonly names: readonly string[];
  };
  readonly 'tls-canceled': {readonly by: Role; readonly alert: string};
  readonly 'tls-retry': {readonly group: string | undefined};
  readonly 'tls-early-data': {readonly fate: 'accepted' | 'refused' | 'unknown'};
  readonly 'tls-old-hello': {readonly answer: 'none' | 'alert' | 'other'};
  readonly 'h2-reset': Count & {
    readonly by: Role;
    readonly error: string;
    readonly streams: readonly string[];
    readonly more: boolean;
    readonly harmless: boolean;
  };
  /** `idleMs`: the time-out that was agreed on, 0: not seen. */
  readonly 'quic-gave-up': Count &
    Lasted & {readonly by: Role; readonly behind: number; readonly idleMs: number};
  readonly 'quic-gap': Count & Lasted & {readonly ids: readonly string[]};
  readonly 'quic-moved': {readonly by: Role; readonly from: string; readonly to: string};
  readonly 'quic-stream-reset': {
    readonly by: Role;
    readonly stream: string;
    readonly code: string;
    readonly asked: boolean;
  };
  readonly 'quic-version-negotiation': Count & {readonly offered: string; readonly names: readonly string[]};
  readonly 'quic-retry': {readonly bytes: number};
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
