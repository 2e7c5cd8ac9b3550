// The transmission control block (RFC 9293 §3.3.1) and what a host's TCP holds: listeners and connections.
import type {Fifo} from '../../wire/fifo.ts';
import type {Rope} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqLt} from '../../wire/seq.ts';
import type {Table} from '../../wire/table.ts';
import {TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import type {ConnectionId, ReadMode, Socket, SocketOptions, TcpSignal, TimerName} from './effect.ts';
import type {Cubic, WindowUse} from './growth-state.ts';
import type {Block} from './reassembly.ts';
import type {RepairState} from './repair-state.ts';
import type {RuleId} from './rules.ts';
import type {SeqRange} from './scoreboard.ts';
import type {TcpState} from './states.ts';

export type LossRecovery = {
  /** The phase of recovery; `timeout` is the slow start over what was in flight when the timer expired. */
  readonly phase: 'none' | 'fast' | 'timeout';
  /** SND.NXT when the last loss was noticed: *recover* of RFC 6582, RecoveryPoint of RFC 6675. */
  readonly point: Seq;
  /** Everything below this number has been retransmitted in this recovery: HighRxt of RFC 6675 plus one. */
  readonly highRxt: Seq;
  /** True if the rescue retransmission of this recovery has been used (RFC 6675 §4, rule 4). */
  readonly rescued: boolean;
  readonly dupAcks: number;
  /** Bytes sent by limited transmit since the last ACK of new data, which FlightSize leaves out (RFC 5681 §3.2). */
  readonly limitedBytes: number;
  /** The ranges that the peer has SACKed. */
  readonly sacked: readonly SeqRange[];
};

/** The error that ICMP reports of a path or of the host at its end. */
export type IcmpError = Extract<TcpSignal, 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENETUNREACH'>;

export type CongestionMarks = {
  /** True after a mark until CWR arrives: every ACK carries ECE. */
  readonly echo: boolean;
  /** True after cwnd was reduced: the next new data carry CWR. */
  readonly cwrDue: boolean;
  /**
   * SND.NXT when an echo last reduced cwnd (or a loss, without RACK). Until it is acknowledged, further echoes concern the same congestion.
   */
  readonly point: Seq | undefined;
};

/**
 * The extra state of a listener's child that Fast Open has made: the program may have it and send while the SYN,ACK is unanswered. SND.UNA
 * and the retransmission queue do not include its SYN; the SYN,ACK is counted separately.
 */
export type EarlyChild = {
  /** The bytes of data in the SYN. */
  readonly dataBytes: number;
  /** True while the handshake is incomplete; `wnd` is the window that the SYN,ACK offered, in bytes. */
  readonly waits: boolean;
  readonly wnd: number;
  readonly sentUs: number;
  /** The number of times that the SYN,ACK was sent again by its timer, and for any reason. */
  readonly timeouts: number;
  readonly repeats: number;
  /** True if the program has closed its direction: the FIN follows the handshake. */
  readonly shut: boolean;
};

/** The pace of acknowledgments as in Linux (ack-pace.ts). */
export type AckPace = {
  /** The number of ACKs that still leave at once. */
  readonly quick: number;
  /** True if the program answers what it reads, so that ACKs wait for its data. */
  readonly pingpong: boolean;
  /** The delay of an ACK in µs; 0 before any data have arrived. */
  readonly atoUs: number;
  readonly lastDataUs: number;
  /** The estimated payload of the peer's full segments, and that of the last one that was not full. */
  readonly segmentBytes: number;
  readonly lastShortBytes: number;
  /** True if an acknowledgment is due. */
  readonly scheduled: boolean;
  /** The number of segments since the last ACK that look like the end of a write; 2 means at least two. */
  readonly pushed: 0 | 1 | 2;
  /** The number of ACKs with SACK in a row that have left at once for the same number, and of those combined since. */
  readonly dupAcks: number;
  readonly dupAckNxt: Seq;
  readonly compressed: number;
};

/** A packet of which something waits unread or beyond a gap: the memory that it takes, and what is left of that for other data. */
export type HeldPacket = {readonly end: Seq; readonly bytes: number; readonly roomBytes: number};

/** The receive buffer as memory (receive-memory.ts), in bytes. */
export type ReceiveMemory = {
  /** The limit, and whether the program has set it. */
  readonly bufferBytes: number;
  readonly locked: boolean;
  readonly held: readonly HeldPacket[];
  readonly usedBytes: number;
  /** The share of a packet's memory that is data, in 256ths. */
  readonly share: number;
  /** The largest window, and the one that is known to be safe to offer. */
  readonly clampBytes: number;
  readonly safeBytes: number;
  /** The receiver's estimate of the round-trip time in µs (0: unknown), and the window that measures it next. */
  readonly rttUs: number;
  readonly rttFrom: {readonly seq: Seq; readonly us: number} | undefined;
  readonly lastEcho: number;
  /** The number up to which the program has read. */
  readonly copied: Seq;
  /** The number up to which the program had read at the last measurement, the time of that, and the most that it reads in a round trip. */
  readonly readSeq: Seq;
  readonly readUs: number;
  readonly readBytes: number;
};

type SendVariables = {
  readonly una: Seq;
  readonly nxt: Seq;
  /** The window in bytes, scaled. */
  readonly wnd: number;
  readonly wl1: Seq;
  readonly wl2: Seq;
  /** The largest window that the peer has offered, in bytes: MAX.SND.WND of RFC 5961 §5.2. */
  readonly maxWnd: number;
};

export type ReceiveVariables = {
  /** 0 in SYN-SENT, because the peer's numbers are not known yet. */
  readonly nxt: Seq;
  /** The window that this host has offered in bytes, scaled. */
  readonly wnd: number;
};

/** Deadlines in whole microseconds of simulated time; a timer that is absent does not run. */
type Timers = {readonly [name in TimerName]?: number};

/** A segment on the retransmission queue (RFC 9293 §3.10). */
export type Unacknowledged = {
  readonly seq: Seq;
  readonly lengthBytes: number;
  /** SYN, FIN and PSH as they were first sent. */
  readonly flags: number;
  readonly sentUs: number;
  readonly transmissions: number;
  /** The tags SACKed, lost and retransmitted (flight.ts), and how many segments had been delivered when it was sent. */
  readonly tags: number;
  readonly deliveredBefore: number;
  /** The number of the sending on this connection, which orders two at the same instant. */
  readonly sending: number;
};

/** A pending RECEIVE; with `whole` it waits until all bytes have arrived. */
export type OutstandingReceive = {readonly maxBytes: number; readonly whole: boolean};

/** Timestamps of RFC 7323: on if both SYNs carried the option; the peer's latest value and its time of arrival. */
export type Timestamps = {
  readonly timestampsOn: boolean;
  readonly tsRecent: number;
  readonly tsRecentUs: number;
};

/** A state with a remote socket: all except CLOSED (no TCB) and LISTEN. */
export type ConnectionState = Exclude<TcpState, 'CLOSED' | 'LISTEN'>;

type OfConcerns = Timestamps & RepairState;

type Tcb<S extends ConnectionState = ConnectionState> = OfConcerns & {
  readonly state: S;
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly remote: Socket;
  readonly origin: 'active' | 'passive';
  readonly iss: Seq;
  /** The peer's initial sequence number; 0 in SYN-SENT. */
  readonly irs: Seq;
  readonly snd: SendVariables;
  readonly rcv: ReceiveVariables;
  readonly read: ReadMode;
  /** False while a child waits in its listener's accept queue. */
  readonly accepted: boolean;
  /** Options that the program set on this connection, which override the host's settings. */
  readonly options: SocketOptions;
  readonly rtoUs: number;
  readonly srttUs: number | undefined;
  readonly rttvarUs: number | undefined;
  readonly timers: Timers;
  /** Bytes given by SEND and not yet acknowledged, sent or not. */
  readonly sendBuffer: Rope;
  /** The rest of SENDs for which the send buffer has no room yet. */
  readonly sendWaiting: Rope;
  /** Bytes in order that the application has not taken. */
  readonly receiveBuffer: Rope;
  /** The payload that the path carries in one segment, in bytes, and the MTU that a router has reported. */
  readonly pathMss: number;
  readonly pathMtu: number | undefined;
  /** The largest payload of a segment to the peer, in bytes (RFC 9293 §3.7.1). */
  readonly mss: number;
  /**
   * The state of Fast Open, if the first SYN carried data or asked (`asked`) by the option; `acked` tells which data the peer has accepted.
   */
  readonly fastOpen:
    | {
        readonly peer: FastOpenPeer | undefined;
        readonly dataBytes: number;
        readonly experimental: boolean;
        readonly asked: boolean;
        /** True for the first attempt after a pause (fast-open-pause.ts). */
        readonly triesAgain: boolean;
        readonly acked: boolean;
      }
    | undefined;
  /** The state of a child that Fast Open has made; undefined in any other connection. */
  readonly early: EarlyChild | undefined;
  /** The shift counts of both directions; 0 unless both ends offered the option (RFC 7323 §2.2). */
  readonly scale: {readonly snd: number; readonly rcv: number};
  readonly sackPermitted: boolean;
  /** RCV.NXT of the last segment sent: Last.ACK.sent of RFC 7323 §4.3. */
  readonly lastAckSent: Seq;
  /** The options of this end's SYN or SYN,ACK, the same on each repetition. */
  readonly synOptions: readonly TcpOption[];
  readonly retransmissionQueue: Fifo<Unacknowledged>;
  /** The congestion window and the slow start threshold in bytes (RFC 5681 §2). */
  readonly cwnd: number;
  readonly ssthresh: number;
  /** Bytes acknowledged in congestion avoidance that have not made cwnd grow yet. */
  readonly cwndCredit: number;
  /** Used only if cwnd counts segments: how much of it was used, and the curve of CUBIC. */
  readonly use: WindowUse;
  readonly cubic: Cubic;
  readonly loss: LossRecovery;
  /** The time at which data were last sent. */
  readonly lastDataUs: number | undefined;
  /** The end of the last data segment that was not full: SND.SML of Minshall's rule. */
  readonly smallEnd: Seq;
  /** The number of unanswered probes of a closed window in a row, and the wait before the next one. */
  readonly probes: number;
  readonly probeWaitUs: number;
  /** The time of the first of the unanswered probes. */
  readonly probingSinceUs: number | undefined;
  /** True if a probe has carried the byte at SND.NXT, which does not count as sent unless the peer accepts it. */
  readonly probedByte: boolean;
  /** The time of the connection's first SYN. */
  readonly dialledUs: number | undefined;
  /** The number of timeouts in a row without progress. */
  readonly retries: number;
  /** The places of PSH in the unsent data, and its last place. */
  readonly pushEnds: readonly Seq[];
  readonly pushedTo: Seq;
  /** The place where a probe has cut a segment; its rest is pushed, too, whatever joins it. */
  readonly pushedFrom: Seq | undefined;
  /** The ends of records in the unsent data, which no segment crosses (MSG_EOR). */
  readonly recordEnds: readonly Seq[];
  /** The rule that keeps data or the FIN from leaving, and since when. */
  readonly held: {readonly because: RuleId; readonly sinceUs: number} | undefined;
  /** True after CLOSE; the FIN follows the data. */
  readonly closeCalled: boolean;
  /** The sequence number of this end's FIN, once it has been sent. */
  readonly finSeq: Seq | undefined;
  /** True if the program has been told that the peer's data have ended. */
  readonly eofTold: boolean;
  /** True if CLOSE said that nobody reads any more. */
  readonly readerGone: boolean;
  /** RECEIVE calls that wait for data. */
  readonly receives: readonly OutstandingReceive[];
  /** Segments beyond a gap, in sequence order. */
  readonly reassembly: readonly Block[];
  /** The sequence number of the peer's FIN, as soon as one in the window has arrived. */
  readonly peerFinSeq: Seq | undefined;
  /** Present once the connection is synchronised, if the host paces its ACKs, counts its buffer in memory or remembers its SACK blocks. */
  readonly pace: AckPace | undefined;
  readonly memory: ReceiveMemory | undefined;
  readonly sackList: readonly SeqRange[] | undefined;
  /** Received and unacknowledged payload, in bytes and in segments. */
  readonly unackedBytes: number;
  readonly unackedSegments: number;
  /** Data that arrived twice, which the next acknowledgment reports (RFC 2883). */
  readonly duplicate: SeqRange | undefined;
  /** The time at which this end last answered an unacceptable segment (RFC 5961 §7). */
  readonly challengedUs: number | undefined;
  /** The numbers after urgent data, sent and received: SND.UP and RCV.UP; undefined if no urgent data are ahead. */
  readonly sndUp: Seq | undefined;
  readonly rcvUp: Seq | undefined;
  /**
   * The number of the urgent byte that is taken out of the stream, which may not have arrived yet. It is cleared when the program has read
   * past it.
   */
  readonly urgentByte: Seq | undefined;
  /** The last ICMP error since the last progress, in case the retries fail (RFC 1122 §4.2.3.9). */
  readonly softError: IcmpError | undefined;
  /** The time of the peer's last segment, and the number of keep-alive probes sent since. */
  readonly heardUs: number | undefined;
  readonly keepAliveProbes: number;
  /** True if both SYNs agreed on ECN (RFC 3168 §6.1.1). */
  readonly ecnOn: boolean;
  readonly marks: CongestionMarks;
};

/** A connection; its state tells the variants apart. */
export type Connection = {[S in ConnectionState]: Tcb<S>}[ConnectionState];

export type Listener = {
  readonly state: 'LISTEN';
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly read: ReadMode;
  /** The ISN that a lesson prescribes for each child. */
  readonly iss: Seq | undefined;
  /** Whether a program takes each connection as soon as it is complete (`auto`), or calls ACCEPT (`manual`). */
  readonly accept: 'auto' | 'manual';
  readonly backlog: number;
  /** The most half-open connections that the listener may hold. */
  readonly synLimit: number;
  /** The number of children in SYN-RECEIVED: the SYN queue. */
  readonly halfOpen: number;
  /** Complete connections and those of Fast Open that nobody has accepted, oldest first: the accept queue. */
  readonly ready: readonly ConnectionId[];
  readonly fastOpen: EarlyQueue;
  /** The number of ACCEPT calls that wait. */
  readonly accepts: number;
  /** The time at which the last SYN cookie was sent. */
  readonly cookieUs: number | undefined;
  /** Options that the program set, which each child inherits. */
  readonly options: SocketOptions;
};

/**
 * The children of Fast Open with an incomplete handshake: the most allowed, the present number, and the times until which resets count as
 * such.
 */
export type EarlyQueue = {
  readonly most: number;
  readonly pending: number;
  readonly resetUntilUs: readonly number[];
};

/**
 * The facts that a client remembers of a server for TCP Fast Open: its cookie (empty: none yet), the form in which to ask for one, its MSS.
 */
export type FastOpenPeer = {
  readonly cookie: Uint8Array;
  readonly experimental: boolean;
  /** True if the form is known, or if both have been tried. */
  readonly settled: boolean;
  readonly mss: number | undefined;
};

/** The number of times in a row that Fast Open was found to be blocked, and the last time of it. */
export type FastOpenPause = {readonly times: number; readonly sinceUs: number};

/** The state of a host's TCP. */
export type Tcp = {
  readonly fastOpenPause?: FastOpenPause;
  readonly fastOpenPeers?: ReadonlyMap<string, FastOpenPeer>;
  readonly listeners: ReadonlyMap<ConnectionId, Listener>;
  readonly connections: Table<Connection>;
};

/** Tells whether this end's SYN is still on the retransmission queue. */
export const synUnacknowledged = (tcb: Connection): boolean =>
  ((tcb.retransmissionQueue.at(0)?.flags ?? 0) & TcpFlag.SYN) !== 0;

/** Returns the sequence number of the first byte of `sendBuffer`, before which an unacknowledged SYN takes one. */
export const dataStart = (tcb: Connection): Seq => seqAdd(tcb.snd.una, synUnacknowledged(tcb) ? 1 : 0);

/** Tells whether the peer's FIN and everything before it have arrived. */
export const finReceivedBy = ({peerFinSeq, rcv}: Connection): boolean =>
  peerFinSeq !== undefined && seqLt(peerFinSeq, rcv.nxt);

export const finAcknowledged = (tcb: Connection): boolean =>
  tcb.finSeq !== undefined && seqLt(tcb.finSeq, tcb.snd.una);
