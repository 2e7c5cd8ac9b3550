// What is told of programs, as values: names asked for by DNS, pages by HTTP, the handshake of TLS.

import type {NegativeAnswer, ServerFault} from '../../stack/dns/note.ts';
import type {PathFault} from '../../stack/tls/certificate-path.ts';
import type {RecoveryFault} from '../../stack/tls/tls12/leaked-key.ts';
import type {NameError} from '../../wire/dns/name.ts';
import type {Withheld} from '../../wire/http/cookie-jar.ts';
import type {Foreign} from '../foreign.ts';

type Ends = {readonly host: string; readonly peer: string};
type Question = {readonly name: Foreign; readonly type: number};

/** As it is written, or of a long text how much it is and in how many strings. */
export type RecordData = Foreign | {readonly bytes: number; readonly strings: number};

export type ProgramFacts = {
  asks: Ends & Question & {readonly recursive: boolean};
  /** `type`: asked for, where others are under way with it; `more`: servers than one. */
  refers: Ends & {readonly type: number | undefined; readonly zone: Foreign; readonly more: number};
  answers: Ends &
    Question & {
      readonly data: RecordData;
      readonly more: number;
      /** They are of one name and one type. */
      readonly alike: boolean;
      /** The one more behind an alias, or of such a set. */
      readonly second: (Question & {readonly data: RecordData; readonly ttl: number}) | undefined;
      readonly ttl: number;
      readonly origin: 'own' | 'others' | 'forged';
      /** Of a forged one: in whose name. */
      readonly alleged: string | undefined;
      /** How often at once: of forged ones each goes to another port, under another id. */
      readonly times: number;
    };
  /** The owner of a zone changes it; here the first of the records that are new. */
  editsZone: Question & {readonly host: string; readonly data: RecordData; readonly ttl: number};
  /** `alias`: the name is there, and it is what it leads to that is not; `limit`: how long it may be over UDP, and who says so. */
  answersNothing: Ends & {
    readonly why: string;
    readonly question: Question | undefined;
    readonly alias: boolean;
    readonly limit: {readonly octets: number; readonly by: 'rule' | 'query' | 'server'} | undefined;
  };
  /** To a copy of a query that it has answered; `settled`: who asked has that answer. */
  answersCopy: Ends & {readonly settled: boolean};
  /** `negative`: what it has is that there is none; `asked`: the name in other letters, large or small. */
  fromCache: Question & {
    readonly host: string;
    readonly ttl: number;
    readonly negative: NegativeAnswer | undefined;
    readonly asked: Foreign | undefined;
    /** The same instant says what it is. */
    readonly answered: boolean;
    /** Its zone has this in its place since then. */
    readonly stale: {readonly data: RecordData; readonly sinceUs: number} | undefined;
  };
  /** Found to be over; `asks`: the question goes out anew, which is not told beside; `alias`: a name that leads to this one, and still does. */
  cacheExpired: Question & {
    readonly host: string;
    readonly negative: NegativeAnswer | undefined;
    readonly asks: boolean;
    readonly alias: {readonly name: Foreign; readonly ttl: number} | undefined;
  };
  /** Somebody empties it. */
  cacheFlushed: {readonly host: string; readonly entries: number};
  /** `code`: of an error; `zone`: of a referral without addresses; `overTcp`: what came by UDP was truncated. */
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
    /** Aliases have led from the name to another. */
    readonly alias: boolean;
    /** Why such a name cannot be asked for. */
    readonly fault: NameError | undefined;
  };
  /** `line`: what stands in place of a request line; `again`: it has gone out before, on another connection or as early data. */
  requests: {
    readonly host: string;
    readonly method: Foreign;
    readonly target: Foreign;
    readonly nth: number;
    readonly line: Foreign | undefined;
    readonly again: 'not' | 'elsewhere' | 'handshake';
    /** No window or no room lets any of it leave yet. */
    readonly waits: boolean;
  };
  responds: {
    readonly host: string;
    readonly waits: boolean;
    readonly target: Foreign;
    readonly status: number;
    readonly bytes: number;
  };
  /** A request in which the server finds no target; `line`: for want of a request line. */
  cannotRead: {
    readonly host: string;
    readonly status: number;
    readonly bytes: number;
    readonly line: boolean;
  };
  /** `target`: undefined where the request had none that could be read; `unread`: that is why it is 400. */
  responseRead: {
    readonly host: string;
    readonly target: Foreign | undefined;
    readonly status: number;
    readonly bytes: number;
    readonly whole: boolean;
    readonly unread: boolean;
  };
  /** `self`: to where it was; `asked`: the method that was redirected; `content`: its request had some. */
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
  /** Those to which the same happens; `replaces`: with another value; `tooLong`: why they are refused (RFC 6265 §6.1), `reason`: why they stay behind. */
  cookies: {
    readonly host: string;
    readonly op: 'stored' | 'refused' | 'withheld' | 'dropped';
    readonly names: readonly Foreign[];
    readonly domain: Foreign;
    readonly replaces: boolean;
    readonly tooLong: boolean;
    readonly reason: Withheld | undefined;
  };
  /** What a server does with one of its sessions. */
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
  /** On another connection or after the handshake; or not, as it is `unsafe` to repeat, or was repeated often enough. */
  retries: {
    readonly host: string;
    readonly what: readonly Foreign[];
    readonly how: 'elsewhere' | 'handshake' | 'unsafe' | 'often';
    /** Something of them leaves in this instant. */
    readonly now: boolean;
    /** So many connections are opened in this instant. */
    readonly opened: number;
  };
  /** A site is to be visited over TLS alone (RFC 6797). */
  strictKept: {readonly host: string; readonly site: Foreign; readonly seconds: number};
  strictUsed: {readonly host: string; readonly from: Foreign; readonly to: Foreign};
  /** `waits`: no window or no room lets it leave yet. */
  hello: {
    readonly host: string;
    readonly by: 'client' | 'server';
    readonly more: number;
    readonly waits: boolean;
  };
  /** `early`: a program had sent something before, and the server has read it, or says that it does. */
  secured: {
    readonly host: string;
    readonly version: string;
    readonly resumed: boolean;
    readonly early: 'read' | 'said' | 'none';
  };
  keepsTicket: {readonly host: string; readonly lifetimeS: number};
  /** The client sends it, the server takes it or does not, or agrees to before it has come, and the client learns of that. `replayed`: whose they were, sent by another. */
  earlyData: {
    readonly host: string;
    readonly what: 'offered' | 'taken' | 'agreed' | 'refused' | 'heard' | 'unheard' | 'resent';
    readonly replayed: {readonly from: string; readonly atUs: number} | undefined;
  };
  /** What a leaked private key opens of a recorded connection: bytes of programs; or why it opens nothing. */
  recovers: {readonly host: string; readonly client: number; readonly server: number};
  recoversNot: {readonly host: string; readonly why: RecoveryFault};
  /** `waits`: no window or no room lets it leave yet. */
  alerts: {
    readonly host: string;
    readonly name: string;
    readonly sent: boolean;
    readonly fatal: boolean;
    readonly waits: boolean;
  };
  distrusts: {readonly host: string; readonly fault: PathFault['fault']};
};
