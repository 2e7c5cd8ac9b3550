// What the account tells of a run, as values: for each kind of sentence the facts of this very run that it is made of.

import type {refusals, resets} from '../../stack/refusal.ts';
import type {TcpSignal} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import type {EarlyEnd} from './early.ts';
import type {Thing} from './packet-name.ts';
import type {PathFacts} from './path-facts.ts';
import type {ProgramFacts} from './program-facts.ts';
import type {Cut, Stays} from './run-end.ts';
import type {BadCookie} from './syn-cookies.ts';

type Ends = {readonly host: string; readonly peer: string};
export type Range = {readonly seq: number; readonly bytes: number};
/** The packet that came second; `behind`: late, after that one, which repeats it. */
export type Twice = {readonly second: number; readonly behind: number | undefined};
/** A FIN that the path set; `sent`: its alleged sender has sent one of its own by now; `kept`: the packet that brought it, where another one comes now. */
export type ForgedFin = {readonly sent: boolean; readonly kept: number | undefined};
/**
 * Why a call fails: there is such a connection or listener; nothing more may be sent; it is over, never came about, or was given up before; the program has
 * given it up; it has none, or one whose handshake is under way, which is no program's yet.
 */
export type CallFailure =
  | 'exists'
  | 'listener'
  | 'ended'
  | 'over'
  | 'never'
  | 'gaveUp'
  | 'closed'
  | 'none'
  | 'halfOpen';
/**
 * The number of the FIN, behind so many bytes of its segment; undefined: it does not leave yet, for data that have to go before it, or
 * by a window though all of them have gone.
 */
export type OwnFin = {
  readonly seq: number | undefined;
  readonly behind: number;
  readonly waits: 'data' | 'cwnd' | 'window' | 'else' | undefined;
};

export type Facts = PathFacts & {
  /** A segment that its receiver throws away. */
  refusedSegment: Ends & {
    readonly thing: Thing;
    readonly why: (typeof refusals)[number] | 'written' | 'known' | 'settled';
    /** What it answers, and whether it had said so before; undefined: nothing. */
    readonly answers: number | undefined;
    readonly again: boolean;
    /** An ACK behind a refused one that acknowledges as much as that was to. */
    readonly next: number | undefined;
    /** The last number that its receiver has sent, where the ACK is of more. */
    readonly sentTo: number | undefined;
    /** Another number than is expected is what one is thrown away for that gets no answer. */
    readonly off: boolean;
    /** On which no program waits. */
    readonly port: number | undefined;
    /** For when TIME-WAIT's timer is set anew by it (RFC 9293 §3.10.7.4). */
    readonly restartsUs: number | undefined;
  };
  /** Of an earlier connection between the same ports, and taken for a part of this one (RFC 9293 §3.4.1). */
  ofEarlier: {readonly host: string; readonly thing: Thing};
  /** The host keeps this urgent byte apart, so that no read returns it (RFC 6093). */
  urgentApart: {readonly host: string; readonly byte: number};
  /** `anew`: between the same ports there was one before. */
  opens: Ends & {readonly seq: number; readonly anew: boolean};
  /** `endsWait`: of these ports it was in TIME-WAIT still, and how the SYN shows that it is new (RFC 6191 §2); `renewed`: this SYN had its connection, which is over. */
  answersSyn: Ends & {
    readonly seq: number;
    readonly ack: number;
    readonly endsWait: 'number' | 'stamp' | undefined;
    readonly renewed: boolean;
    /** The last place in its SYN queue. */
    readonly fills: boolean;
  };
  synsCross: Ends;
  /** A SYN that gets no record (RFC 4987 §3.6), for want of room in the SYN queue or always; `seq` is the cookie. */
  sendsCookie: Ends & {readonly seq: number; readonly full: boolean};
  /** What completes such a handshake: `ack` is one more than the cookie. */
  takesCookie: Ends & {readonly ack: number};
  /** `altered`: the number that came, and that it acknowledges, is not the one that was sent. */
  opened: Ends & {
    readonly first: boolean;
    readonly ack: number | undefined;
    readonly peerOpen: boolean;
    readonly altered: boolean;
  };
  /** What is not TCP does not wait until its SYN is acknowledged. */
  accepts: Ends & {
    readonly peerOpen: boolean;
    /** Both are at the same time. */
    readonly together: boolean;
    readonly acknowledged: boolean;
    /** What it had sent with a SYN is lost, and its own timer stops: when that of the other end is due. */
    readonly leftUs: number | undefined;
  };
  /** `idle`: for so long no request has come, and its program waits no longer; `answered`: since it gave its last answer. */
  closes: Ends & OwnFin & {readonly idle: {readonly us: number; readonly answered: boolean} | undefined};
  /** Out of the accept queue; `frees`: that had been full. */
  takesConnections: {readonly host: string; readonly taken: number; readonly frees: boolean};
  /**
   * `late`: the FIN came earlier, and waited for what stands before it, or with the SYN for the end of the handshake. `closes`: its own
   * program has closed by the end of that time, but its FIN has to wait.
   */
  peerCloses: Ends & {
    readonly ack: number | undefined;
    readonly late: 'gap' | 'handshake' | undefined;
    readonly closes: boolean;
    readonly forged: ForgedFin | undefined;
    /** Its program hears that the data end; and the byte of the other end that the number of a forged FIN is. */
    readonly tells: boolean;
    readonly byte: number | undefined;
    /** What it acknowledges, in place of the ACK of the handshake that has not come. */
    readonly opens: number | undefined;
  };
  /** Data behind a FIN, to which nothing is said (RFC 9293 §3.10.7.4). */
  ignoresText: Ends & {readonly thing: Thing};
  /** The data or FIN that came with a SYN are ignored. `ack`: the number after the SYN, which the host expects next. */
  takesSynAlone: {readonly host: string; readonly bytes: number; readonly fin: boolean; readonly ack: number};
  /**
   * `ack`: data before the FIN are not acknowledged either; the ACK that covers it all. `taken`: the other end, where it has not closed, and
   * this one believes that it has.
   */
  closesToo: Ends & OwnFin & {readonly ack: number | undefined; readonly taken: string | undefined};
  /** `kept`: the FIN of the other end is here, and does not count yet. */
  finAcknowledged: {readonly host: string; readonly kept: boolean};
  closing: Ends & {readonly forged: ForgedFin | undefined};
  /** By which of the two it is over: the other's FIN, the same where it had waited for a gap to be filled, the ACK of its own. */
  waits: Ends & {
    readonly by: 'fin' | 'late' | 'ack';
    readonly untilUs: number | undefined;
    readonly forged: ForgedFin | undefined;
  };
  /** By an ACK that is neither thrown away nor answered. */
  waitsAnew: {readonly host: string; readonly untilUs: number};
  finished: {readonly host: string; readonly taken: string | undefined};
  /** `port`: that of who called, where this host has had other connections; `kept`: the FIN has come, but not what is before it. */
  waitOver: {
    readonly host: string;
    readonly from: 'TIME-WAIT' | 'FIN-WAIT-2';
    readonly kept: boolean;
    readonly port: number | undefined;
  };
  /** Of a machine that keeps no rule of TCP’s here: where TIME-WAIT would begin. */
  skipsWait: {readonly host: string};
  /** A passive open that comes to nothing, by an RST, by another SYN (RFC 9293 §3.10.7.4), for want of an ACK, of room for it, or of room in a queue (RFC 4987 §3.4). */
  listensAgain: {
    readonly host: string;
    readonly by: 'rst' | 'syn' | 'refused' | 'timer' | 'noRoom' | 'room' | 'full';
    /** Its SYN queue had been full. */
    readonly frees: boolean;
  };
  /** No answer came in time; `repeated`: how often what waits has left again; `thrown`: an answer came, and was thrown away; `old`: those that came said what had been said. */
  givesUp: {
    readonly host: string;
    readonly error: TcpSignal | undefined;
    readonly from: TcpState;
    readonly repeated: number;
    readonly answers: 'none' | 'thrown' | 'old';
  };
  /** `unaware`: the other end, which has sent no such RST, and has its connection still. */
  refusedOpen: Ends & {readonly error: TcpSignal; readonly unaware: string | undefined};
  /** `ended`: a FIN had gone already, one way at least. */
  reset: {
    readonly host: string;
    readonly from: TcpState;
    readonly ended: boolean;
    readonly error: TcpSignal | undefined;
    readonly unaware: string | undefined;
  };
  /** `unheard`: what it has sent since then has no ACK, and its timer would have run out when it is due. */
  aborts: {
    readonly host: string;
    readonly rst: boolean;
    readonly unheard: {readonly waitedUs: number; readonly dueUs: number} | undefined;
  };
  /** `bytes`: what had waited for the connection. */
  closesEarly: EarlyEnd;
  answersRst: {
    readonly host: string;
    readonly why: (typeof resets)[number];
    /** Its FIN has gone before. */
    readonly after: boolean;
    readonly port: number;
    readonly thing: Thing | undefined;
    /** Another ACK with the same number has come from there. */
    readonly twin: boolean;
    /** When it had that connection last. */
    readonly goneUs: number | undefined;
    /** Of a SYN that it answered without a record. */
    readonly cookie: BadCookie | undefined;
  };
  /** Cannot be done as the connection stands. `sinceUs`: it is over since then. */
  callFails: {
    readonly host: string;
    readonly call: string;
    readonly error: string;
    readonly why: CallFailure;
    readonly sinceUs: number | undefined;
  };
  challenges: {readonly host: string; readonly thing: Thing};
  /** `filtered`: a firewall there says so; `noted`: TCP goes on all the same (RFC 1122 §4.2.3.9). */
  icmp: Ends & {
    readonly filtered: boolean;
    readonly noted: boolean;
    readonly type: number;
    readonly code: number;
    readonly v6: boolean;
    readonly error: TcpSignal | undefined;
    /** Over UDP, for the answer: that something was turned away changes nothing of it. */
    readonly waits: {readonly host: string; readonly atUs: number} | undefined;
  };
  /** A mark (CE) has come: the echo begins (RFC 3168 §6.1.3). */
  echoesMark: Ends;
  /** The echo has come: cwnd goes to ssthresh as after a loss (RFC 3168 §6.1.2). */
  heedsEcho: {readonly host: string; readonly ssthresh: number};
  /** A link takes nothing any more, or again; `underWay`: what it had taken by then arrives. */
  link: Ends & {readonly passes: boolean; readonly underWay: boolean};
  /** `had`: what of TCP there was before its power went. */
  crashes: {
    readonly host: string;
    readonly back: boolean;
    readonly had: 'connections' | 'listener' | 'nothing';
  };
  /** `end`: where the other end has that connection; `probe`: a tail loss probe of new data; `cut`: which of them are larger than the MSS, so that the network card cuts them; `besides`: more new data leave at this time. */
  sends: Ends &
    Range & {
      readonly segments: number;
      readonly cut: 'all' | 'some' | undefined;
      readonly end: number | undefined;
      readonly probe: boolean;
      readonly besides: boolean;
    };
  outOfOrder: {
    readonly host: string;
    readonly packet: number;
    /** All that it brings had come before. */
    readonly had: boolean;
    readonly missing: Range;
    /** Something is missing before that, too. */
    readonly another: boolean;
    readonly ack: number;
    /** It has said so before. */
    readonly again: boolean;
    readonly sack: boolean;
    /** Its number is not the one that was sent. */
    readonly altered: boolean;
  };
  /** `others`: the gaps behind the first one; `forged`: the path has set it. */
  finOutOfOrder: Ends & {
    readonly missing: Range;
    readonly others: readonly Range[];
    readonly forged: ForgedFin | undefined;
    readonly ack: number;
    readonly again: boolean;
    readonly altered: boolean;
  };
  /**
   * `open`: more is missing, behind the gap that is filled, or the rest of that; `altered`: some of what goes on to the program
   * came under another number than it left with.
   */
  gapFilled: {
    readonly host: string;
    readonly ack: number;
    readonly bytes: number;
    readonly open: 'behind' | 'here' | undefined;
    readonly altered: boolean;
  };
  /** `altered`: for what their number says, not for what they are; `kept`: nobody reads them yet. */
  delivered: {
    readonly host: string;
    readonly bytes: number;
    readonly ack: number | undefined;
    readonly altered: boolean;
    readonly kept: boolean;
    /** More than has come at that time: some had come before, behind a gap. */
    readonly earlier: boolean;
  };
  /** D-SACK says so; `often`: more than twice; `by`: of what was sent more than once; `cwnd`: what it is again, where a slowing down is undone. */
  cameTwice: Ends &
    Range & {readonly often: boolean; readonly by: Twice | undefined; readonly cwnd: number | undefined};
  /** `anew`: its timer runs for what leaves now; `over`: with it ends a repair. */
  allAcknowledged: {
    readonly host: string;
    readonly ack: number;
    readonly anew: boolean;
    readonly over: Facts['repaired'] | undefined;
  };
  /** A recovery, or what a timer began: how long it took, and since its timer ran out last. */
  repaired: {
    readonly host: string;
    readonly ack: number;
    readonly tookUs: number;
    readonly sinceUs: number;
    readonly timer: boolean;
    readonly cwnd: number;
  };
  /** Behind a repair cwnd has come to ssthresh, or to what it was before the loss that was found so long ago. */
  grows: {
    readonly host: string;
    readonly how: 'threshold' | 'regained';
    readonly cwnd: number;
    readonly size: number;
    readonly agoUs: number;
  };
  /** Data that a rule had kept, or that waited for the connection. */
  released: {
    readonly host: string;
    readonly why: 'nagle' | 'closed' | 'full' | 'opening';
    /** Since when data have waited, and from when on for that reason, which had kept them before another one did. */
    readonly sinceUs: number;
    readonly fromUs: number;
    readonly once: boolean;
    readonly bytes: number;
    readonly segments: number;
    readonly cut: Facts['sends']['cut'];
    /** How much it had kept, where that was more, and what keeps the rest. */
    readonly of: number | undefined;
    readonly rest: Facts['holds']['why'] | undefined;
    readonly cwnd: number;
    /** Its first segment is the ACK of the handshake. */
    readonly joins: boolean;
  };
  /** `waits`: the other end has something to send. */
  windowShut: Ends & {readonly waits: boolean};
  /** `data`: not only a FIN waits. */
  asksForWindow: {readonly host: string; readonly data: boolean; readonly atUs: number};
  probes: {readonly host: string; readonly dueUs: number | undefined};
  windowOpens: {readonly host: string; readonly bytes: number};
  /** `small`: by Nagle’s rule, too, behind an earlier segment that is not full; for Linux no other one counts. */
  holds: {
    readonly host: string;
    readonly why: 'nagle' | 'small' | 'window' | 'little' | 'cwnd';
    readonly bytes: number;
    /** The time in µs at which a timer sends what fits; only for `little`. */
    readonly untilUs: number | undefined;
    /** Its program writes more at this time. */
    readonly more: boolean;
    /** What was sent again, and so made the first cwnd one segment. */
    readonly began: 'SYN' | 'SYNACK' | undefined;
  };
  /** `hurry`: what makes it leave at once: a second segment, more than one full one, one more that is full, or data for two. */
  delaysAck: {
    readonly host: string;
    readonly untilUs: number;
    readonly hurry: 'segment' | 'more' | 'full' | 'two';
  };
  /** Those with SACK behind a gap, beyond the third. */
  gathersAcks: {readonly host: string; readonly untilUs: number};
  delayOver: {readonly host: string; readonly ack: number | undefined; readonly gathered: boolean};
  /** `nth`: of the probes since something came from the other end. */
  keepAlive: Ends & {readonly nth: number};
  stays: Stays;
  cut: Cut;
} & ProgramFacts;

export type Saying = keyof Facts;

/**
 * `rank`: 0 what nobody may miss, 3 what is told where there is room. `about`: what has been told `most` times is known; `once`: what
 * one telling speaks for.
 */
type ToldOf<Kind extends Saying> = {
  readonly says: Kind;
  readonly facts: Facts[Kind];
  readonly n: number;
  readonly rank: 0 | 1 | 2 | 3;
  readonly about: readonly string[];
  readonly most: number;
  readonly once?: string;
  /** It goes on like this, and no more is told of it. */
  readonly goesOn?: true;
};

export type Told = {[Kind in Saying]: ToldOf<Kind>}[Saying];
