// The Trace: what happened between hosts, whatever the source.

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
    /** 1 … trace.length. */
    n: number;
    atUs: number;
    host: string;
    kind: Kind;
    /** Number of the instant: everything that one call, one arrival or one timer brings about shares it. */
    instant: number;
    /** Absent: captures, of which nobody says so. */
    because?: Because;
    /** Which of the cases of that rule it was; absent: the rule has none, or it was none of them. */
    case?: string;
    /**
     * Number of the event that this one is about: of an arrival or a loss its sending on that link, of a timer that ends its start, of a call of
     * the script what woke it; else the call, the arrival, the message or the end of a timer that its maker acted on. Absent: nothing
     * brought it about; captures.
     */
    cause?: number;
    connection?: ConnectionId;
    /** Captures: the time is a guess. */
    estimated?: true;
    /** Captures: nothing tells when it was; `atUs` is when the packet was captured. */
    untimed?: true;
    /** Captures: nobody said so; what passed tells it. */
    deduced?: true;
  } & Rest
>;

/** `packet` is the packet's number (ARP frames: −1, −2, …), `hop` 0 at its maker, 1 … at the routers that pass it on. */
export type TraceEvent =
  | Event<'call', {call: Action['call']; action: Action; result: string}>
  /** What a call reports later: `connect` returns when the handshake is done or has failed. */
  | Event<'signal', {signal: TcpSignal}>
  | Event<
      'send',
      {
        packet: number;
        hop: number;
        /** The host at the other end of the link. */
        to: string;
        /** When it would land, or lands; an `arrive` event, where there is one, has the last word. */
        dueUs: number;
        lost: boolean;
        retransmission: boolean;
        frame: Frame | undefined;
        /** What the path does to it, in the notation of `--fault`. */
        faults: readonly string[];
        /** Edits that matched this packet and changed nothing, in the notation of `--fault`. */
        vain?: readonly string[];
        /** Captures: a multicast or broadcast, of which no arrival is told. */
        forMany?: true;
      }
    >
  /** `altered` is what arrived where that differs from what was sent. Captures, `presumed`: nothing speaks against it. */
  | Event<'arrive', {packet: number; hop: number; from: string; altered?: Frame; presumed?: true}>
  /**
   * `host` is the sender for what dies on the link, the receiver for what it throws away. Captures: deduced, `evidence` are the packets
   * that show it; `presumed`: they don't prove it.
   */
  | Event<
      'drop',
      {packet: number; hop: number; reason: DropReason; presumed?: true; evidence?: readonly number[]}
    >
  /** `from` is undefined only in captures, where nothing shows the state before. */
  | Event<'state', {from: TcpState | undefined; to: TcpState}>
  | Event<'timer', {name: TimerName; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  | Event<'app-timer', {app: AppName; timer: string; op: 'arm' | 'fire' | 'cancel'; dueUs: number}>
  /** What an application did that packets do not show; `fromPacket`: because that one came. */
  | Event<'note', {note: AppNote; fromPacket?: number}>
  /** What TLS did between TCP and a program. */
  | Event<'tls', {what: TlsTold}>
  /** What a call of an application came to, at once or later. */
  | Event<'answer', {action: AppAction; answer: AppAnswer}>
  | Event<'deliver', {bytes: number}>;

export type EventKind = TraceEvent['kind'];

export type EventOf<Kind extends EventKind = EventKind> = Extract<TraceEvent, {readonly kind: Kind}>;

/** Captures: what became of a packet behind the place where it was seen, as far as what was seen later tells. */
export type DeducedFate = {
  readonly what: 'delivered' | 'lost' | 'unknown';
  readonly how: 'proved' | 'presumed';
  /** What took it, where somebody has said so. */
  readonly reason?: DropReason;
  /** Packets that show it. */
  readonly shownBy: readonly number[];
};

/** `atUs` counts from 1970, and `nanoseconds` (0 … 999) are what is left. */
export type Recorded = {
  readonly atUs: number;
  readonly nanoseconds: number;
  readonly comments: readonly string[];
};

export type PacketRecord = {
  readonly id: number;
  /** Its maker. */
  readonly from: string;
  /** Where it arrived in the end, behind all routers; else whose address it is for; else the far end of its last link. */
  readonly to: string;
  /** Number of its `send` event (hop 0). */
  readonly sendEvent: number;
  /**
   * Number of the event that ended its way: `arrive` at `to`, or `drop` wherever that was; absent: still under way at the end, or,
   * of a capture, nobody can tell how it ended.
   */
  readonly endEvent: number | undefined;
  readonly sentUs: number;
  /** When it lands, or would have landed, at `to`. */
  readonly dueUs: number;
  /** Captures: when it passed the capture point; the other two times are worked out from it. */
  readonly capturedUs?: number;
  /** Only of captures: what the file says of it, for who writes it again. */
  readonly recorded?: Recorded;
  /** Captures: its TCP connection by number, or its UDP conversation, negative; absent: neither. */
  readonly conversation?: number;
  /** Captures: meant for whoever listens; it arrives at no one place. */
  readonly forMany?: true;
  /** A link took it away; captures: as it seems. */
  readonly lost: boolean;
  /** Captures. */
  readonly deduced?: DeducedFate | undefined;
  readonly retransmission: boolean;
  /** Captures: what somebody who sees segments pass says of it, one bit each (`Mark` in `observe/tcp-marks.ts`). */
  readonly marks?: number;
  /** As values; absent where the bytes cannot be read as a frame. */
  readonly frame: Frame | undefined;
  readonly linkType: LinkType;
  /** As it left its maker; damage on the way is not in it. */
  readonly bytes: Uint8Array;
  /** Captures of short snap length: the length on the wire. */
  readonly originalLength: number;
};

/** What people call a host, in each language. No machine knows it. */
export type HostLabel = {readonly [language: string]: string};

export type TraceHeader = {
  /** Lesson id or file name. */
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  /** In the notation of `--fault`. */
  readonly faults: readonly string[];
  readonly profile: ProfileName | 'capture';
  /** Counterfactual: the respects in which the machines are not TCP. Whoever shows the run says so. */
  readonly notTcp?: readonly string[];
  /** Attackers that see what two hosts send each other; absent: none. */
  readonly onPath?: readonly {readonly host: string; readonly between: readonly [string, string]}[];
  readonly hosts: readonly {
    readonly name: string;
    /** @default the name */
    readonly label?: HostLabel;
    readonly ip: readonly IpAddress[];
  }[];
  readonly links: readonly {
    readonly name: string;
    readonly between: readonly [string, string];
    readonly delayUs: number;
  }[];
  /** Initial sequence numbers that the run gives its hosts; of others, and of captures, the machine chose. */
  readonly setNumbers?: ReadonlyMap<string, readonly Seq[]>;
  /** Captures: how many connections and UDP conversations there are. */
  readonly conversations?: {readonly tcp: number; readonly udp: number};
  /** Captures: on which host it was taken, where that can be told. */
  readonly vantage?: {readonly host: string; readonly deduced: true};
};

/** Of a capture: its TCP connections by their numbers, which its changes of state bear. */
export type ConnectionPackets = {
  /** undefined: the packet is no segment of TCP. */
  of(packet: number): number | undefined;
  /** Rising. */
  packetsOf(connection: number): readonly number[];
  /** How many connections there are. */
  readonly count: number;
  /** Does anything on the packet's connection begin as TLS, HTTP or DNS do? */
  mayBeRead(packet: number): boolean;
  /** From the capture point to either end and back, at least, as its connection shows it; undefined: the packet is of none. */
  rounds(packet: number): readonly [number | undefined, number | undefined] | undefined;
};

/** `limit`: its simulated time was over; `budget`: it became too long for us, nobody had asked for that. */
export type EndReason = 'quiet' | 'limit' | 'budget' | 'until' | 'eof';

/** What a rule of TCP went by when it brought an event about. */
export type Operands = {
  /** As the step found the connection; undefined: the step made it. */
  readonly before: Connection | undefined;
  /** As it stood at that very moment, whatever the same instant did to it later. */
  readonly after: Connection;
  /** The segment that had arrived, as it arrived; else the one that the event sends. */
  readonly segment: TcpSegment | undefined;
};

/** Where a rule of TCP begins to keep data or a FIN that could leave, and where it keeps them no longer: between events, in order. */
export type HeldMark = {
  /** The last event of its instant. */
  readonly after: number;
  readonly atUs: number;
  readonly host: string;
  readonly connection: ConnectionId;
  readonly op: 'begin' | 'end';
  readonly because: RuleId;
};

export type Trace = {
  readonly header: TraceHeader;
  /** Number of events. */
  readonly length: number;
  readonly packetCount: number;
  readonly durationUs: number;
  readonly endReason: EndReason;
  /** Event `n`, 1 … length. */
  event(n: number): TraceEvent;
  /** Events `from` … `to`, both included. */
  events(from?: number, to?: number): IterableIterator<TraceEvent>;
  /** Packet 1 … packetCount. */
  packet(id: number): PacketRecord;
  /**
   * The hosts after the instant to which event `cursor` belongs; cursor 0: before anything happened.
   * undefined for captures: a capture has no states of its own.
   */
  stateAt(cursor: number): World | undefined;
  /** Of event `n`; undefined: no rule of TCP brought it about. Absent: nobody knows what a rule went by. */
  operandsAt?(n: number): Operands | undefined;
  /** The reason of event `n`: rule, case, the facts that its step went by, and the reasons of the layers above. Absent: nobody knows any. */
  reasonAt?(n: number): WholeReason | undefined;
  /** Absent: nobody knows. */
  readonly held?: readonly HeldMark[];
  /** Absent: whoever looks on has no secrets, and TLS stays closed. */
  readonly tls?: TlsKeys;
  /** Of a capture with QUIC: what opens it, with secrets or without. */
  readonly quic?: QuicKeys;
  /** Captures. */
  readonly connectionPackets?: ConnectionPackets;
  /** Absent: it does not grow. */
  readonly growth?: Growth;
};
