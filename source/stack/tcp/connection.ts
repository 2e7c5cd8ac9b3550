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
  /** `timeout`: slow start over what was in flight when the timer ran out. */
  readonly phase: 'none' | 'fast' | 'timeout';
  /** SND.NXT when the last loss was noticed: *recover* of RFC 6582, RecoveryPoint of RFC 6675. */
  readonly point: Seq;
  /** Everything below it has been repeated in this recovery: one beyond HighRxt of RFC 6675. */
  readonly highRxt: Seq;
  /** The rescue retransmission of this recovery has been spent (RFC 6675 §4, rule 4). */
  readonly rescued: boolean;
  readonly dupAcks: number;
  /** Sent by limited transmit since the last ACK of new data; FlightSize leaves it out (RFC 5681 §3.2). */
  readonly limitedBytes: number;
  /** What the peer has SACKed. */
  readonly sacked: readonly SeqRange[];
};

/** What ICMP says of a path or of the host at its end. */
export type IcmpError = Extract<TcpSignal, 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENETUNREACH'>;

export type CongestionMarks = {
  /** A mark has come, and no CWR since: every ACK carries ECE. */
  readonly echo: boolean;
  /** cwnd has been reduced: the next new data carry CWR. */
  readonly cwrDue: boolean;
  /** SND.NXT when an echo or a loss last reduced cwnd (a loss: where nobody tells them by time); until it is acknowledged further echoes are the same congestion. */
  readonly point: Seq | undefined;
};

/**
 * A listener's child that Fast Open has made: the program may have it, and send, while the SYN,ACK is unanswered. Of its own SYN SND.UNA
 * and the queue know nothing; the SYN,ACK has its own count.
 */
export type EarlyChild = {
  /** How much text the SYN brought. */
  readonly dataBytes: number;
  /** The handshake is not complete; what the SYN,ACK offered, in bytes. */
  readonly waits: boolean;
  readonly wnd: number;
  readonly sentUs: number;
  /** How often the SYN,ACK went again by its timer, and for whatever reason. */
  readonly timeouts: number;
  readonly repeats: number;
  /** The program has ended its direction: the FIN follows the handshake. */
  readonly shut: boolean;
};

/** When acknowledgements leave, as Linux paces them (ack-pace.ts). */
export type AckPace = {
  /** ACKs that leave at once yet. */
  readonly quick: number;
  /** The program answers what it reads: ACKs wait for its data. */
  readonly pingpong: boolean;
  /** How long an ACK waits, in µs; 0: nothing has come yet. */
  readonly atoUs: number;
  readonly lastDataUs: number;
  /** The payload of the peer's full segments as it looks, and of the last that was not full. */
  readonly segmentBytes: number;
  readonly lastShortBytes: number;
  /** An acknowledgement is due for something that has come. */
  readonly scheduled: boolean;
  /** How many segments that look like the end of a write have come since the last ACK; 2: at least two. */
  readonly pushed: 0 | 1 | 2;
  /** ACKs in a row with SACK that have left at once for the same number, and those that have been put together since. */
  readonly dupAcks: number;
  readonly dupAckNxt: Seq;
  readonly compressed: number;
};

/** A packet of which something waits unread or beyond a gap: the memory it takes, and what is left of it for another's text. */
export type HeldPacket = {readonly end: Seq; readonly bytes: number; readonly roomBytes: number};

/** The receive buffer as memory (receive-memory.ts). All in bytes. */
export type ReceiveMemory = {
  /** The limit, and whether the program has set it. */
  readonly bufferBytes: number;
  readonly locked: boolean;
  readonly held: readonly HeldPacket[];
  readonly usedBytes: number;
  /** How much of a packet's memory is text, of 256. */
  readonly share: number;
  /** The largest window, and the one that has been found safe to offer. */
  readonly clampBytes: number;
  readonly safeBytes: number;
  /** The round trip as the receiver sees it, in µs (0: unknown), and the window that measures it next. */
  readonly rttUs: number;
  readonly rttFrom: {readonly seq: Seq; readonly us: number} | undefined;
  readonly lastEcho: number;
  /** How far the program has read. */
  readonly copied: Seq;
  /** What the program had read when it was measured last, when, and the most it reads in a round trip. */
  readonly readSeq: Seq;
  readonly readUs: number;
  readonly readBytes: number;
};

type SendVariables = {
  readonly una: Seq;
  readonly nxt: Seq;
  /** In bytes, already scaled. */
  readonly wnd: number;
  readonly wl1: Seq;
  readonly wl2: Seq;
  /** Largest window the peer has offered, in bytes: MAX.SND.WND of RFC 5961 §5.2. */
  readonly maxWnd: number;
};

export type ReceiveVariables = {
  /** 0 in SYN-SENT: the peer's numbers are not known yet. */
  readonly nxt: Seq;
  /** What this host has offered, in bytes, already scaled. */
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
  /** SACKed, lost, sent again (flight.ts), and how many segments had been delivered when it left. */
  readonly tags: number;
  readonly deliveredBefore: number;
  /** Which of this connection's sendings it was: of two at the same instant the later one. */
  readonly sending: number;
};

/** `whole`: not served before all of them have come. */
export type OutstandingReceive = {readonly maxBytes: number; readonly whole: boolean};

/** RFC 7323: on if both SYNs carried the option; the latest value of the peer, and when it came. */
export type Timestamps = {
  readonly timestampsOn: boolean;
  readonly tsRecent: number;
  readonly tsRecentUs: number;
};

/** A state that has a remote socket: every one but CLOSED (no TCB) and LISTEN. */
export type ConnectionState = Exclude<TcpState, 'CLOSED' | 'LISTEN'>;

type OfConcerns = Timestamps & RepairState;

type Tcb<S extends ConnectionState = ConnectionState> = OfConcerns & {
  readonly state: S;
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly remote: Socket;
  readonly origin: 'active' | 'passive';
  readonly iss: Seq;
  /** 0 in SYN-SENT. */
  readonly irs: Seq;
  readonly snd: SendVariables;
  readonly rcv: ReceiveVariables;
  readonly read: ReadMode;
  /** False while a child waits in its listener's accept queue. */
  readonly accepted: boolean;
  /** What the program set on this connection, on top of the host's settings. */
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
  /** What the path carries in one segment, in bytes, and what MTU a router has named. */
  readonly pathMss: number;
  readonly pathMtu: number | undefined;
  /** Largest payload of a segment to the peer, in bytes (RFC 9293 §3.7.1). */
  readonly mss: number;
  /** The first SYN carried data, or `asked` by the option of Fast Open; `acked`: which the peer has taken. */
  readonly fastOpen:
    | {
        readonly peer: FastOpenPeer | undefined;
        readonly dataBytes: number;
        readonly experimental: boolean;
        readonly asked: boolean;
        /** The first after a pause (fast-open-pause.ts). */
        readonly triesAgain: boolean;
        readonly acked: boolean;
      }
    | undefined;
  /** Only of a child that Fast Open has made. */
  readonly early: EarlyChild | undefined;
  /** Shift counts of the two directions; 0 unless both ends offered the option (RFC 7323 §2.2). */
  readonly scale: {readonly snd: number; readonly rcv: number};
  readonly sackPermitted: boolean;
  /** RCV.NXT of the last segment sent: Last.ACK.sent of RFC 7323 §4.3. */
  readonly lastAckSent: Seq;
  /** Options of this end's SYN or SYN,ACK: the same on each repetition. */
  readonly synOptions: readonly TcpOption[];
  readonly retransmissionQueue: Fifo<Unacknowledged>;
  /** Congestion window and slow start threshold, in bytes (RFC 5681 §2). */
  readonly cwnd: number;
  readonly ssthresh: number;
  /** Bytes acknowledged in congestion avoidance that have not made cwnd grow yet. */
  readonly cwndCredit: number;
  /** Only where cwnd counts segments: how far it was used; and only of CUBIC: its curve. */
  readonly use: WindowUse;
  readonly cubic: Cubic;
  readonly loss: LossRecovery;
  /** When data left last. */
  readonly lastDataUs: number | undefined;
  /** End of the last data segment that was not full: SND.SML of Minshall's rule. */
  readonly smallEnd: Seq;
  /** Probes of a closed window in a row without an answer, and how long the next one waits. */
  readonly probes: number;
  readonly probeWaitUs: number;
  /** When the first of them left. */
  readonly probingSinceUs: number | undefined;
  /** A probe has carried the byte at SND.NXT, which does not count as sent unless the peer takes it. */
  readonly probedByte: boolean;
  /** When its first SYN left. */
  readonly dialledUs: number | undefined;
  /** Time-outs in a row without progress. */
  readonly retries: number;
  /** Where PSH belongs in the unsent data, and where it was put last. */
  readonly pushEnds: readonly Seq[];
  readonly pushedTo: Seq;
  /** A probe has cut a segment here: its rest is pushed, too, whatever joins it. */
  readonly pushedFrom: Seq | undefined;
  /** Where records end in the unsent data, which no segment joins (MSG_EOR). */
  readonly recordEnds: readonly Seq[];
  /** The rule that keeps data or the FIN from leaving, and since when. */
  readonly held: {readonly because: RuleId; readonly sinceUs: number} | undefined;
  /** CLOSE has been called; the FIN follows the data. */
  readonly closeCalled: boolean;
  /** Sequence number of this end's FIN, once it has been sent. */
  readonly finSeq: Seq | undefined;
  /** The program has been told that the peer's data have ended. */
  readonly eofTold: boolean;
  /** CLOSE said that nobody reads any more. */
  readonly readerGone: boolean;
  /** Sizes of RECEIVE calls that wait for data. */
  readonly receives: readonly OutstandingReceive[];
  /** Segments beyond a gap, in sequence order. */
  readonly reassembly: readonly Block[];
  /** Sequence number of the peer's FIN, as soon as one in the window has come. */
  readonly peerFinSeq: Seq | undefined;
  /** Of a host that paces its ACKs, counts its buffer in memory or remembers its SACK blocks, once it is synchronised. */
  readonly pace: AckPace | undefined;
  readonly memory: ReceiveMemory | undefined;
  readonly sackList: readonly SeqRange[] | undefined;
  /** Payload received and not yet acknowledged, in bytes and in segments. */
  readonly unackedBytes: number;
  readonly unackedSegments: number;
  /** Data that came twice, to be reported by the next acknowledgement (RFC 2883). */
  readonly duplicate: SeqRange | undefined;
  /** When this end last answered a segment that it did not accept (RFC 5961 §7). */
  readonly challengedUs: number | undefined;
  /** The numbers behind urgent data, sent and received: SND.UP and RCV.UP; undefined where nothing urgent is ahead. */
  readonly sndUp: Seq | undefined;
  readonly rcvUp: Seq | undefined;
  /**
   * The number of the urgent byte that is taken out of the stream, which may not have arrived yet. It is cleared when the program has read past it.
   */
  readonly urgentByte: Seq | undefined;
  /** What ICMP said since the last progress, in case the retries end in vain (RFC 1122 §4.2.3.9). */
  readonly softError: IcmpError | undefined;
  /** When the peer was heard last, and how many keep-alive probes have gone out since. */
  readonly heardUs: number | undefined;
  readonly keepAliveProbes: number;
  /** Both ends' SYNs agreed on ECN (RFC 3168 §6.1.1). */
  readonly ecnOn: boolean;
  readonly marks: CongestionMarks;
};

/** A connection, told apart by its state. */
export type Connection = {[S in ConnectionState]: Tcb<S>}[ConnectionState];

export type Listener = {
  readonly state: 'LISTEN';
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly read: ReadMode;
  /** ISN that a lesson fixes for each child. */
  readonly iss: Seq | undefined;
  /** `auto`: a program takes each connection as soon as it is complete; `manual`: it calls ACCEPT. */
  readonly accept: 'auto' | 'manual';
  readonly backlog: number;
  /** How many half-open connections it may hold. */
  readonly synLimit: number;
  /** Children in SYN-RECEIVED: the SYN queue. */
  readonly halfOpen: number;
  /** Complete connections and those of Fast Open that nobody has accepted, the oldest first: the accept queue. */
  readonly ready: readonly ConnectionId[];
  readonly fastOpen: EarlyQueue;
  /** ACCEPT calls that wait. */
  readonly accepts: number;
  /** When a SYN cookie left last. */
  readonly cookieUs: number | undefined;
  /** What the program set; each child inherits it. */
  readonly options: SocketOptions;
};

/** Children of Fast Open whose handshake is not complete: how many there may be and are, and until when resets count as such. */
export type EarlyQueue = {
  readonly most: number;
  readonly pending: number;
  readonly resetUntilUs: readonly number[];
};

/** What a client remembers of a server for TCP Fast Open: its cookie (empty: none yet), in which form it is asked for one, its MSS. */
export type FastOpenPeer = {
  readonly cookie: Uint8Array;
  readonly experimental: boolean;
  /** The form is known, or both have been tried. */
  readonly settled: boolean;
  readonly mss: number | undefined;
};

/** How often in a row Fast Open was found to be swallowed, and when last. */
export type FastOpenPause = {readonly times: number; readonly sinceUs: number};

/** What a host's TCP holds. */
export type Tcp = {
  readonly fastOpenPause?: FastOpenPause;
  readonly fastOpenPeers?: ReadonlyMap<string, FastOpenPeer>;
  readonly listeners: ReadonlyMap<ConnectionId, Listener>;
  readonly connections: Table<Connection>;
};

/** Is this end's SYN still on the retransmission queue? */
export const synUnacknowledged = (tcb: Connection): boolean =>
  ((tcb.retransmissionQueue.at(0)?.flags ?? 0) & TcpFlag.SYN) !== 0;

/** Sequence number of the first byte of `sendBuffer`: an unacknowledged SYN stands before it. */
export const dataStart = (tcb: Connection): Seq => seqAdd(tcb.snd.una, synUnacknowledged(tcb) ? 1 : 0);

/** The peer's FIN has come, and all before it. */
export const finReceivedBy = ({peerFinSeq, rcv}: Connection): boolean =>
  peerFinSeq !== undefined && seqLt(peerFinSeq, rcv.nxt);

export const finAcknowledged = (tcb: Connection): boolean =>
  tcb.finSeq !== undefined && seqLt(tcb.finSeq, tcb.snd.una);
