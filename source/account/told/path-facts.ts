// What the account tells of the path, as values: what it did to packets, who learns of that, and what is sent again, and why.

import type {DropReason} from '../../sim/drop-reason.ts';
import type {Fate} from '../fates.ts';
import type {AskedAgain} from './asked-again.ts';
import type {Delay} from './held-up.ts';
import type {Bearers, Late, Needless} from './needless.ts';
import type {Thing} from './thing.ts';
import type {Thrown} from './thrown-away.ts';
import type {Apart} from './told-apart.ts';

/** Who learns of a loss: whoever is told, whose timer runs at that moment, or nobody. */
export type Notice =
  /** With an error of ICMP, or with RST. */
  | {readonly by: 'refusal'; readonly icmp: {readonly type: number; readonly code: number} | undefined}
  | {readonly by: 'host'; readonly host: string}
  /**
   * `data`: acknowledgements of later segments, or the SYN that comes again, may show it before. `resent`: a packet behind it, which has all that it had.
   * `nextUs`: before that the next address is tried.
   */
  | ({
      readonly by: 'timer';
      readonly timer: RepairTimer;
      readonly data: boolean;
      readonly resent: number | undefined;
      readonly nextUs: number | undefined;
    } & LastWait)
  /** A pure ACK; `host` is the other end, which waits for it. */
  | ({readonly by: 'peer'; readonly timer: RepairTimer} & LastWait)
  /** A pure ACK behind which another has left by now. */
  | {readonly by: 'next'; readonly ack: number}
  /** An update of the window; `host` is the other end, which asks by itself at that time. */
  | ({readonly by: 'window'} & Waiting)
  /** Of a window or of silence: the next one leaves by the same timer. */
  | ({readonly by: 'prober'} & LastWait)
  /** Over UDP; `host` has asked. */
  | ({readonly by: 'asker'} & Waiting)
  /** Of ICMP, which repeats nothing: whom it was for. */
  | {readonly by: 'unheard'; readonly host: string}
  /** An RST: of a connection that its sender never had, or had. */
  | {readonly by: 'nobody'; readonly why: 'forgotten' | 'gone' | 'ended' | 'rst' | 'ack' | 'other'}
  /** An RST; `host` has a connection that nobody has at the other end, and no timer of it runs. */
  | {readonly by: 'keeper'; readonly host: string};

/** What makes a host send the same again. */
export type AgainBecause =
  | ('timer' | 'probe' | 'waited' | 'later' | 'held' | 'duplicates' | 'sack')
  | ('doubtful' | 'rescue' | 'partial' | 'rest' | 'size' | 'asked' | 'other');

/** Which timer sends next where nothing is heard (RFC 6298, RFC 8985 §7.2 and §6.2). */
export type RepairTimer = 'RTO' | 'TLP' | 'reordering';
type Waiting = {readonly host: string; readonly atUs: number};
/** `last`: as that timer runs out it sends nothing more, and gives up. */
type LastWait = Waiting & {readonly last: boolean};

/** Further packets that leave again; `needless`: these and the one before them. */
export type Others = {
  readonly packets: readonly number[];
  readonly range: {readonly seq: number; readonly bytes: number} | undefined;
  readonly marked: boolean;
  readonly needless: boolean;
};

export type PathFacts = {
  /** What a fault makes of it: the run is over before that is seen. */
  beyondEnd: {
    readonly packet: number;
    readonly what: 'late' | 'copy' | 'altered' | 'lost';
    readonly atUs: number;
    /** Where its link ends, if that is not yet where it goes: nobody knows how long it would have to wait there. */
    readonly router: string | undefined;
  };
  lost: {
    readonly event: number;
    readonly thing: Thing;
    readonly fate: Fate;
    readonly reason: DropReason;
    readonly sender: string;
    readonly notice: Notice;
    /** A fault was to alter it, to make two of it or to hold it up, and none has come. */
    readonly idle: 'altered' | 'copy' | 'late' | undefined;
    /** It has come before: what dies is another copy. */
    readonly copy: boolean;
    /** Of this it dies: somebody altered it, and did not mend its checksum. */
    readonly altered: boolean;
    /** It dies at its destination, past somebody who answers in that name. */
    readonly passedOnBy: string | undefined;
    /** What tells it from others of its sender that are called the same. */
    readonly by: Apart;
    /** Further packets that share its fate at the same time; of them and of it those that repeat what left before. */
    readonly others: readonly number[];
    readonly repeated: readonly number[];
  };
  again: {
    readonly host: string;
    readonly thing: Thing;
    readonly why: AgainBecause;
    /** How long the timer ran, of a probe since when it was under way; when it runs out next, and whether it has been doubled. */
    readonly waitUs: number | undefined;
    /** When the timer was set anew, later than what is sent again had left (RFC 6298 §5.3), or while it ran (RFC 8985 §6.2). */
    readonly anewUs: number | undefined;
    /** The timer was already due when it was set. `waitUs` is then how long the segment that is retransmitted had been in flight at that moment. */
    readonly overdue: boolean;
    readonly dueUs: number | undefined;
    readonly doubled: boolean;
    /** Then it gives up. */
    readonly last: boolean;
    /** Linux leaves that wait of a SYN as it was (tcp_syn_linear_timeouts). */
    readonly linear: boolean;
    /** So many repetitions of a SYN have waited equally long before this wait is doubled. */
    readonly equal: number | undefined;
    /** An ACK of it has come since it left, and was thrown away. */
    readonly thrown: Thrown | undefined;
    /** What both ends show, and its sender does not see. */
    readonly needless: Needless | undefined;
    /** They bore the ACK that is missing, and more, or are several. */
    readonly bearers: Bearers | undefined;
    /** It came before, and its receiver threw it away, for what it said or where it stood. */
    readonly refused: boolean;
    /** Of several that had left before, the one that is under way. */
    readonly late: Late | undefined;
    readonly peer: string;
    /** Further packets with such segments that leave in the same instant. */
    readonly others: Others;
    /** A recovery begins with it. */
    readonly begins: boolean;
    /** Of RACK: why no time is left to the segment, and how many SACK has named by then. */
    readonly window: 'third' | 'recovery' | 'over' | undefined;
    readonly sacked: number;
    /** The packet in which it left last, where that has repeated it already. */
    readonly repetition: number | undefined;
    /** Something new is there, and may not leave. */
    readonly unsent: boolean;
    /** Packets larger than the MSS leave the host: what counts is what they are on the wire. */
    readonly cut: boolean;
    /**
     * `goal`: ssthresh, to which a recovery brings cwnd by and by, from above or, `back`, from below (RFC 9937); `threshold`: the same,
     * below the segments for duplicates.
     */
    readonly cwnd:
      | {
          readonly before: number;
          readonly after: number;
          readonly goal: number | undefined;
          readonly back: boolean;
          readonly threshold: number | undefined;
        }
      | undefined;
  };
  crossedAgain: {readonly host: string; readonly seq: number};
  /** A question of DNS. */
  askedAgain: AskedAgain;
  /** `idle`: a window that holds nothing back. */
  altered: {readonly packet: number; readonly event: number; readonly idle: boolean};
  /** `apart`: it alone of the two was altered, or was not. `idle`: of a pure ACK, which has said all that before. */
  copied: {
    readonly packet: number;
    readonly event: number;
    readonly apart: 'altered' | 'whole' | undefined;
    readonly idle: boolean;
  };
  /** The path kept it longer than it would have; `idle`: an ACK that says nothing any more. */
  heldUp: Delay & {readonly packet: number; readonly event: number; readonly idle: boolean};
};
