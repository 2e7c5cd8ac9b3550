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

/** Holds what a program knows of a connection that it uses: byte counts, its socket and its heartbeat. */
export type Program = {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** The state of the program's socket for the connection (socket.ts); absent if it has none. */
  readonly socket?: 'opening' | 'open' | 'failed' | 'over' | 'closed';
  /** The heartbeat that the program sends on the connection; absent if it sends none. */
  readonly heartbeat?: Heartbeat;
  /** The time at which data last arrived on the connection; kept only if a heartbeat is sent or answered on it. */
  readonly heardUs?: number;
};

/**
 * A heartbeat of a program: `bytes` in each direction every `everyUs`. After `limitUs` without data the program takes the other end for
 * dead.
 */
export type Heartbeat = {readonly everyUs: number; readonly bytes: number; readonly limitUs: number};

/** A packet that arrived at a host: its number in the trace, and the hop over which it came. */
export type Arrived = {readonly packet: number; readonly hop: number};

/** Holds what the simulator remembers of an outgoing packet besides its contents. A new packet is numbered when it is sent on a link. */
export type Tag = {
  readonly retransmission: boolean;
  readonly connection?: ConnectionId;
  readonly because: Why;
  /** The segment that the host's stack would have sent; present if the learner chose the segment, even if both are equal. */
  readonly inPlaceOf?: TcpSegment;
  /** The packet as it arrived at this router; present if the router forwards it. */
  readonly forwarded?: Arrived;
};

/** An outgoing IP packet, which may have to wait until ARP has found the next host's hardware address. */
export type Waiting = {readonly packet: IpPacket; readonly tag: Tag};

export type Host = {
  readonly name: string;
  readonly up: boolean;
  readonly tcp: Tcp;
  readonly arp: ArpState<Waiting>;
  /** The host's connections, by the name that the script gave them with `as`. */
  readonly names: Table<ConnectionId>;
  /** The connection that the host opened last. Calls of the script without `of` act on it. */
  readonly newest: ConnectionId | undefined;
  readonly programs: Table<Program>;
  readonly nat: NatTable;
  /** The heartbeats that programs on this host answer, by TCP port. */
  readonly answers: {readonly [port: number]: Heartbeat};
  /** The number of ephemeral ports that the host has assigned so far. */
  readonly portsUsed: number;
  readonly apps: Table<AppState>;
  /** The due times of applications' timers, by application and timer name. */
  readonly appTimers: Table<number>;
  /** The callers of the applications' calls that have not been answered yet, by the token of the call. */
  readonly appCalls: Table<AppCaller>;
  readonly appCallsMade: number;
  /** The applications of the host, by the UDP port that each has bound. */
  readonly udpPorts: Table<AppName>;
  /** The applications of the host, by the TCP port on which each listens. */
  readonly tcpPorts: Table<AppName>;
  /** The TCP connection of each application's stream, by application and stream ID; `streamOwners` is the inverse. */
  readonly streams: Table<ConnectionId>;
  readonly streamOwners: Table<{readonly app: AppName; readonly stream: StreamId}>;
  readonly tls: TlsHost;
  /** How often the host has crashed or rebooted. Items that were queued for it before the last time are ignored. */
  readonly boot: number;
};

/** Names who waits for an application's answer: the script, or another application, which knows the call by its own token. */
export type AppCaller =
  | {readonly by: 'script'; readonly action: AppAction}
  | {readonly by: 'app'; readonly app: AppName; readonly token: number};

/** A mapping of a NAT: the address and port of a host inside, and the port that represents them outside. */
export type NatMapping = {
  readonly ip: IpAddress;
  readonly port: number;
  readonly outsidePort: number;
  /** The time at which a packet last used this NAT mapping. */
  readonly usedUs: number;
};

/** A NAT's memory: mappings by keys such as `tcp 192.0.2.10:40000`, and these keys by outside ports such as `tcp 61000`. */
export type NatTable = {
  readonly mappings: Table<NatMapping>;
  readonly byPort: Table<string>;
  /** The number of ports of its own range that the NAT has given out. */
  readonly portsUsed: number;
};

/** The state of one direction of a link. */
export type Lane = {
  /** The time at which the link has sent the last bit of everything passed to it so far, at its rate. */
  readonly freeUs: number;
  /** Frames that a `reorder` fault holds back until `places` others have passed. */
  readonly held: readonly {readonly places: number; readonly flight: Flight}[];
  /** How often each frame content was sent in this direction, by a hash of it; undefined on links without random loss. */
  readonly sent: Tally | undefined;
};

export type Flight = {
  readonly link: string;
  readonly from: string;
  readonly to: string;
  /** The packet's number; a negative one is the n-th ARP frame. */
  readonly packet: number;
  readonly hop: number;
  /** The number of the `send` event of this packet on this link. */
  readonly sent: number;
  readonly frame: Frame;
  /** The frame's bytes after a change on the way; `unreadable` if the link's own check will fail; absent if nothing changed. */
  readonly altered?: Uint8Array | 'unreadable';
};

type Happening =
  | {
      readonly kind: 'cause';
      readonly index: number;
      /** The number of this repetition of the cause, counted from 0. */
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
      /** The heartbeat's next task: `beat` sends a request, `send` sends an answer, and `silence` checks how long no data have come. */
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
      /** The packet that brought the event to the application; absent if none did. */
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
  /** The latest time at which a frame is released that a `reorder` fault holds back. */
  | {readonly kind: 'release'; readonly lane: string; readonly flight: Flight}
  | {
      readonly kind: 'loss';
      readonly host: string;
      readonly packet: number;
      readonly hop: number;
      readonly reason: Death;
    };

/** An item in the queue of future events. `cause` is the number of the trace event that queued it. */
export type Pending = Happening & {readonly cause?: number | undefined};

export type World = {
  readonly nowUs: number;
  readonly hosts: {readonly [name: string]: Host};
  /** Both directions of each link, by link and sender, such as `path<client`. */
  readonly lanes: {readonly [lane: string]: Lane};
  /** The properties of links that the script has changed since the start, by link. */
  readonly links: {readonly [link: string]: LinkChange};
  /**
   * The packets that an attacker keeps for replay, by the number of the cause that will replay each: how many matching packets have been
   * sent, and the chosen one.
   */
  readonly kept: {
    readonly [cause: number]: {
      readonly seen: number;
      readonly flight?: Flight;
      /** The time at which the kept packet was sent; `data` is the data sent at that time. */
      readonly atUs?: number;
      readonly data?: Rope;
    };
  };
  readonly queue: Queue<Pending>;
  readonly packetCount: number;
  readonly arpCount: number;
  /** The number of events before this instant. */
  readonly eventCount: number;
  /** How far the host that is played by hand has come; absent before its first segment. */
  readonly hand?: Hand;
  /** How many packets have matched each fault so far, in the order of the scenario's faults. */
  readonly faultCounts: readonly number[];
};
