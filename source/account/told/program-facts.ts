// Defines the facts of the sentences on programs: names in DNS, pages in HTTP, the handshake of TLS.

import type {NegativeAnswer, ServerFault} from '../../stack/dns/note.ts';
import type {PathFault} from '../../stack/tls/certificate-path.ts';
import type {RecoveryFault} from '../../stack/tls/tls12/leaked-key.ts';
import type {NameError} from '../../wire/dns/name.ts';
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {Foreign} from '../foreign.ts';

type Ends = {readonly host: string; readonly peer: string};
type Question = {readonly name: Foreign; readonly type: number};

/** The data of a DNS record as a zone file writes them; for a long text its length in bytes and the number of its strings. */
export type RecordData = Foreign | {readonly bytes: number; readonly strings: number};

export type ProgramFacts = {
  asks: Ends & Question & {readonly recursive: boolean};
  /**
   * A sentence on a DNS referral. `type`: the type that was asked for, if other questions are open at the same time. `more`: the number of
   * further servers.
   */
  refers: Ends & {readonly type: number | undefined; readonly zone: Foreign; readonly more: number};
  answers: Ends &
    Question & {
      readonly data: RecordData;
      readonly more: number;
      /** True if all records of the DNS answer have one name and one type. */
      readonly alike: boolean;
      /** The second record of a DNS answer with two: the one after an alias, or the other one of a record set. */
      readonly second: (Question & {readonly data: RecordData; readonly ttl: number}) | undefined;
      readonly ttl: number;
      readonly origin: 'own' | 'others' | 'forged';
      /** The host in whose name a DNS answer is forged; undefined if it is not forged. */
      readonly alleged: string | undefined;
      /** The number of DNS answers that are sent at once; forged ones go to different ports, with different IDs. */
      readonly times: number;
    };
  /** A sentence on the owner of a DNS zone who changes it; the facts contain the first new record. */
  editsZone: Question & {readonly host: string; readonly data: RecordData; readonly ttl: number};
  /**
   * A sentence on a DNS response without an answer. `alias`: the name exists, and its target does not. `limit`: how long the response may
   * be over UDP, and what limits it.
   */
  answersNothing: Ends & {
    readonly why: string;
    readonly question: Question | undefined;
    readonly alias: boolean;
    readonly limit: {readonly octets: number; readonly by: 'rule' | 'query' | 'server'} | undefined;
  };
  /** A sentence on an answer to a copy of a DNS query that was already answered; `settled` is true if the asker has that answer. */
  answersCopy: Ends & {readonly settled: boolean};
  /**
   * A sentence on an answer from a DNS cache. `negative`: the cached fact is that there are no such data. `asked`: the name with other
   * upper- and lower-case letters.
   */
  fromCache: Question & {
    readonly host: string;
    readonly ttl: number;
    readonly negative: NegativeAnswer | undefined;
    readonly asked: Foreign | undefined;
    /** True if a sentence about the same instant tells what the DNS answer is. */
    readonly answered: boolean;
    /** The record that the zone has by now, if it differs from the cached one, and the time in µs since which it does. */
    readonly stale: {readonly data: RecordData; readonly sinceUs: number} | undefined;
  };
  /**
   * A sentence on an entry of a DNS cache that has expired. `asks`: the question is sent again, which is not told separately. `alias`: an
   * unexpired name that leads to this one.
   */
  cacheExpired: Question & {
    readonly host: string;
    readonly negative: NegativeAnswer | undefined;
    readonly asks: boolean;
    readonly alias: {readonly name: Foreign; readonly ttl: number} | undefined;
  };
  /** A sentence on a DNS cache that somebody empties; `entries` is the number of its entries. */
  cacheFlushed: {readonly host: string; readonly entries: number};
  /**
   * A sentence on a DNS server that does not help. `code`: that of an error. `zone`: that of a referral without addresses. `overTcp`: the
   * response over UDP was truncated, so TCP was used.
   */
  serverFault: {
    readonly host: string;
    readonly server: string;
    readonly fault: ServerFault;
    readonly code: string | undefined;
    readonly zone: Foreign | undefined;
    readonly overTcp: boolean;
  };
  resolved: {
    readonly host: string;
    readonly name: Foreign;
    readonly type: number;
    readonly data: RecordData | undefined;
    readonly result: string;
    /** True if DNS aliases led from the resolved name to another one. */
    readonly alias: boolean;
    /** Why such a name cannot be asked for in DNS; undefined if it can. */
    readonly fault: NameError | undefined;
  };
  /**
   * A sentence on an HTTP request. `line`: what was sent in place of a request line. `again`: the request was sent before, on another
   * connection or as early data.
   */
  requests: {
    readonly host: string;
    readonly method: Foreign;
    readonly target: Foreign;
    readonly nth: number;
    readonly line: Foreign | undefined;
    readonly again: 'not' | 'elsewhere' | 'handshake';
    /** True if none of the HTTP message can be sent yet, because of a window or for lack of room. */
    readonly waits: boolean;
  };
  responds: {
    readonly host: string;
    readonly waits: boolean;
    readonly target: Foreign;
    readonly status: number;
    readonly bytes: number;
  };
  /** A sentence on a server that finds no target in an HTTP request; `line` is true if that is because it has no request line. */
  cannotRead: {
    readonly host: string;
    readonly status: number;
    readonly bytes: number;
    readonly line: boolean;
  };
  /**
   * A sentence on a browser that reads an HTTP response. `target` is undefined if the request had none that could be parsed; `unread` is
   * true if that is why the status is 400.
   */
  responseRead: {
    readonly host: string;
    readonly target: Foreign | undefined;
    readonly status: number;
    readonly bytes: number;
    readonly whole: boolean;
    readonly unread: boolean;
  };
  /**
   * A sentence on an HTTP redirect. `self`: to the same URL. `asked`: the method that was redirected. `content`: its request had content.
   */
  redirected: {
    readonly host: string;
    readonly status: number;
    readonly to: Foreign;
    readonly followed: boolean;
    readonly self: boolean;
    readonly method: Foreign;
    readonly asked: Foreign;
    readonly content: boolean;
  };
  /**
   * A sentence on cookies to which the same happens. `replaces`: there was another value. `tooLong`: why they are refused (RFC 6265 §6.1).
   * `reason`: why they are not sent.
   */
  cookies: {
    readonly host: string;
    readonly op: 'stored' | 'refused' | 'withheld' | 'dropped';
    readonly names: readonly Foreign[];
    readonly domain: Foreign;
    readonly replaces: boolean;
    readonly tooLong: boolean;
    readonly reason: Withheld | undefined;
  };
  /** A sentence on an operation of a server on one of its sessions. */
  session: {
    readonly host: string;
    readonly op: 'created' | 'unknown' | 'expired' | 'ended';
    readonly id: Foreign;
    readonly user: Foreign | undefined;
  };
  cached: {
    readonly host: string;
    readonly url: Foreign;
    readonly freshS: number;
    readonly op: 'hit' | 'stale' | 'revalidated';
  };
  /**
   * A sentence on HTTP requests that a browser retries. `how`: they are repeated on another connection, or after the handshake; or not,
   * because that is `unsafe` or was done often enough.
   */
  retries: {
    readonly host: string;
    readonly what: readonly Foreign[];
    readonly how: 'elsewhere' | 'handshake' | 'unsafe' | 'often';
    /** True if a client sends some of the repeated HTTP requests in this instant. */
    readonly now: boolean;
    /** The number of connections that a client opens in this instant to repeat HTTP requests. */
    readonly opened: number;
  };
  /** A site that a client visits only with TLS from now on, for `seconds` (HSTS, RFC 6797). */
  strictKept: {readonly host: string; readonly site: Foreign; readonly seconds: number};
  strictUsed: {readonly host: string; readonly from: Foreign; readonly to: Foreign};
  /**
   * A host sends a ClientHello or ServerHello. `waits` is true if the hello cannot be sent yet, because a window is closed or a buffer has
   * no room.
   */
  hello: {
    readonly host: string;
    readonly by: 'client' | 'server';
    readonly more: number;
    readonly waits: boolean;
  };
  /**
   * A TLS handshake is complete. `early` tells how this end knows that early data were accepted: the server has read them (`read`), or the
   * client has the server's word (`said`).
   */
  secured: {
    readonly host: string;
    readonly version: string;
    readonly resumed: boolean;
    readonly early: 'read' | 'said' | 'none';
  };
  keepsTicket: {readonly host: string; readonly lifetimeS: number};
  /**
   * The fate of TLS early data: the client sends them; the server takes them, agrees to take them or refuses; the client learns of that.
   * `replayed`: the host that sent them first, if they are a replay.
   */
  earlyData: {
    readonly host: string;
    readonly what: 'offered' | 'taken' | 'agreed' | 'refused' | 'heard' | 'unheard' | 'resent';
    readonly replayed: {readonly from: string; readonly atUs: number} | undefined;
  };
  /**
   * The number of bytes of application data that a leaked private key decrypts on a recorded TLS connection, or why it decrypts nothing.
   */
  recovers: {readonly host: string; readonly client: number; readonly server: number};
  recoversNot: {readonly host: string; readonly why: RecoveryFault};
  /**
   * A host sends or receives a TLS alert. `waits` is true if the alert cannot be sent yet, because a window is closed or a buffer has no
   * room.
   */
  alerts: {
    readonly host: string;
    readonly name: string;
    readonly sent: boolean;
    readonly fatal: boolean;
    readonly waits: boolean;
  };
  distrusts: {readonly host: string; readonly fault: PathFault['fault']};
};
