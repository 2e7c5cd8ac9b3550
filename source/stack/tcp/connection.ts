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
  /** The phase of loss recovery; `timeout` is the slow start after a timeout, until everything that was then in flight is acknowledged. */
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
  /** The ranges of this end's data that the peer has SACKed. */
  readonly sacked: readonly SeqRange[];
};

/** The errors that an ICMP message can report to a program's connection. */
export type IcmpError = Extract<TcpSignal, 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENETUNREACH'>;

export type CongestionMarks = {
  /** True from the arrival of a CE mark until CWR arrives: every ACK carries ECE. */
  readonly echo: boolean;
  /** True after cwnd was reduced because of ECE: the next new data carry CWR. */
  readonly cwrDue: boolean;
  /**
   * SND.NXT when ECE last reduced cwnd (or a loss, without RACK). Until it is acknowledged, further ECE flags concern the same congestion.
   */
  readonly point: Seq | undefined;
};

/**
 * The extra state of a connection that a listener accepted early through TCP Fast Open: its program may send while the SYN,ACK is
 * unanswered. SND.UNA and the retransmission queue leave out the SYN,ACK, which has the counts below.
 */
export type EarlyChild = {
  /** The bytes of data in the SYN of the Fast Open. */
  readonly dataBytes: number;
  /** `waits` is true while the handshake is incomplete; `wnd` is the window that the SYN,ACK offered, in bytes. */
  readonly waits: boolean;
  readonly wnd: number;
  readonly sentUs: number;
  /**
   * `timeouts` is the number of times that the timer had the SYN,ACK sent again, `repeats` the number of its repetitions for any reason.
   */
  readonly timeouts: number;
  readonly repeats: number;
  /** True if the program has closed its direction before the handshake is complete; the FIN then follows the handshake. */
  readonly shut: boolean;
};

/** The state by which a receiver paces its acknowledgments as Linux does (ack-pace.ts). */
export type AckPace = {
  /** The number of next ACKs that are sent at once instead of delayed. */
  readonly quick: number;
  /** True if the program answers what it reads, so that ACKs wait for its data. */
  readonly pingpong: boolean;
  /** The delay of an ACK in µs; 0 before any data have arrived. */
  readonly atoUs: number;
  readonly lastDataUs: number;
  /** The estimated payload of the peer's full segments, and that of the last segment that was not full, in bytes. */
  readonly segmentBytes: number;
  readonly lastShortBytes: number;
  /** True if an acknowledgment is due. */
  readonly scheduled: boolean;
  /** The number of segments since the last ACK that look like the end of a write (short, or with PSH); 2 means at least two. */
  readonly pushed: 0 | 1 | 2;
  /**
   * `dupAcks` ACKs with SACK in a row have left at once for the number `dupAckNxt`; `compressed` further ones are combined into the next.
   */
  readonly dupAcks: number;
  readonly dupAckNxt: Seq;
  readonly compressed: number;
};

/**
 * A packet in the receive buffer with data that are unread or beyond a gap: the memory that it takes, and how much of that further data
 * could use.
 */
export type HeldPacket = {readonly end: Seq; readonly bytes: number; readonly roomBytes: number};

/** The receive buffer of a host that counts the memory of packets, as Linux does, in bytes (receive-memory.ts). */
export type ReceiveMemory = {
  /** The size of the receive buffer's memory; `locked` if the program has set it. */
  readonly bufferBytes: number;
  readonly locked: boolean;
  readonly held: readonly HeldPacket[];
  readonly usedBytes: number;
  /** The share of a packet's memory that is data, in 256ths. */
  readonly share: number;
  /** `clampBytes` is the largest receive window, `safeBytes` the one that is known to be safe to offer. */
  readonly clampBytes: number;
  readonly safeBytes: number;
  /**
   * The receiver's estimate of the round-trip time in µs (0: unknown). Without timestamps the next one is measured from `rttFrom`: the time
   * of an ACK, and the end of the window that it offered.
   */
  readonly rttUs: number;
  readonly rttFrom: {readonly seq: Seq; readonly us: number} | undefined;
  readonly lastEcho: number;
  /** The sequence number up to which the program has read. */
  readonly copied: Seq;
  /**
   * The sequence number up to which the program had read at the last measurement, its time, and the most bytes that the program reads in a
   * round trip.
   */
  readonly readSeq: Seq;
  readonly readUs: number;
  readonly readBytes: number;
};

type SendVariables = {
  readonly una: Seq;
  readonly nxt: Seq;
  /** The send window (SND.WND) in bytes, after scaling. */
  readonly wnd: number;
  readonly wl1: Seq;
  readonly wl2: Seq;
  /** The largest window that the peer has offered, in bytes: MAX.SND.WND of RFC 5961 §5.2. */
  readonly maxWnd: number;
};

export type ReceiveVariables = {
  /** RCV.NXT; 0 in SYN-SENT, because the peer's sequence numbers are not known yet. */
  readonly nxt: Seq;
  /** The receive window that this host has offered, in bytes, after scaling. */
  readonly wnd: number;
};

/** The deadlines of a connection's timers, in whole microseconds of simulated time; a timer that is absent does not run. */
type Timers = {readonly [name in TimerName]?: number};

/** A segment on the retransmission queue (RFC 9293 §3.10). */
export type Unacknowledged = {
  readonly seq: Seq;
  readonly lengthBytes: number;
  /** The flags SYN, FIN and PSH with which the segment was first sent. */
  readonly flags: number;
  readonly sentUs: number;
  readonly transmissions: number;
  /** The segment's tags (`Tag` in flight.ts: SACKed, lost, retransmitted), and how many segments had been delivered when it was sent. */
  readonly tags: number;
  readonly deliveredBefore: number;
  /** The ordinal number of this transmission on the connection, which orders transmissions of the same instant. */
  readonly sending: number;
};

/** A RECEIVE call that waits; with `whole` it waits until all of its bytes have arrived. */
export type OutstandingReceive = {readonly maxBytes: number; readonly whole: boolean};

/** Timestamps of RFC 7323: on if both SYNs carried the option; the peer's latest value and its time of arrival. */
export type Timestamps = {
  readonly timestampsOn: boolean;
  readonly tsRecent: number;
  readonly tsRecentUs: number;
};

/** A TCP state in which the remote socket is known: all except CLOSED (no TCB) and LISTEN. */
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
  /** False while a connection waits in its listener's accept queue. */
  readonly accepted: boolean;
  /** Options that the program set on this connection, which override the host's settings. */
  readonly options: SocketOptions;
  readonly rtoUs: number;
  readonly srttUs: number | undefined;
  readonly rttvarUs: number | undefined;
  readonly timers: Timers;
  /** Bytes that the program gave by SEND and that are not yet acknowledged, sent or not. */
  readonly sendBuffer: Rope;
  /** The rest of SENDs for which the send buffer has no room yet. */
  readonly sendWaiting: Rope;
  /** Bytes that have arrived in order and that the application has not taken. */
  readonly receiveBuffer: Rope;
  /**
   * `pathMss` is the payload in bytes that the path carries in one segment; `pathMtu` is the MTU that a router has reported, undefined if
   * none has.
   */
  readonly pathMss: number;
  readonly pathMtu: number | undefined;
  /** The largest payload of a segment to the peer, in bytes (RFC 9293 §3.7.1). */
  readonly mss: number;
  /**
   * The connection's use of Fast Open as a client: set if the first SYN carried data or the option (`asked`). `acked` tells whether the
   * peer has accepted all data of that SYN.
   */
  readonly fastOpen:
    | {
        readonly peer: FastOpenPeer | undefined;
        readonly dataBytes: number;
        readonly experimental: boolean;
        readonly asked: boolean;
        /** True if this is the first attempt to use Fast Open after a pause (fast-open-pause.ts). */
        readonly triesAgain: boolean;
        readonly acked: boolean;
      }
    | undefined;
  /** The extra state of a connection that a listener accepted early through Fast Open; undefined in any other connection. */
  readonly early: EarlyChild | undefined;
  /** The window scale shift counts of both directions; 0 unless both ends offered the option (RFC 7323 §2.2). */
  readonly scale: {readonly snd: number; readonly rcv: number};
  readonly sackPermitted: boolean;
  /** The acknowledgment number of the last segment that this end sent: Last.ACK.sent of RFC 7323 §4.3. */
  readonly lastAckSent: Seq;
  /** The TCP options of this end's SYN or SYN,ACK, which each repetition carries unchanged. */
  readonly synOptions: readonly TcpOption[];
  readonly retransmissionQueue: Fifo<Unacknowledged>;
  /** The congestion window and the slow start threshold in bytes (RFC 5681 §2). */
  readonly cwnd: number;
  readonly ssthresh: number;
  /** Bytes acknowledged in congestion avoidance that have not made cwnd grow yet. */
  readonly cwndCredit: number;
  /** Used only if cwnd counts segments: `use` is how full cwnd has been, `cubic` the state of CUBIC. */
  readonly use: WindowUse;
  readonly cubic: Cubic;
  readonly loss: LossRecovery;
  /** The time at which this end last sent data; undefined if it has sent none. */
  readonly lastDataUs: number | undefined;
  /** The sequence number at the end of the last data segment sent that was not full: SND.SML of Minshall's rule. */
  readonly smallEnd: Seq;
  /** The number of zero-window probes in a row without an answer, and the wait before the next one in µs. */
  readonly probes: number;
  readonly probeWaitUs: number;
  /** The time of the first zero-window probe that is unanswered; undefined if none is. */
  readonly probingSinceUs: number | undefined;
  /** True if a zero-window probe has carried the byte at SND.NXT, which does not count as sent unless the peer acknowledges it. */
  readonly probedByte: boolean;
  /** The time at which this end sent the connection's first SYN; undefined if it sent none, as on a connection that a listener accepted. */
  readonly dialledUs: number | undefined;
  /** The number of retransmission timeouts in a row without an acknowledgment of new data. */
  readonly retries: number;
  /** `pushEnds` are the sequence numbers in the unsent data where a segment gets PSH; `pushedTo` is the last such number noted. */
  readonly pushEnds: readonly Seq[];
  readonly pushedTo: Seq;
  /** The sequence number at which a zero-window probe has cut a segment in two: the segment that begins there gets PSH. */
  readonly pushedFrom: Seq | undefined;
  /** The sequence numbers in the unsent data at which records end; no segment crosses one (MSG_EOR). */
  readonly recordEnds: readonly Seq[];
  /** The rule that keeps unsent data or the FIN from leaving, and since when; undefined if none does. */
  readonly held: {readonly because: RuleId; readonly sinceUs: number} | undefined;
  /** True after the program called CLOSE; the FIN follows the data that are still unsent. */
  readonly closeCalled: boolean;
  /** The sequence number of this end's FIN, once it has been sent. */
  readonly finSeq: Seq | undefined;
  /** True if the program has been told that the peer sends no more data. */
  readonly eofTold: boolean;
  /** True if the program's CLOSE said that nobody reads any more. */
  readonly readerGone: boolean;
  /** RECEIVE calls that wait for data. */
  readonly receives: readonly OutstandingReceive[];
  /** Arrived data beyond a gap, in the order of their sequence numbers. */
  readonly reassembly: readonly Block[];
  /** The sequence number of the peer's FIN, as soon as a FIN in the window has arrived; undefined before. */
  readonly peerFinSeq: Seq | undefined;
  /**
   * Each is defined from the end of the handshake: `pace` if the host paces its ACKs, `memory` if it counts its receive buffer in memory,
   * `sackList` if it remembers the order of its SACK blocks.
   */
  readonly pace: AckPace | undefined;
  readonly memory: ReceiveMemory | undefined;
  readonly sackList: readonly SeqRange[] | undefined;
  /** The payload that has arrived and that this end has not acknowledged, in bytes and in segments. */
  readonly unackedBytes: number;
  readonly unackedSegments: number;
  /** The range of data that arrived twice, which the next acknowledgment reports by D-SACK (RFC 2883); undefined if there is none. */
  readonly duplicate: SeqRange | undefined;
  /** The time of the last challenge ACK or other answer with a rate limit (RFC 5961 §7); undefined if there was none. */
  readonly challengedUs: number | undefined;
  /**
   * The sequence numbers after the urgent data that this end sends and receives: SND.UP and RCV.UP; undefined if no urgent data are ahead.
   */
  readonly sndUp: Seq | undefined;
  readonly rcvUp: Seq | undefined;
  /**
   * The number of the urgent byte that is taken out of the stream, which may not have arrived yet. It is cleared when the program has read
   * past it.
   */
  readonly urgentByte: Seq | undefined;
  /** The last ICMP error since the last progress; the program gets it as the reason if the retries fail (RFC 1122 §4.2.3.9). */
  readonly softError: IcmpError | undefined;
  /** The time of the peer's last segment, and the number of keep-alive probes sent since. */
  readonly heardUs: number | undefined;
  readonly keepAliveProbes: number;
  /** True if both SYNs agreed on ECN (RFC 3168 §6.1.1). */
  readonly ecnOn: boolean;
  readonly marks: CongestionMarks;
};

/** A TCP connection; its `state` tells the variants of the type apart. */
export type Connection = {[S in ConnectionState]: Tcb<S>}[ConnectionState];

export type Listener = {
  readonly state: 'LISTEN';
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly read: ReadMode;
  /** The initial sequence number that a lesson prescribes for each connection of the listener; undefined: computed as usual. */
  readonly iss: Seq | undefined;
  /** How connections reach the listener's program: as soon as they are complete (`auto`), or by its ACCEPT calls (`manual`). */
  readonly accept: 'auto' | 'manual';
  readonly backlog: number;
  /** The most half-open connections that the listener may hold. */
  readonly synLimit: number;
  /** The number of the listener's connections in SYN-RECEIVED: the length of the SYN queue. */
  readonly halfOpen: number;
  /** The listener's connections that no program has accepted, complete or opened by Fast Open, oldest first: the accept queue. */
  readonly ready: readonly ConnectionId[];
  readonly fastOpen: EarlyQueue;
  /** The number of the program's ACCEPT calls that wait for a connection. */
  readonly accepts: number;
  /** The time at which the listener last sent a SYN cookie; undefined if it never did. */
  readonly cookieUs: number | undefined;
  /** Socket options that the program set on the listener; each accepted connection inherits them. */
  readonly options: SocketOptions;
};

/**
 * A listener's Fast Open connections with an incomplete handshake: the most allowed, their number, and the times until which resets of
 * accepted ones count as such, too.
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
  /** True if the option's form that this server understands is known, or if both forms have been tried. */
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
