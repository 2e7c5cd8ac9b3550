// The account of programs as values: names in DNS, pages in HTTP, the handshake of TLS.

import type {NegativeAnswer, ServerFault} from '../../stack/dns/note.ts';
import type {PathFault} from '../../stack/tls/certificate-path.ts';
import type {RecoveryFault} from '../../stack/tls/tls12/leaked-key.ts';
import type {NameError} from '../../wire/dns/name.ts';
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {Foreign} from '../foreign.ts';

type Ends = {readonly host: string; readonly peer: string};
type Question = {readonly name: Foreign; readonly type: number};

/** The data of a record as a zone file writes them; for a long text its length and the number of its strings. */
export type RecordData = Foreign | {readonly bytes: number; readonly strings: number};

export type ProgramFacts = {
  asks: Ends & Question & {readonly recursive: boolean};
  /** `type`: the type that was asked for, if other questions are open at the same time. `more`: the number of further servers. */
  refers: Ends & {readonly type: number | undefined; readonly zone: Foreign; readonly more: number};
  answers: Ends &
    Question & {
      readonly data: RecordData;
      readonly more: number;
      /** True if all records have one name and one type. */
      readonly alike: boolean;
      /** The second record after an alias, or of such a set. */
      readonly second: (Question & {readonly data: RecordData; readonly ttl: number}) | undefined;
      readonly ttl: number;
      readonly origin: 'own' | 'others' | 'forged';
      /** The host in whose name an answer is forged. */
      readonly alleged: string | undefined;
      /** The number of answers that are sent at once; forged ones go to different ports, with different IDs. */
      readonly times: number;
    };
  /** The owner of a zone changes it; the facts contain the first new record. */
  editsZone: Question & {readonly host: string; readonly data: RecordData; readonly ttl: number};
  /** `alias`: the name exists, and its target does not. `limit`: how long the response may be over UDP, and what limits it. */
  answersNothing: Ends & {
    readonly why: string;
    readonly question: Question | undefined;
    readonly alias: boolean;
    readonly limit: {readonly octets: number; readonly by: 'rule' | 'query' | 'server'} | undefined;
  };
  /** An answer to a copy of a query that was already answered; `settled` is true if the asker has that answer. */
  answersCopy: Ends & {readonly settled: boolean};
  /** `negative`: the cached fact is that there are no such data. `asked`: the name with other upper- and lower-case letters. */
  fromCache: Question & {
    readonly host: string;
    readonly ttl: number;
    readonly negative: NegativeAnswer | undefined;
    readonly asked: Foreign | undefined;
    /** True if a sentence about the same instant tells what the answer is. */
    readonly answered: boolean;
    /** The zone's present record and the time since which it differs. */
    readonly stale: {readonly data: RecordData; readonly sinceUs: number} | undefined;
  };
  /**
   * An entry is found to have expired. `asks`: the question is sent again, which is not told separately. `alias`: an unexpired name that
   * leads to this one.
   */
  cacheExpired: Question & {
    readonly host: string;
    readonly negative: NegativeAnswer | undefined;
    readonly asks: boolean;
    readonly alias: {readonly name: Foreign; readonly ttl: number} | undefined;
  };
  /** Somebody empties the cache. */
  cacheFlushed: {readonly host: string; readonly entries: number};
  /**
   * `code`: that of an error. `zone`: that of a referral without addresses. `overTcp`: the response over UDP was truncated, so TCP was
   * used.
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
    /** True if aliases led from the name to another one. */
    readonly alias: boolean;
    /** Why such a name cannot be asked for. */
    readonly fault: NameError | undefined;
  };
  /** `line`: what was sent in place of a request line. `again`: the request was sent before, on another connection or as early data. */
  requests: {
    readonly host: string;
    readonly method: Foreign;
    readonly target: Foreign;
    readonly nth: number;
    readonly line: Foreign | undefined;
    readonly again: 'not' | 'elsewhere' | 'handshake';
    /** True if no window, or no room, lets any of it be sent yet. */
    readonly waits: boolean;
  };
  responds: {
    readonly host: string;
    readonly waits: boolean;
    readonly target: Foreign;
    readonly status: number;
    readonly bytes: number;
  };
  /** A request in which the server finds no target; `line` is true if that is because it has no request line. */
  cannotRead: {
    readonly host: string;
    readonly status: number;
    readonly bytes: number;
    readonly line: boolean;
  };
  /** `target` is undefined if the request had none that could be parsed; `unread` is true if that is why the status is 400. */
  responseRead: {
    readonly host: string;
    readonly target: Foreign | undefined;
    readonly status: number;
    readonly bytes: number;
    readonly whole: boolean;
    readonly unread: boolean;
  };
  /** `self`: to the same URL. `asked`: the method that was redirected. `content`: its request had content. */
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
   * The cookies to which the same happens. `replaces`: there was another value. `tooLong`: why they are refused (RFC 6265 §6.1). `reason`:
   * why they are not sent.
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
  /** An operation of a server on one of its sessions. */
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
   * `how`: the requests are repeated on another connection, or after the handshake; or not, because that is `unsafe` or was done often
   * enough.
   */
  retries: {
    readonly host: string;
    readonly what: readonly Foreign[];
    readonly how: 'elsewhere' | 'handshake' | 'unsafe' | 'often';
    /** True if some of the requests are sent in this instant. */
    readonly now: boolean;
    /** The number of connections that are opened in this instant. */
    readonly opened: number;
  };
  /** A site that is to be visited only with TLS (RFC 6797). */
  strictKept: {readonly host: string; readonly site: Foreign; readonly seconds: number};
  strictUsed: {readonly host: string; readonly from: Foreign; readonly to: Foreign};
  /** `waits` is true if no window, or no room, lets the hello be sent yet. */
  hello: {
    readonly host: string;
    readonly by: 'client' | 'server';
    readonly more: number;
    readonly waits: boolean;
  };
  /** `early`: the client had sent early data, and the server has read them (`read`) or says that it does (`said`). */
  secured: {
    readonly host: string;
    readonly version: string;
    readonly resumed: boolean;
    readonly early: 'read' | 'said' | 'none';
  };
  keepsTicket: {readonly host: string; readonly lifetimeS: number};
  /**
   * The fate of early data: the client sends them; the server takes them, agrees to take them or refuses; the client learns of that.
   * `replayed`: the host that had first sent them, if another one did.
   */
  earlyData: {
    readonly host: string;
    readonly what: 'offered' | 'taken' | 'agreed' | 'refused' | 'heard' | 'unheard' | 'resent';
    readonly replayed: {readonly from: string; readonly atUs: number} | undefined;
  };
  /** The bytes of programs that a leaked private key decrypts on a recorded connection, or why it decrypts nothing. */
  recovers: {readonly host: string; readonly client: number; readonly server: number};
  recoversNot: {readonly host: string; readonly why: RecoveryFault};
  /** `waits` is true if no window, or no room, lets the alert be sent yet. */
  alerts: {
    readonly host: string;
    readonly name: string;
    readonly sent: boolean;
    readonly fatal: boolean;
    readonly waits: boolean;
  };
  distrusts: {readonly host: string; readonly fault: PathFault['fault']};
};
