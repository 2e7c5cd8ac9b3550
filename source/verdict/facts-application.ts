// The facts of the findings about names, TLS, HTTP and QUIC, by ID.

import type {HttpFault} from '../observe/http-faults.ts';
import type {Http2Fault} from '../observe/http2-faults.ts';
import type {WeakSuite} from './tls-weakness.ts';

type Role = 'client' | 'server';

export type WebSocketRule = 'unmasked' | 'masked' | 'opcode' | 'control' | 'continuation' | 'interrupted';

/** A number of things, and a time in µs. */
export type Count = {readonly count: number};
export type Lasted = {readonly us: number};

/** `count`: how often this answer came. `why`: the server's words. `helper`: the server that answered in the end. */
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
    /** `lost`: a question or an answer was lost. `silent`: the server that was asked first never answered. */
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
    /** True if the server answers other questions. */
    readonly others: boolean;
    /** The server that answered in its place. */
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
    /** The first names that were tried. */
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
    /** True if another explanation is possible. */
    readonly open: boolean;
    readonly count: number;
    /** The first address in each of the two answers. */
    readonly first: string | undefined;
    readonly second: string | undefined;
    /** The remaining TTL or hop limit of each answer. */
    readonly firstHops: number;
    readonly secondHops: number;
    /** True if the two TTLs or hop limits differ. */
    readonly hops: boolean;
  };
  readonly 'dns-malformed': {readonly name: string; readonly server: string; readonly count: number};
  readonly 'dns-failed': FailedLookup;
  /** `over` is true if the signature has expired, false if it is not valid yet; `covered` is the type of the records that it signs. */
  readonly 'dns-signature': {
    readonly name: string;
    readonly over: boolean;
    readonly date: string;
    readonly covered: string;
    readonly tag: number;
    readonly zone: string;
  };
  readonly 'dns-unanswered': Count & {readonly name: string; readonly type: string; readonly server: string};
  /** `kind` is what does not fit: the ID, the name, its letters, or the ends; `from` is the sender. */
  readonly 'dns-odd-reply': Count & {
    readonly name: string;
    readonly kind: 'id' | 'question' | 'case' | 'ends';
    readonly from: string;
    readonly server: string;
  };
  readonly 'dns-cookie': Count & {readonly name: string; readonly server: string};
  /** `again` is true if the question was repeated over TCP. */
  readonly 'dns-truncated': {
    readonly name: string;
    readonly type: string;
    readonly server: string;
    readonly again: boolean;
  };
};

type Answered = Count & {readonly status: string; readonly request: string | undefined};

export type MessagesFacts = {
  /** `early`: before the server had agreed to anything. `silent`: the alert does not tell the reason. */
  readonly 'tls-alert': {
    readonly by: Role;
    readonly alert: string;
    readonly early: boolean;
    readonly silent: boolean;
  };
  /** `tls` is the end that speaks TLS; `answer` is the other end's first line, if it is text. */
  readonly 'tls-plain-mismatch': {
    readonly tls: Role;
    readonly port: string;
    readonly answer: string | undefined;
  };
  readonly 'tls-untrusted': {
    readonly alert: string;
    readonly subject: string | undefined;
    readonly issuer: string | undefined;
    /** True if the certificate names itself as its issuer. */
    readonly own: boolean;
    readonly expired: boolean;
    readonly otherName: boolean;
    /** The name that the client asked for. */
    readonly site: string | undefined;
  };
  readonly 'tls-nothing-common': {readonly alert: string; readonly by: Role};
  /** `shown` is true if the client did send a certificate. */
  readonly 'tls-client-certificate': {readonly alert: string; readonly shown: boolean};
  readonly 'tls-old': {readonly version: string; readonly rfc: number};
  readonly 'tls-cut': {readonly bytes: number};
  readonly 'http-status': Answered;
  readonly 'http-client-error': Answered;
  /** `begun` is true if the answer had begun; `how` is the end that closed the connection first. */
  readonly 'http-unanswered': Count & {
    readonly request: string;
    readonly begun: boolean;
    readonly how: 'server' | 'client' | 'open';
    /** The port, if it usually carries TLS and the request came without; undefined otherwise. */
    readonly tlsPort: string | undefined;
  };
  readonly 'tls-weak-suite': {readonly suite: string; readonly why: WeakSuite; readonly split: boolean};
  /** The key that decrypts a recorded connection: that of the server's certificate, or the one of a ticket. */
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
  /** `idleMs` is the agreed idle timeout; 0 if it was not seen. */
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
  /** `others` is the number of further kinds of faults on the same connection. */
  readonly 'http-fault': {readonly fault: HttpFault; readonly others: number};
  /** `guilty` broke the rules; `by` ended the connection, or the stream, with this error. */
  readonly 'http2-fault': {
    readonly fault: Http2Fault | undefined;
    readonly guilty: Role | undefined;
    readonly by: Role | undefined;
    readonly error: string | undefined;
    readonly stream: number | undefined;
  };
  /** `by` reports the fault of the `other` end. */
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
    /** The end that closed the WebSocket, with its code and reason. */
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
