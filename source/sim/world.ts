// Everything that exists at one instant of a simulation: hosts, links, packets in flight. It is immutable, so that a checkpoint is a
// reference and two instants share what did not change.

import type {ArpState} from '../stack/ip/arp.ts';
import type {StreamId} from '../stack/program.ts';
import type {ConnectionId, TimerName} from '../stack/tcp/effect.ts';
import type {Tcp} from '../stack/tcp/tcp.ts';
import type {Frame, IpAddress, IpPacket} from '../wire/frame.ts';
import type {Rope} from '../wire/rope.ts';
import type {Table} from '../wire/table.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import type {AppAction, LinkChange} from './action.ts';
import type {AppName} from './app-name.ts';
import type {AppEvent, AppState} from './apps.ts';
import type {Death, Why} from './because.ts';
import type {Hand} from './own-segment.ts';
import type {Queue} from './queue.ts';
import type {Tally} from './tally.ts';
import type {SecureEvent, TlsHost} from './tls-host.ts';

/** The facts that a program knows of a connection it uses. */
export type Program = {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** The state of a socket that it has opened or been given (socket.ts); undefined if it never had one. */
  readonly socket?: 'opening' | 'open' | 'failed' | 'over' | 'closed';
  /** The heartbeat that this program sends. */
  readonly heartbeat?: Heartbeat;
  /** The time at which data last arrived, if a heartbeat is sent or answered. */
  readonly heardUs?: number;
};

/** A heartbeat: `bytes` in each direction at this interval. After `limitUs` of silence the other end counts as gone. */
export type Heartbeat = {readonly everyUs: number; readonly bytes: number; readonly limitUs: number};

/** The packet by its number in the trace, and the hop that brought it. */
export type Arrived = {readonly packet: number; readonly hop: number};

/** The facts that are kept of a packet besides its bytes. A packet that its host makes gets its number when it leaves. */
export type Tag = {
  readonly retransmission: boolean;
  readonly connection?: ConnectionId;
  readonly because: Why;
  /** The segment that the stack would have sent; present if the learner has chosen another one or the same. */
  readonly inPlaceOf?: TcpSegment;
  /** The packet as it arrived; present if a router forwards it. */
  readonly forwarded?: Arrived;
};

/** A packet on its way out of a host, which may wait for its neighbour's hardware address. */
export type Waiting = {readonly packet: IpPacket; readonly tag: Tag};

export type Host = {
  readonly name: string;
  readonly up: boolean;
  readonly tcp: Tcp;
  readonly arp: ArpState<Waiting>;
  /** Connections by the name that the script gave them (`as`). */
  readonly names: Table<ConnectionId>;
  /** The connection that was opened last, which a call without `of` means. */
  readonly newest: ConnectionId | undefined;
  readonly programs: Table<Program>;
  readonly nat: NatTable;
  /** Heartbeats that programs here answer, by their port. */
  readonly answers: {readonly [port: number]: Heartbeat};
  /** The number of ephemeral ports that have been given out. */
  readonly portsUsed: number;
  readonly apps: Table<AppState>;
  /** The due times of timers, by application and name. */
  readonly appTimers: Table<number>;
  /** Calls that an application has not answered yet, by token. */
  readonly appCalls: Table<AppCaller>;
  readonly appCallsMade: number;
  /** Applications by the UDP port that they have bound. */
  readonly udpPorts: Table<AppName>;
  /** Applications by the TCP port on which they listen. */
  readonly tcpPorts: Table<AppName>;
  /** Connections by application and its name for them; `streamOwners` is the inverse. */
  readonly streams: Table<ConnectionId>;
  readonly streamOwners: Table<{readonly app: AppName; readonly stream: StreamId}>;
  readonly tls: TlsHost;
  /** The number of crashes and reboots so far; items that were queued before the last one are ignored. */
  readonly boot: number;
};

/** The caller that waits for an application's answer: the script, or another application under a token of its own. */
export type AppCaller =
  | {readonly by: 'script'; readonly action: AppAction}
  | {readonly by: 'app'; readonly app: AppName; readonly token: number};

/** An inside socket and the outside port that represents it. */
export type NatMapping = {
  readonly ip: IpAddress;
  readonly port: number;
  readonly outsidePort: number;
  /** The time at which a packet last used the mapping. */
  readonly usedUs: number;
};

/** A NAT's memory: mappings by keys such as `tcp 192.0.2.10:40000`, and these keys by outside ports such as `tcp 61000`. */
export type NatTable = {
  readonly mappings: Table<NatMapping>;
  readonly byPort: Table<string>;
  /** The number of ports of its own range that the NAT has given out. */
  readonly portsUsed: number;
};

/** One direction of a link. */
export type Lane = {
  /** The time at which the sender's last bit is sent, at the link's rate. */
  readonly freeUs: number;
  /** Frames that a `reorder` fault holds back until `places` others have passed. */
  readonly held: readonly {readonly places: number; readonly flight: Flight}[];
  /** Counts of transmissions by identity, kept on lossy links only. */
  readonly sent: Tally | undefined;
};

export type Flight = {
  readonly link: string;
  readonly from: string;
  readonly to: string;
  /** The packet's number; a negative one is the n-th ARP frame. */
  readonly packet: number;
  readonly hop: number;
  /** The number of the event of its sending on this link. */
  readonly sent: number;
  readonly frame: Frame;
  /** The bytes as altered on the way; `unreadable` if the link's own check fails. */
  readonly altered?: Uint8Array | 'unreadable';
};

type Happening =
  | {
      readonly kind: 'cause';
      readonly index: number;
      /** The repetition, counted from 0. */
      readonly repetition: number;
      readonly connection?: ConnectionId;
    }
  | {
      readonly kind: 'timer';
      readonly host: string;
      readonly connection: ConnectionId;
      readonly name: TimerName;
      readonly dueUs: number;
    }
  | {
      readonly kind: 'heartbeat';
      /** The kind of turn: `beat` sends a request, `send` an answer, and `silence` checks the limit. */
      readonly what: 'beat' | 'send' | 'silence';
      readonly host: string;
      readonly connection: ConnectionId;
    }
  | {
      readonly kind: 'app';
      readonly host: string;
      readonly app: AppName;
      readonly event: AppEvent;
      readonly boot: number;
      /** The number of the event that woke the application. */
      readonly by?: number;
      /** The packet that brought the event. */
      readonly arrived?: Arrived;
    }
  | {
      readonly kind: 'app-timer';
      readonly host: string;
      readonly app: AppName;
      readonly timer: string;
      readonly dueUs: number;
    }
  | {
      readonly kind: 'tls';
      readonly host: string;
      readonly connection: ConnectionId;
      readonly event: SecureEvent;
      readonly boot: number;
      readonly by?: number;
    }
  | {readonly kind: 'arp'; readonly host: string; readonly ip: IpAddress}
  | {readonly kind: 'arrival'; readonly flight: Flight}
  /** The latest time at which a flight that `reorder` holds back lands. */
  | {readonly kind: 'release'; readonly lane: string; readonly flight: Flight}
  | {
      readonly kind: 'loss';
      readonly host: string;
      readonly packet: number;
      readonly hop: number;
      readonly reason: Death;
    };

/** A queued item. `cause` is the number of the event that it will be about, which queued it. */
export type Pending = Happening & {readonly cause?: number | undefined};

export type World = {
  readonly nowUs: number;
  readonly hosts: {readonly [name: string]: Host};
  /** Lanes by link and sender: `path<client`. */
  readonly lanes: {readonly [lane: string]: Lane};
  /** Changes of links since the start, by link. */
  readonly links: {readonly [link: string]: LinkChange};
  /** Packets kept for replay, by the cause that will replay them: how many matching ones have left, and the selected one. */
  readonly kept: {
    readonly [cause: number]: {
      readonly seen: number;
      readonly flight?: Flight;
      /** The time at which the packet left, and the data that left with it. */
      readonly atUs?: number;
      readonly data?: Rope;
    };
  };
  readonly queue: Queue<Pending>;
  readonly packetCount: number;
  readonly arpCount: number;
  /** The number of events before this instant. */
  readonly eventCount: number;
  /** The turns of the host that is played by hand; absent before the first one. */
  readonly hand?: Hand;
  /** Matches so far, for each of the scenario's faults. */
  readonly faultCounts: readonly number[];
};
