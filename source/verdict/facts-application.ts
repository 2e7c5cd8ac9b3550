// The facts that findings about DNS, TLS, HTTP and QUIC state in their sentences, by finding ID.

import type {HttpFault} from '../observe/http-faults.ts';
import type {Http2Fault} from '../observe/http2-faults.ts';
import type {WeakSuite} from './tls-weakness.ts';

type Role = 'client' | 'server';

export type WebSocketRule = 'unmasked' | 'masked' | 'opcode' | 'control' | 'continuation' | 'interrupted';

/** Facts with a count of things; `Lasted` are facts with a time in µs. */
export type Count = {readonly count: number};
export type Lasted = {readonly us: number};

/**
 * The facts of a DNS lookup that failed. `count`: how often the answer came. `why`: the server's explanation (RFC 8914). `helper`: the
 * server that answered in the end.
 */
type FailedLookup = {
  readonly name: string;
  /** The kind of DNS query if it asks for no records, such as UPDATE; otherwise undefined. */
  readonly kind: string | undefined;
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
    /**
     * Why a DNS answer was late. `server`: the server took long. `lost`: a question or an answer was lost. `silent`: the server asked first
     * never answered.
     */
    readonly why: 'server' | 'lost' | 'silent';
    readonly us: number;
    readonly count: number;
    readonly server: string;
    /** The name server that the host asked first. */
    readonly first: string;
  };
  readonly 'dns-server-silent': {
    readonly server: string;
    readonly name: string;
    readonly count: number;
    /** True if the silent name server has answered other questions in the capture. */
    readonly others: boolean;
    /** The name server that answered instead of the silent one; undefined if none did. */
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
    /** The names that the host tried with its search list; only the first ones, and `more` is true if there are others. */
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
    /** True if the second DNS answer may also be an ordinary copy of the first, and no forgery. */
    readonly open: boolean;
    readonly count: number;
    /** The first address in the first of two contradicting DNS answers, and in the second; undefined if an answer has none. */
    readonly first: string | undefined;
    readonly second: string | undefined;
    /** The TTL or hop limit with which each of the two DNS answers arrived; 0 if unknown. */
    readonly firstHops: number;
    readonly secondHops: number;
    /** True if the two DNS answers arrived with different TTLs or hop limits, so that different machines may have sent them. */
    readonly hops: boolean;
  };
  readonly 'dns-malformed': {readonly name: string; readonly server: string; readonly count: number};
  readonly 'dns-failed': FailedLookup;
  /**
   * The facts of a DNSSEC signature outside its time. `over` is true if it has expired, false if it is not valid yet; `covered` is the type
   * of the signed records.
   */
  readonly 'dns-signature': {
    readonly name: string;
    readonly over: boolean;
    readonly date: string;
    readonly covered: string;
    readonly tag: number;
    readonly zone: string;
  };
  readonly 'dns-unanswered': Count & {readonly name: string; readonly type: string; readonly server: string};
  /**
   * The facts of a DNS reply that fits no question. `kind` is what differs: the ID, the name, the case of its letters, or the addresses and
   * ports; `from` is its sender.
   */
  readonly 'dns-odd-reply': Count & {
    readonly name: string;
    readonly kind: 'id' | 'question' | 'case' | 'ends';
    readonly from: string;
    readonly server: string;
  };
  readonly 'dns-cookie': Count & {readonly name: string; readonly server: string};
  /** The facts of a truncated DNS answer. `again` is true if the question was repeated over TCP. */
  readonly 'dns-truncated': {
    readonly name: string;
    readonly type: string;
    readonly server: string;
    readonly again: boolean;
  };
};

type Answered = Count & {readonly status: string; readonly request: string | undefined};

export type MessagesFacts = {
  /** The facts of a TLS alert. `early`: it came before the server had agreed to anything. `silent`: the alert does not tell the reason. */
  readonly 'tls-alert': {
    readonly by: Role;
    readonly alert: string;
    readonly early: boolean;
    readonly silent: boolean;
  };
  /**
   * The facts of a connection on which only one end speaks TLS. `tls` is that end; `answer` is the first line of the other, undefined if it
   * is no text.
   */
  readonly 'tls-plain-mismatch': {
    readonly tls: Role;
    readonly port: string;
    readonly answer: string | undefined;
  };
  readonly 'tls-untrusted': {
    readonly alert: string;
    readonly subject: string | undefined;
    readonly issuer: string | undefined;
    /** True if the server's certificate is self-signed: it names itself as its issuer. */
    readonly own: boolean;
    readonly expired: boolean;
    readonly otherName: boolean;
    /** The server name (SNI) that the client asked for; undefined if none was seen. */
    readonly site: string | undefined;
  };
  readonly 'tls-nothing-common': {readonly alert: string; readonly by: Role};
  /** The facts of a refused client certificate. `shown` is true if the client sent a certificate. */
  readonly 'tls-client-certificate': {readonly alert: string; readonly shown: boolean};
  readonly 'tls-old': {readonly version: string; readonly rfc: number};
  readonly 'tls-cut': {readonly bytes: number};
  readonly 'http-status': Answered;
  readonly 'http-client-error': Answered;
  /**
   * The facts of HTTP requests without a complete answer. `begun` is true if an answer had begun; `how` is the end that closed first, or
   * `open` if none did.
   */
  readonly 'http-unanswered': Count & {
    readonly request: string;
    readonly begun: boolean;
    readonly how: 'server' | 'client' | 'open';
    /** The server's port, if it usually carries TLS and the request came without TLS; otherwise undefined. */
    readonly tlsPort: string | undefined;
  };
  readonly 'tls-weak-suite': {readonly suite: string; readonly why: WeakSuite; readonly split: boolean};
  /**
   * The facts of a TLS connection without forward secrecy: the key of the server's certificate (`rsa`) or of a ticket decrypts a recording
   * of it.
   */
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
  /**
   * The facts of a QUIC connection on which an end gave up after a silence. `idleMs` is the agreed idle timeout in ms, 0 if it was not
   * seen.
   */
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
  /** The facts of a violation of HTTP/1. `others` is the number of further violations on the same connection. */
  readonly 'http-fault': {readonly fault: HttpFault; readonly others: number};
  /**
   * The facts of an HTTP/2 error. `guilty` is the end that broke the rules; `by` is the end that ended the connection, or the stream, with
   * `error`.
   */
  readonly 'http2-fault': {
    readonly fault: Http2Fault | undefined;
    readonly guilty: Role | undefined;
    readonly by: Role | undefined;
    readonly error: string | undefined;
    readonly stream: number | undefined;
  };
  /** The facts of an HTTP/3 error: the end `by` reports that the `other` end broke the rules. */
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
    /** The end that closed the WebSocket, with its close code and reason; undefined if none did. */
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
