// The Trace: what happened between hosts, whether it was simulated or captured.

import type {Connection} from '../stack/tcp/connection.ts';
import type {ConnectionId, TcpSignal, TimerName} from '../stack/tcp/effect.ts';
import type {RuleId} from '../stack/tcp/rules.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import type {LinkType} from '../wire/dissect.ts';
import type {Frame, IpAddress} from '../wire/frame.ts';
import type {Growth} from '../wire/once-per.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import type {Seq} from '../wire/seq.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import type {Action, AppAction} from './action.ts';
import type {AppName} from './app-name.ts';
import type {AppAnswer, AppNote} from './apps.ts';
import type {Because, WholeReason} from './because.ts';
import type {DropReason} from './drop-reason.ts';
import type {TlsTold} from './tls-host.ts';
import type {World} from './world.ts';

type Event<Kind extends string, Rest> = Readonly<
  {
    /** The number of the event, from 1 to trace.length. */
    n: number;
    atUs: number;
    host: string;
    kind: Kind;
    /** The number of the instant, shared by everything that one call, one arrival or one timer brings about. */
    instant: number;
    /** The rule that explains the event; absent in captures, which contain no reasons. */
    because?: Because;
    /** The case of that rule; absent if the rule has none, or if none applies. */
    case?: string;
    /**
     * The number of the event that caused this one: for an arrival or a loss, the sending on that link; for the end of a timer, its start;
     * for a call of the script, what woke it; otherwise what the host reacted to. Absent if there is none, and in captures.
     */
    cause?: number;
    connection?: ConnectionId;
    /** True if the time of the event is an estimate; only in captures. */
    estimated?: true;
    /** True if nothing shows when the event happened, so that `atUs` is the time at which the packet was captured; only in captures. */
    untimed?: true;
    /** True if the event was deduced from the packets; only in captures. */
    deduced?: true;
  } & Rest
>;

/**
 * An event of a trace. `packet` is the number of its packet, negative for ARP frames (−1, −2, …). `hop` is 0 on the link of the packet's
 * first sender, and 1, 2, … after each router.
 */
export type TraceEvent =
  | Event<'call', {call: Action['call']; action: Action; result: string}>
  /** A message of TCP to the program after a call returned, for example that a connection is open or has failed. */
  | Event<'signal', {signal: TcpSignal}>
  | Event<
      'send',
      {
        packet: number;
        hop: number;
        /** The host at the other end of the link to which the packet is sent. */
        to: string;
        /** The time at which the frame should arrive at the end of the link. If there is an `arrive` event, its time is the real one. */
        dueUs: number;
        lost: boolean;
        retransmission: boolean;
        frame: Frame | undefined;
        /** The faults that act on the packet on this link, in the notation of `--fault`. */
        faults: readonly string[];
        /** The faults that were to edit this packet but changed nothing, in the notation of `--fault`; absent if there are none. */
        vain?: readonly string[];
        /** The segment that the host's stack would have sent here; present if the learner chose the segment that was sent. */
        inPlaceOf?: TcpSegment;
        /** True for a multicast or broadcast, which has many receivers and so no single arrival; only in captures. */
        forMany?: true;
      }
    >
  /**
   * The arrival of a packet at the end of a link. `altered` is the frame that arrived, if it differs from the sent one. `presumed` means
   * that a capture contains no proof of the arrival, and nothing against it.
   */
  | Event<'arrive', {packet: number; hop: number; from: string; altered?: Frame; presumed?: true}>
  /**
   * A loss. `host` is the sender if the link lost it, the receiver if that dropped it. In captures losses are deduced: `evidence` are the
   * packets that show it; `presumed` means that they don't prove it.
   */
  | Event<
      'drop',
      {packet: number; hop: number; reason: DropReason; presumed?: true; evidence?: readonly number[]}
    >
  /** A TCP connection changes its state. `from` is undefined only in captures, if nothing shows the earlier state. */
  | Event<'state', {from: TcpState | undefined; to: TcpState}>
  | Event<'timer', {name: TimerName; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  | Event<'app-timer', {app: AppName; timer: string; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  /** Something that an application did and that no packet shows, such as a cache hit; `fromPacket` is the packet that caused it. */
  | Event<'note', {note: AppNote; fromPacket?: number}>
  /** Something that TLS did on a connection, between TCP and the program. */
  | Event<'tls', {what: TlsTold}>
  /** The answer of an application to a call, given at once or later. */
  | Event<'answer', {action: AppAction; answer: AppAnswer}>
  | Event<'deliver', {bytes: number}>;

export type EventKind = TraceEvent['kind'];

export type EventOf<Kind extends EventKind = EventKind> = Extract<TraceEvent, {readonly kind: Kind}>;

/** The fate of a captured packet beyond the capture point, as far as later packets show it. */
export type DeducedFate = {
  readonly what: 'delivered' | 'lost' | 'unknown';
  readonly how: 'proved' | 'presumed';
  /** The reason why the packet was lost; absent unless something reported it. */
  readonly reason?: DropReason;
  /** The numbers of the packets that show what became of this one. */
  readonly shownBy: readonly number[];
};

/** The time stamp and the comments of a packet in a capture file. `atUs` counts from 1970; `nanoseconds` (0 … 999) are the rest. */
export type Recorded = {
  readonly atUs: number;
  readonly nanoseconds: number;
  readonly comments: readonly string[];
};

export type PacketRecord = {
  readonly id: number;
  /** The host that first sent the packet. */
  readonly from: string;
  /**
   * The host where the packet finally arrived, after all routers; otherwise the owner of its destination address, or the far end of its
   * last link.
   */
  readonly to: string;
  /** The number of the `send` event at the packet's first host (hop 0). */
  readonly sendEvent: number;
  /**
   * The number of the event with which the packet's way ended: `arrive` at `to`, or `drop`. Undefined if it was still in flight at the end
   * of the run, or if a capture does not show it.
   */
  readonly endEvent: number | undefined;
  readonly sentUs: number;
  /** The time at which the packet arrived at `to`, or would have arrived if it had not been lost. */
  readonly dueUs: number;
  /** Only in captures: the time at which the packet passed the capture point, from which the packet's other two times are computed. */
  readonly capturedUs?: number;
  /**
   * The data that the capture file stores with the packet, its time stamp and comments, so that it can be written again; only in captures.
   */
  readonly recorded?: Recorded;
  /**
   * Only in captures: the number of the packet's TCP connection, or of its UDP conversation as a negative number; absent if the packet
   * belongs to neither.
   */
  readonly conversation?: number;
  /** True for a multicast or broadcast packet, which arrives at many hosts; only in captures. */
  readonly forMany?: true;
  /** True if a link lost the packet; in captures, if the packet seems lost. */
  readonly lost: boolean;
  /** The fate of the packet beyond the capture point, as deduced from later packets; only in captures. */
  readonly deduced?: DeducedFate | undefined;
  readonly retransmission: boolean;
  /**
   * Tells what an observer of TCP notices about the packet, such as a retransmission, one bit for each `Mark` of `observe/tcp-marks.ts`;
   * only in captures.
   */
  readonly marks?: number;
  /** The decoded frame of the packet; undefined if its bytes cannot be decoded. */
  readonly frame: Frame | undefined;
  readonly linkType: LinkType;
  /** The packet's bytes as its first host sent them, without changes on the way. */
  readonly bytes: Uint8Array;
  /** The length on the wire, which may exceed the bytes in captures with a short snap length. */
  readonly originalLength: number;
};

/** The name of a host that people see, by language. The program itself uses the host's `name`. */
export type HostLabel = {readonly [language: string]: string};

export type TraceHeader = {
  /** The lesson ID or the file name of the run. */
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  /** The faults that were added to the run, in the notation of `--fault`. */
  readonly faults: readonly string[];
  readonly profile: ProfileName | 'capture';
  /**
   * The ways in which the simulated TCP of this run deliberately differs from real TCP; every display of the run names them. Absent if
   * there are none.
   */
  readonly notTcp?: readonly string[];
  /** The host whose TCP segments the learner chooses; absent if there is none. */
  readonly byHand?: string;
  /** The attackers on the path, each with the two hosts whose packets it sees; absent if there are none. */
  readonly onPath?: readonly {readonly host: string; readonly between: readonly [string, string]}[];
  readonly hosts: readonly {
    readonly name: string;
    /** The name of a host that people see, in each language. @default `name` */
    readonly label?: HostLabel;
    readonly ip: readonly IpAddress[];
  }[];
  readonly links: readonly {
    readonly name: string;
    readonly between: readonly [string, string];
    readonly delayUs: number;
  }[];
  /** The initial sequence numbers that the lesson prescribes, by host. A host without any chooses its own, as all hosts of captures do. */
  readonly setNumbers?: ReadonlyMap<string, readonly Seq[]>;
  /** How many TCP connections and UDP conversations a capture contains; only in captures. */
  readonly conversations?: {readonly tcp: number; readonly udp: number};
  /** Only in captures: the host on which the capture was taken, if that can be deduced. */
  readonly vantage?: {readonly host: string; readonly deduced: true};
};

/** Assigns the packets of a capture to its TCP connections, which are numbered from 1. */
export type ConnectionPackets = {
  /** Returns the connection of a packet; undefined if it is no TCP segment. */
  of(packet: number): number | undefined;
  /** Returns the numbers of the packets of a TCP connection, in ascending order. */
  packetsOf(connection: number): readonly number[];
  /** The number of TCP connections in the capture. */
  readonly count: number;
  /** Tells whether any data on the packet's connection begin as TLS, HTTP or DNS do. */
  mayBeRead(packet: number): boolean;
  /**
   * Returns the least times from the capture point to either end and back, as the packet's connection shows them; undefined if the packet
   * belongs to none.
   */
  rounds(packet: number): readonly [number | undefined, number | undefined] | undefined;
};

/**
 * Why a trace ends. `quiet`: nothing was left to happen. `until`: at the end that was asked for. `limit`: its simulated time was over.
 * `budget`: it had too many events. `eof`: the capture file ended.
 */
export type EndReason = 'quiet' | 'limit' | 'budget' | 'until' | 'eof';

/** The values that a rule of TCP used when it caused an event. */
export type Operands = {
  /** The TCP connection before the step that caused the event; undefined if the step created it. */
  readonly before: Connection | undefined;
  /** The TCP connection at the moment of the event, whatever happens to it later in the same instant. */
  readonly after: Connection;
  /** The segment whose arrival caused the event; otherwise the segment that the event sends. */
  readonly segment: TcpSegment | undefined;
};

/** A point between two events at which a rule of TCP, such as Nagle's algorithm, begins to hold back data or a FIN, or stops doing so. */
export type HeldMark = {
  /** The number of the last event of the instant in which the holding back begins or ends. */
  readonly after: number;
  readonly atUs: number;
  readonly host: string;
  readonly connection: ConnectionId;
  readonly op: 'begin' | 'end';
  readonly because: RuleId;
};

export type Trace = {
  readonly header: TraceHeader;
  /** The number of events in the trace. */
  readonly length: number;
  readonly packetCount: number;
  readonly durationUs: number;
  readonly endReason: EndReason;
  /** Returns event `n`, from 1 to length. */
  event(n: number): TraceEvent;
  /** Yields the events `from` … `to`, both included. */
  events(from?: number, to?: number): IterableIterator<TraceEvent>;
  /** Returns the packet with this number, from 1 to packetCount. */
  packet(id: number): PacketRecord;
  /**
   * Returns the hosts after the instant of event `cursor`; cursor 0 is before anything happened. Undefined for captures, which have no
   * states of their own.
   */
  stateAt(cursor: number): World | undefined;
  /**
   * Returns the values that a rule of TCP used for event `n`; undefined if no rule of TCP caused it. Absent for traces that contain no such
   * values, such as captures.
   */
  operandsAt?(n: number): Operands | undefined;
  /**
   * Returns the reason of event `n`: rule, case, the facts that its step used, and the reasons of the layers above. Absent for traces
   * without reasons, such as captures.
   */
  reasonAt?(n: number): WholeReason | undefined;
  /** The points at which TCP begins and stops to hold back data; absent if the trace does not contain them. */
  readonly held?: readonly HeldMark[];
  /** The secrets that decrypt the TLS in the trace; absent if none are known. */
  readonly tls?: TlsKeys;
  /** The keys that decrypt QUIC packets in a capture, whether or not a key log was given; present in captures with QUIC. */
  readonly quic?: QuicKeys;
  /** The TCP connection of each packet, and the packets of each connection; only in captures. */
  readonly connectionPackets?: ConnectionPackets;
  /** The growth of a trace whose capture is still being read; absent if the trace is complete. */
  readonly growth?: Growth;
};
