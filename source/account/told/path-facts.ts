// Defines the facts of the sentences on the path: what it did to packets, who learns of that, what is sent again, and why.

import type {DropReason} from '../../sim/drop-reason.ts';
import type {Fate} from '../fates.ts';
import type {AskedAgain} from './asked-again.ts';
import type {Delay} from './held-up.ts';
import type {Bearers, Late, Needless} from './needless.ts';
import type {Thing} from './packet-name.ts';
import type {Thrown} from './thrown-away.ts';
import type {Apart} from './told-apart.ts';

/** Tells who learns of the loss of a packet: a host that is told, a host whose timer runs at that moment, or nobody. */
export type Notice =
  /** The sender of the lost packet is told with an ICMP error, or with an RST. */
  | {readonly by: 'refusal'; readonly icmp: {readonly type: number; readonly code: number} | undefined}
  | {readonly by: 'host'; readonly host: string}
  /**
   * The sender's timer will show the loss. `data`: acknowledgments of later segments, or the repeated SYN, may show it earlier. `resent`: a
   * later packet that contains all its data. `nextUs`: the earlier time at which the next address is tried.
   */
  | ({
      readonly by: 'timer';
      readonly timer: RepairTimer;
      readonly data: boolean;
      readonly resent: number | undefined;
      readonly nextUs: number | undefined;
    } & LastWait)
  /** A pure ACK is lost; `host` is the other end, which waits for it. */
  | ({readonly by: 'peer'; readonly timer: RepairTimer} & LastWait)
  /** A pure ACK is lost, and a later one has been sent by now. */
  | {readonly by: 'next'; readonly ack: number}
  /** A window update is lost; `host` is the other end, which probes at that time. */
  | ({readonly by: 'window'} & Waiting)
  /** A probe of a window or of a silent peer is lost; the same timer sends the next one. */
  | ({readonly by: 'prober'} & LastWait)
  /** A message over UDP is lost; `host` has asked. */
  | ({readonly by: 'asker'} & Waiting)
  /** An ICMP message is lost, which nobody repeats; `host` is its receiver. */
  | {readonly by: 'unheard'; readonly host: string}
  /**
   * A packet is lost and nobody learns of it: an RST (`rst`, `ended`, `gone`), a segment without a record of the connection (`forgotten`),
   * an ACK, or something else.
   */
  | {readonly by: 'nobody'; readonly why: 'forgotten' | 'gone' | 'ended' | 'rst' | 'ack' | 'other'}
  /** An RST is lost; `host` keeps a connection that nobody has at the other end, and no timer of it runs. */
  | {readonly by: 'keeper'; readonly host: string};

/** The reasons for which a host sends the same segment again. */
export type AgainBecause =
  | ('timer' | 'probe' | 'waited' | 'later' | 'held' | 'duplicates' | 'sack')
  | ('doubtful' | 'rescue' | 'partial' | 'rest' | 'size' | 'asked' | 'other');

/** The timer by which a TCP sender sends next if nothing is heard (RFC 6298, RFC 8985 §7.2 and §6.2). */
export type RepairTimer = 'RTO' | 'TLP' | 'reordering';
type Waiting = {readonly host: string; readonly atUs: number};
/** A host whose timer runs; `last` is true if the host gives up and sends nothing more when the timer expires. */
type LastWait = Waiting & {readonly last: boolean};

/** Further packets that are retransmitted in the same instant; `needless` is true if these and the first one need not be. */
export type Others = {
  readonly packets: readonly number[];
  readonly range: {readonly seq: number; readonly bytes: number} | undefined;
  readonly marked: boolean;
  readonly needless: boolean;
};

export type PathFacts = {
  /** A sentence on the effect of a fault if the run is over before it is seen. */
  beyondEnd: {
    readonly packet: number;
    readonly what: 'late' | 'copy' | 'altered' | 'lost';
    readonly atUs: number;
    /**
     * The router at the end of the packet's link, if the router is not the receiver: nobody knows how long the packet would wait there.
     * Undefined if it is.
     */
    readonly router: string | undefined;
  };
  lost: {
    readonly event: number;
    readonly thing: Thing;
    readonly fate: Fate;
    readonly reason: DropReason;
    readonly sender: string;
    readonly notice: Notice;
    /** The effect that a fault was to have on the lost packet, of which nobody sees anything: change it, copy it or delay it. */
    readonly idle: 'altered' | 'copy' | 'late' | undefined;
    /** True if the packet had arrived before, so that only a copy of it is lost. */
    readonly copy: boolean;
    /** True if the packet is lost because somebody changed it without correcting its checksum. */
    readonly altered: boolean;
    /** The host that answers in the destination's name, if it forwarded the packet and the packet is lost at the destination. */
    readonly passedOnBy: string | undefined;
    /** How the text tells the lost packet from others of its sender that have the same name. */
    readonly by: Apart;
    /** Further packets that are lost for the same reason at the same time. */
    readonly others: readonly number[];
    /** The lost packets, this one included, that repeat bytes sent before. */
    readonly repeated: readonly number[];
  };
  again: {
    readonly host: string;
    readonly thing: Thing;
    readonly why: AgainBecause;
    /** The time in µs for which the timer of the retransmission ran, or for a probe the time for which the segment had been in flight. */
    readonly waitUs: number | undefined;
    /**
     * The time in µs at which the retransmission timer was restarted, after the retransmitted segment was sent (RFC 6298 §5.3), or while it
     * ran (RFC 8985 §6.2).
     */
    readonly anewUs: number | undefined;
    /**
     * True if the retransmission timer was already due when it was set. `waitUs` is then how long the segment that is retransmitted had
     * been in flight at that moment.
     */
    readonly overdue: boolean;
    readonly dueUs: number | undefined;
    readonly doubled: boolean;
    /** True if the host gives up when the retransmission timer next expires. */
    readonly last: boolean;
    /** True if Linux did not double the wait of a SYN (tcp_syn_linear_timeouts). */
    readonly linear: boolean;
    /** The number of repetitions of a SYN that have waited equally long before the wait is doubled now. */
    readonly equal: number | undefined;
    /** An ACK of the segment that has come since the segment was sent, and was discarded. */
    readonly thrown: Thrown | undefined;
    /** Why the retransmission is needless, which an observer of both ends sees and its sender cannot; undefined if it is needed. */
    readonly needless: Needless | undefined;
    /** The packets that carried the missing ACK of the segment, if they carried more than the ACK or are several. */
    readonly bearers: Bearers | undefined;
    /** True if the segment had arrived before and its receiver discarded it, for its contents or its numbers. */
    readonly refused: boolean;
    /** The copy of the segment that is still on its way, if several were sent before. */
    readonly late: Late | undefined;
    readonly peer: string;
    /** Further packets that retransmit segments in the same instant. */
    readonly others: Others;
    /** True if a recovery of the sender begins with this retransmission. */
    readonly begins: boolean;
    /** The reason why RACK gives the segment no time for reordering, and how many segments SACK has named by then. */
    readonly window: 'third' | 'recovery' | 'over' | undefined;
    readonly sacked: number;
    /** The packet in which the retransmitted segment was last sent, if that was already a retransmission. */
    readonly repetition: number | undefined;
    /** True if the sender has new data that it may not send. */
    readonly unsent: boolean;
    /** True if the retransmitted packets are larger than the MSS, so that the network card cuts them. */
    readonly cut: boolean;
    /**
     * How the retransmission changes cwnd. `goal`: ssthresh, toward which a recovery moves cwnd, from above or (`back`) from below (RFC
     * 9937). `threshold`: ssthresh without the segments that are added for duplicate ACKs.
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
  /** A sentence on a DNS query that is sent again. */
  askedAgain: AskedAgain;
  /** A sentence on a packet that was changed on the path. `idle` is true if only the window was changed, and it holds nothing back. */
  altered: {readonly packet: number; readonly event: number; readonly idle: boolean};
  /**
   * A sentence on a copy that the path made of a packet. `apart`: only the copy was changed, or only the original. `idle`: a pure ACK that
   * repeats the first one and has no effect.
   */
  copied: {
    readonly packet: number;
    readonly event: number;
    readonly apart: 'altered' | 'whole' | undefined;
    readonly idle: boolean;
  };
  /** A sentence on a packet that the path delayed; `idle` is true for an ACK that has no effect any more. */
  heldUp: Delay & {readonly packet: number; readonly event: number; readonly idle: boolean};
};
