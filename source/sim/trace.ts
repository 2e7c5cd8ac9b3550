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
    /** The reason for the event; absent in captures, which do not state reasons. */
    because?: Because;
    /** The case of that rule; absent if the rule has none, or if none applies. */
    case?: string;
    /**
     * The number of the event that this one is about. For an arrival or a loss it is the sending on that link; for a timer that ends, its
     * start; for a call of the script, what woke it; otherwise the call, arrival, message or expired timer that its maker acted on. Absent
     * if nothing caused it, and in captures.
     */
    cause?: number;
    connection?: ConnectionId;
    /** Only in captures: the time is a guess. */
    estimated?: true;
    /** Only in captures: nothing shows the time; `atUs` is when the packet was captured. */
    untimed?: true;
    /** Only in captures: the event was deduced from the packets. */
    deduced?: true;
  } & Rest
>;

/**
 * An event. `packet` is the packet's number (ARP frames: −1, −2, …). `hop` is 0 at its maker, and 1, 2, … at the routers that forward it.
 */
export type TraceEvent =
  | Event<'call', {call: Action['call']; action: Action; result: string}>
  /** The later result of a call: `connect` returns when the handshake is complete or has failed. */
  | Event<'signal', {signal: TcpSignal}>
  | Event<
      'send',
      {
        packet: number;
        hop: number;
        /** The host at the other end of the link. */
        to: string;
        /** The time at which the frame lands or would land; an `arrive` event, if there is one, has precedence. */
        dueUs: number;
        lost: boolean;
        retransmission: boolean;
        frame: Frame | undefined;
        /** The faults of the path that act on the packet, in the notation of `--fault`. */
        faults: readonly string[];
        /** Edits that matched this packet and changed nothing, in the notation of `--fault`. */
        vain?: readonly string[];
        /** The segment that the host's stack would have sent here; present if a learner has chosen this one by hand. */
        inPlaceOf?: TcpSegment;
        /** Only in captures: a multicast or broadcast, which has no single arrival. */
        forMany?: true;
      }
    >
  /**
   * An arrival. `altered` is the frame that arrived, if that differs from the sent one. `presumed` (captures): nothing contradicts the
   * arrival.
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
  /** A change of state. `from` is undefined only in captures, if nothing shows the state before. */
  | Event<'state', {from: TcpState | undefined; to: TcpState}>
  | Event<'timer', {name: TimerName; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  | Event<'app-timer', {app: AppName; timer: string; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  /** An action of an application that packets do not show; `fromPacket` is the packet that caused it. */
  | Event<'note', {note: AppNote; fromPacket?: number}>
  /** An action of TLS between TCP and a program. */
  | Event<'tls', {what: TlsTold}>
  /** The result of a call of an application, at once or later. */
  | Event<'answer', {action: AppAction; answer: AppAnswer}>
  | Event<'deliver', {bytes: number}>;

export type EventKind = TraceEvent['kind'];

export type EventOf<Kind extends EventKind = EventKind> = Extract<TraceEvent, {readonly kind: Kind}>;

/** Only in captures: the fate of a packet after the place where it was seen, as far as later packets show it. */
export type DeducedFate = {
  readonly what: 'delivered' | 'lost' | 'unknown';
  readonly how: 'proved' | 'presumed';
  /** The reason of a loss, if something has reported it. */
  readonly reason?: DropReason;
  /** The packets that show the fate. */
  readonly shownBy: readonly number[];
};

/** A time stamp of a file; `atUs` counts from 1970, and `nanoseconds` (0 … 999) are the rest. */
export type Recorded = {
  readonly atUs: number;
  readonly nanoseconds: number;
  readonly comments: readonly string[];
};

export type PacketRecord = {
  readonly id: number;
  /** The host that made the packet. */
  readonly from: string;
  /**
   * The host where the packet finally arrived, after all routers; otherwise the owner of its destination address, or the far end of its
   * last link.
   */
  readonly to: string;
  /** The number of the packet's `send` event (hop 0). */
  readonly sendEvent: number;
  /**
   * The number of the event that ended its way: `arrive` at `to`, or `drop` anywhere. Absent if it was still in flight at the end, or, in a
   * capture, if nobody can tell how it ended.
   */
  readonly endEvent: number | undefined;
  readonly sentUs: number;
  /** The time at which the packet lands, or would have landed, at `to`. */
  readonly dueUs: number;
  /** Only in captures: the time at which the packet passed the capture point, from which the packet's other two times are computed. */
  readonly capturedUs?: number;
  /** Only in captures: the fields that the capture file stores with the packet, for writing it again. */
  readonly recorded?: Recorded;
  /**
   * Only in captures: the number of the packet's TCP connection, or of its UDP conversation as a negative number; absent if the packet
   * belongs to neither.
   */
  readonly conversation?: number;
  /** Only in captures: a packet for every listener, which arrives at no single place. */
  readonly forMany?: true;
  /** True if a link lost the packet; in captures, if the packet seems lost. */
  readonly lost: boolean;
  /** Only in captures: the packet's deduced fate. */
  readonly deduced?: DeducedFate | undefined;
  readonly retransmission: boolean;
  /** Only in captures: the marks that an observer of segments notices about the packet, one bit each (`Mark` in `observe/tcp-marks.ts`). */
  readonly marks?: number;
  /** The frame as values; absent if the bytes cannot be read as a frame. */
  readonly frame: Frame | undefined;
  readonly linkType: LinkType;
  /** The bytes as they left the packet's maker, without damage on the way. */
  readonly bytes: Uint8Array;
  /** The length on the wire, which may exceed the bytes in captures with a short snap length. */
  readonly originalLength: number;
};

/** The name of a host for people, in each language. Machines do not use it. */
export type HostLabel = {readonly [language: string]: string};

export type TraceHeader = {
  /** The lesson id or file name. */
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  /** The faults in the notation of `--fault`. */
  readonly faults: readonly string[];
  readonly profile: ProfileName | 'capture';
  /** The counterfactual ways in which the machines differ from TCP; every display of the run says so. */
  readonly notTcp?: readonly string[];
  /** The host whose segments a learner chooses; absent if there is none. */
  readonly byHand?: string;
  /** Attackers that see what two hosts send each other; absent if there are none. */
  readonly onPath?: readonly {readonly host: string; readonly between: readonly [string, string]}[];
  readonly hosts: readonly {
    readonly name: string;
    /** The name for people. @default the name */
    readonly label?: HostLabel;
    readonly ip: readonly IpAddress[];
  }[];
  readonly links: readonly {
    readonly name: string;
    readonly between: readonly [string, string];
    readonly delayUs: number;
  }[];
  /** Initial sequence numbers that the run prescribes for its hosts. Other hosts choose their own, and so do hosts of captures. */
  readonly setNumbers?: ReadonlyMap<string, readonly Seq[]>;
  /** Only in captures: the numbers of TCP connections and UDP conversations. */
  readonly conversations?: {readonly tcp: number; readonly udp: number};
  /** Only in captures: the host on which the capture was taken, if that can be deduced. */
  readonly vantage?: {readonly host: string; readonly deduced: true};
};

/** The TCP connections of a capture by their numbers, which its state changes contain. */
export type ConnectionPackets = {
  /** Returns the connection of a packet; undefined if it is no TCP segment. */
  of(packet: number): number | undefined;
  /** Returns the packets of a connection in ascending order. */
  packetsOf(connection: number): readonly number[];
  /** The number of connections. */
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
 * The reason why the trace ends. `limit`: its simulated time was over; `budget`: it became too long for the program, although nobody asked
 * for an end.
 */
export type EndReason = 'quiet' | 'limit' | 'budget' | 'until' | 'eof';

/** The values that a rule of TCP used when it caused an event. */
export type Operands = {
  /** The connection as the step found it; undefined if the step created it. */
  readonly before: Connection | undefined;
  /** The connection at that very moment, whatever the same instant did to it later. */
  readonly after: Connection;
  /** The segment that had arrived, as it arrived; otherwise the one that the event sends. */
  readonly segment: TcpSegment | undefined;
};

/** The place between events where a rule of TCP begins to keep back data or a FIN that could be sent, or stops doing so. */
export type HeldMark = {
  /** The last event of the mark's instant. */
  readonly after: number;
  readonly atUs: number;
  readonly host: string;
  readonly connection: ConnectionId;
  readonly op: 'begin' | 'end';
  readonly because: RuleId;
};

export type Trace = {
  readonly header: TraceHeader;
  /** The number of events. */
  readonly length: number;
  readonly packetCount: number;
  readonly durationUs: number;
  readonly endReason: EndReason;
  /** Returns event `n`, from 1 to length. */
  event(n: number): TraceEvent;
  /** Yields the events `from` … `to`, both included. */
  events(from?: number, to?: number): IterableIterator<TraceEvent>;
  /** Returns a packet, from 1 to packetCount. */
  packet(id: number): PacketRecord;
  /**
   * Returns the hosts after the instant of event `cursor`; cursor 0 is before anything happened. Undefined for captures, which have no
   * states of their own.
   */
  stateAt(cursor: number): World | undefined;
  /** Returns the operands of event `n`; undefined if no rule of TCP caused it. Absent if nobody knows them. */
  operandsAt?(n: number): Operands | undefined;
  /**
   * Returns the reason of event `n`: rule, case, the facts that its step used, and the reasons of the layers above. Absent if nobody knows
   * any.
   */
  reasonAt?(n: number): WholeReason | undefined;
  /** The marks for packets that are held; absent if nobody knows them. */
  readonly held?: readonly HeldMark[];
  /** The TLS secrets; absent if none are known, so that TLS cannot be decrypted. */
  readonly tls?: TlsKeys;
  /** The keys of QUIC, with or without the log of secrets; present in captures with QUIC. */
  readonly quic?: QuicKeys;
  /** The packets of each connection, only in captures. */
  readonly connectionPackets?: ConnectionPackets;
  /** The growth of the trace; absent if the trace does not grow. */
  readonly growth?: Growth;
};
