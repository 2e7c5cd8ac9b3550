// Defines the facts of each kind of sentence in the account of a run, the text that tells what happened.

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
/** The packet that brought bytes a second time; `behind` is a packet that repeats it and came before it, undefined if there is none. */
export type Twice = {readonly second: number; readonly behind: number | undefined};
/**
 * A FIN that somebody on the path set in a segment. `sent`: its alleged sender has sent its own by now; `kept`: the packet that brought the
 * FIN, if it arrived earlier and counts only now.
 */
export type ForgedFin = {readonly sent: boolean; readonly kept: number | undefined};
/**
 * Why a TCP call fails. `exists`, `listener`: there already is such a connection or listener. `ended`: no more may be sent. `over`,
 * `never`, `gaveUp`: the connection has ended, never opened, or was given up. `closed`: the program closed it. `none`: it has none.
 * `halfOpen`: its handshake is unfinished.
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
 * The FIN of a host whose program closes: its sequence number, after `behind` bytes in the same segment. `seq` is undefined while the FIN
 * is not sent; `waits` tells for what it waits.
 */
export type OwnFin = {
  readonly seq: number | undefined;
  readonly behind: number;
  readonly waits: 'data' | 'cwnd' | 'window' | 'else' | undefined;
};

export type Facts = PathFacts & {
  /** A sentence on a segment that its receiver discards. */
  refusedSegment: Ends & {
    readonly thing: Thing;
    readonly why: (typeof refusals)[number] | 'written' | 'known' | 'settled';
    /**
     * The number that the receiver of the discarded segment acknowledges in its answer, and whether it had done so before; undefined if it
     * does not answer.
     */
    readonly answers: number | undefined;
    readonly again: boolean;
    /** The number of a later ACK that acknowledges as much as the discarded one; undefined if there is none. */
    readonly next: number | undefined;
    /** The last number that the receiver has sent, if the discarded segment acknowledges more than that. */
    readonly sentTo: number | undefined;
    /** True if the segment gets no answer and is discarded because of its number. */
    readonly off: boolean;
    /** The port to which the discarded segment was sent, if no program waits on it. */
    readonly port: number | undefined;
    /** The new end of TIME-WAIT in µs, if the discarded segment restarts its timer (RFC 9293 §3.10.7.4). */
    readonly restartsUs: number | undefined;
  };
  /** A sentence on a segment of an earlier connection between the same ports that is taken for a part of this one (RFC 9293 §3.4.1). */
  ofEarlier: {readonly host: string; readonly thing: Thing};
  /** A sentence on an urgent byte that the host keeps apart, so that no read returns it (RFC 6093). */
  urgentApart: {readonly host: string; readonly byte: number};
  /** A sentence on a host that sends a SYN; `anew` is true if there was an earlier connection between the same ports. */
  opens: Ends & {readonly seq: number; readonly anew: boolean};
  /**
   * A sentence on the answer to a SYN. `endsWait`: the ports were still in TIME-WAIT, and how the SYN shows that it is new (RFC 6191 §2).
   * `renewed`: this SYN already had a connection, which is over.
   */
  answersSyn: Ends & {
    readonly seq: number;
    readonly ack: number;
    readonly endsWait: 'number' | 'stamp' | undefined;
    readonly renewed: boolean;
    /** True if the SYN that is answered takes the last place in the SYN queue. */
    readonly fills: boolean;
  };
  synsCross: Ends;
  /**
   * A sentence on a SYN that is answered with a cookie and gets no record (RFC 4987 §3.6), because the SYN queue is full (`full`) or
   * because the host always does so; `seq` is the cookie.
   */
  sendsCookie: Ends & {readonly seq: number; readonly full: boolean};
  /** A sentence on the ACK that completes a handshake with a SYN cookie; `ack` is the cookie plus one. */
  takesCookie: Ends & {readonly ack: number};
  /** `altered` is true if the number that came, and is acknowledged, is not the one that was sent. */
  opened: Ends & {
    readonly first: boolean;
    readonly ack: number | undefined;
    readonly altered: boolean;
  };
  /** `peerOpen`: the other end is ESTABLISHED. `acknowledged` is false if a counterfactual run accepts before its SYN is acknowledged. */
  accepts: Ends & {
    readonly peerOpen: boolean;
    /** True if both ends of the connection enter ESTABLISHED at the same time. */
    readonly together: boolean;
    readonly acknowledged: boolean;
    /** The time in µs at which the other end's timer expires, if the segment with this end's SYN is lost and its own timer stops. */
    readonly leftUs: number | undefined;
  };
  /** `idle.us`: the time without a request after which the program closes; `answered`: it has given an answer before that. */
  closes: Ends & OwnFin & {readonly idle: {readonly us: number; readonly answered: boolean} | undefined};
  /** A sentence on a program that accepts connections from the accept queue; `frees` is true if the queue had been full. */
  takesConnections: {readonly host: string; readonly taken: number; readonly frees: boolean};
  /**
   * A sentence on the other end's FIN. `late`: it came earlier, and waited for missing data or, with the SYN, for the end of the handshake.
   * `closes`: the host's own program has closed by then, but its FIN has to wait.
   */
  peerCloses: Ends & {
    readonly ack: number | undefined;
    readonly late: 'gap' | 'handshake' | undefined;
    readonly closes: boolean;
    readonly forged: ForgedFin | undefined;
    /** `tells`: the program learns that the data end. `byte`: the other end's byte whose number a forged FIN has. */
    readonly tells: boolean;
    readonly byte: number | undefined;
    /** The number that the FIN's segment acknowledges in place of the handshake's ACK, which has not come. */
    readonly opens: number | undefined;
  };
  /** A sentence on data that come after a FIN and get no answer (RFC 9293 §3.10.7.4). */
  ignoresText: Ends & {readonly thing: Thing};
  /** A sentence on data or a FIN that came with a SYN and are ignored; `ack` is the number after the SYN, which the host expects next. */
  takesSynAlone: {readonly host: string; readonly bytes: number; readonly fin: boolean; readonly ack: number};
  /**
   * A sentence on a host that closes after the other end did. `ack`: the ACK for everything, if data before the FIN are not acknowledged
   * either. `taken`: the other end, if it has not closed and this end believes that it has.
   */
  closesToo: Ends & OwnFin & {readonly ack: number | undefined; readonly taken: string | undefined};
  /** A sentence on a host whose FIN is acknowledged. `kept` is true if the other end's FIN has come and does not count yet. */
  finAcknowledged: {readonly host: string; readonly kept: boolean};
  closing: Ends & {readonly forged: ForgedFin | undefined};
  /** `by` is what begins TIME-WAIT: the other end's FIN, that FIN after a gap was filled (`late`), or the ACK of its own FIN. */
  waits: Ends & {
    readonly by: 'fin' | 'late' | 'ack';
    readonly untilUs: number | undefined;
    readonly forged: ForgedFin | undefined;
  };
  /** A sentence on a TIME-WAIT that begins anew because of an ACK that is neither discarded nor answered. */
  waitsAnew: {readonly host: string; readonly untilUs: number};
  finished: {readonly host: string; readonly taken: string | undefined};
  /** `port`: the caller's, if this host has had other connections. `kept`: the FIN has come, but not the data before it. */
  waitOver: {
    readonly host: string;
    readonly from: 'TIME-WAIT' | 'FIN-WAIT-2';
    readonly kept: boolean;
    readonly port: number | undefined;
  };
  /** A sentence on a host that skips TIME-WAIT, against TCP's rule. */
  skipsWait: {readonly host: string};
  /**
   * A sentence on a passive open that fails: by an RST, another SYN (RFC 9293 §3.10.7.4), a missing ACK, or a lack of room, also in a queue
   * (RFC 4987 §3.4).
   */
  listensAgain: {
    readonly host: string;
    readonly by: 'rst' | 'syn' | 'refused' | 'timer' | 'noRoom' | 'room' | 'full';
    /** True if the SYN queue had been full before the passive open failed. */
    readonly frees: boolean;
  };
  /**
   * A sentence on a host that gives up, because no answer came in time. `repeated`: how often the segment was retransmitted. `answers`:
   * `thrown` if an answer came and was discarded, `old` if all that came repeated earlier ones.
   */
  givesUp: {
    readonly host: string;
    readonly error: TcpSignal | undefined;
    readonly from: TcpState;
    readonly repeated: number;
    readonly answers: 'none' | 'thrown' | 'old';
  };
  /** `unaware` is the other end, if it has sent no such RST and still has its connection. */
  refusedOpen: Ends & {readonly error: TcpSignal; readonly unaware: string | undefined};
  /** A sentence on a connection that an RST ends. `ended` is true if at least one end had already sent a FIN. */
  reset: {
    readonly host: string;
    readonly from: TcpState;
    readonly ended: boolean;
    readonly error: TcpSignal | undefined;
    readonly unaware: string | undefined;
  };
  /** `unheard`: data sent `waitedUs` ago have no ACK, and the retransmission timer would have expired at `dueUs`. */
  aborts: {
    readonly host: string;
    readonly rst: boolean;
    readonly unheard: {readonly waitedUs: number; readonly dueUs: number} | undefined;
  };
  /** A sentence on a connection that its program ends before a valid answer to its SYN; `bytes` had waited for it. */
  closesEarly: EarlyEnd;
  answersRst: {
    readonly host: string;
    readonly why: (typeof resets)[number];
    /** True if the host that sends the RST had sent its FIN before. */
    readonly after: boolean;
    readonly port: number;
    readonly thing: Thing | undefined;
    /** True if another ACK with the same number, in another packet, has come before to the host that sends the RST. */
    readonly twin: boolean;
    /** The time in µs at which the host that sends the RST last had the connection; undefined if it never had it. */
    readonly goneUs: number | undefined;
    /** The flaw of the SYN cookie that the ACK contains, if the host answered a SYN without a record. */
    readonly cookie: BadCookie | undefined;
  };
  /** A sentence on a call that fails in the connection's state; `sinceUs` is the time since which the connection is over. */
  callFails: {
    readonly host: string;
    readonly call: string;
    readonly error: string;
    readonly why: CallFailure;
    readonly sinceUs: number | undefined;
  };
  challenges: {readonly host: string; readonly thing: Thing};
  /** A sentence on an ICMP error. `filtered`: a firewall sends it. `noted`: TCP goes on all the same (RFC 1122 §4.2.3.9). */
  icmp: Ends & {
    readonly filtered: boolean;
    readonly noted: boolean;
    readonly type: number;
    readonly code: number;
    readonly v6: boolean;
    readonly error: TcpSignal | undefined;
    /** The host that still waits for a DNS answer over UDP, which the ICMP error does not change, and until when. */
    readonly waits: {readonly host: string; readonly atUs: number} | undefined;
  };
  /** A sentence on the arrival of an ECN mark (CE), with which the host begins to echo (RFC 3168 §6.1.3). */
  echoesMark: Ends;
  /** A sentence on the arrival of an ECN echo: cwnd falls to ssthresh as after a loss (RFC 3168 §6.1.2). */
  heedsEcho: {readonly host: string; readonly ssthresh: number};
  /** A sentence on a link that stops taking packets, or takes them again (`passes`). `underWay`: packets that it had taken still arrive. */
  link: Ends & {readonly passes: boolean; readonly underWay: boolean};
  /** A sentence on a host whose power fails or, if `back`, returns; `had` is what its TCP had before the failure. */
  crashes: {
    readonly host: string;
    readonly back: boolean;
    readonly had: 'connections' | 'listener' | 'nothing';
  };
  /**
   * A sentence on new data. `end`: the number after the data, if the other end has the connection. `probe`: a tail loss probe. `cut`: which
   * segments exceed the MSS, so that the network card cuts them. `besides`: more new data are sent at this time.
   */
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
    /** True if all data of the packet that arrived out of order had come before. */
    readonly had: boolean;
    readonly missing: Range;
    /** True if more data are missing before the gap that is told. */
    readonly another: boolean;
    readonly ack: number;
    /** True if the receiver has acknowledged the same number before. */
    readonly again: boolean;
    readonly sack: boolean;
    /** True if the sequence number of the segment that arrived is not the one that was sent. */
    readonly altered: boolean;
  };
  /** `others` are the gaps after the first one; `forged` is present if the path set the FIN. */
  finOutOfOrder: Ends & {
    readonly missing: Range;
    readonly others: readonly Range[];
    readonly forged: ForgedFin | undefined;
    readonly ack: number;
    readonly again: boolean;
    readonly altered: boolean;
  };
  /**
   * A sentence on data that fill a gap. `open`: more is missing, after the filled gap (`behind`) or the rest of it (`here`). `altered`:
   * some of the delivered bytes came under another number than they were sent with.
   */
  gapFilled: {
    readonly host: string;
    readonly ack: number;
    readonly bytes: number;
    readonly open: 'behind' | 'here' | undefined;
    readonly altered: boolean;
  };
  /** `altered`: bytes were taken for others because of an altered number. `kept`: nobody reads them yet. */
  delivered: {
    readonly host: string;
    readonly bytes: number;
    readonly ack: number | undefined;
    readonly altered: boolean;
    readonly kept: boolean;
    /** True if some of the delivered bytes had arrived earlier and waited after a gap. */
    readonly earlier: boolean;
  };
  /**
   * A sentence on a D-SACK, which reports bytes that came twice. `often`: more than twice. `by`: the packet that came twice, if the data
   * were sent repeatedly. `cwnd`: its restored value.
   */
  cameTwice: Ends &
    Range & {readonly often: boolean; readonly by: Twice | undefined; readonly cwnd: number | undefined};
  /** `anew`: the timer now runs for what is sent. `over`: the repair that ends with this ACK. */
  allAcknowledged: {
    readonly host: string;
    readonly ack: number;
    readonly anew: boolean;
    readonly over: Facts['repaired'] | undefined;
  };
  /** A sentence on the end of a repair after a loss or a timeout: how long it took, and the time since its timer last expired. */
  repaired: {
    readonly host: string;
    readonly ack: number;
    readonly tookUs: number;
    readonly sinceUs: number;
    readonly timer: boolean;
    readonly cwnd: number;
  };
  /** A sentence on cwnd after a repair: it has reached ssthresh, or its size before the loss that was found `agoUs` earlier. */
  grows: {
    readonly host: string;
    readonly how: 'threshold' | 'regained';
    readonly cwnd: number;
    readonly size: number;
    readonly agoUs: number;
  };
  /** A sentence on data that are sent after a rule had held them back, or after they had waited for the connection. */
  released: {
    readonly host: string;
    readonly why: 'nagle' | 'closed' | 'full' | 'opening';
    /** The times since which data have waited, and for this reason; `once`: the last rule had held them earlier, before another one did. */
    readonly sinceUs: number;
    readonly fromUs: number;
    readonly once: boolean;
    readonly bytes: number;
    readonly segments: number;
    readonly cut: Facts['sends']['cut'];
    /** The number of bytes that were held back, if not all of them are sent now, and what keeps the rest back. */
    readonly of: number | undefined;
    readonly rest: Facts['holds']['why'] | undefined;
    readonly cwnd: number;
    /** True if the first segment with the released data is also the ACK that completes the handshake. */
    readonly joins: boolean;
  };
  /** A sentence on a receive window that is closed. `waits` is true if the other end has something to send. */
  windowShut: Ends & {readonly waits: boolean};
  /** A sentence on a sender that will probe a closed window at `atUs`. `data` is true if more than a FIN waits. */
  asksForWindow: {readonly host: string; readonly data: boolean; readonly atUs: number};
  probes: {readonly host: string; readonly dueUs: number | undefined};
  windowOpens: {readonly host: string; readonly bytes: number};
  /** `small`: Nagle's algorithm waits for an earlier small segment; on Linux only such a segment counts. */
  holds: {
    readonly host: string;
    readonly why: 'nagle' | 'small' | 'window' | 'little' | 'cwnd';
    readonly bytes: number;
    /** The time in µs at which a timer sends what fits the window; only for `little`. */
    readonly untilUs: number | undefined;
    /** True if the program writes more data at this time. */
    readonly more: boolean;
    /** The segment of the handshake whose retransmission made the first cwnd one segment; undefined if none did. */
    readonly began: 'SYN' | 'SYNACK' | undefined;
  };
  /** `hurry` is what makes the ACK leave at once: a second segment, more than one full segment, another full one, or data for two. */
  delaysAck: {
    readonly host: string;
    readonly untilUs: number;
    readonly hurry: 'segment' | 'more' | 'full' | 'two';
  };
  /** A sentence on ACKs with SACK after a gap that are gathered, because three have been sent at once before. */
  gathersAcks: {readonly host: string; readonly untilUs: number};
  delayOver: {readonly host: string; readonly ack: number | undefined; readonly gathered: boolean};
  /** A sentence on a keep-alive probe; `nth` counts the probes since something came from the other end. */
  keepAlive: Ends & {readonly nth: number};
  stays: Stays;
  cut: Cut;
} & ProgramFacts;

export type Saying = keyof Facts;

/**
 * A sentence of the account. `rank` is from 0 for what everybody must know to 3 for what is told if there is room. What has been told
 * `most` times by a key of `about` is known; one telling also counts for the key `once`.
 */
type ToldOf<Kind extends Saying> = {
  readonly says: Kind;
  readonly facts: Facts[Kind];
  readonly n: number;
  readonly rank: 0 | 1 | 2 | 3;
  readonly about: readonly string[];
  readonly most: number;
  readonly once?: string;
  /** True if the same goes on happening and the account tells no more of it. */
  readonly goesOn?: true;
};

export type Told = {[Kind in Saying]: ToldOf<Kind>}[Saying];
