// Everything that exists at one instant of a simulation: hosts, links, what is under way. Immutable, so that a checkpoint
// is a reference and two instants share what did not change.

import type {ArpState} from '../stack/ip/arp.ts';
import type {StreamId} from '../stack/program.ts';
import type {ConnectionId, TimerName} from '../stack/tcp/effect.ts';
import type {Tcp} from '../stack/tcp/tcp.ts';
import type {Frame, IpAddress, IpPacket} from '../wire/frame.ts';
import type {Rope} from '../wire/rope.ts';
import type {Table} from '../wire/table.ts';
import type {AppAction, LinkChange} from './action.ts';
import type {AppName} from './app-name.ts';
import type {AppEvent, AppState} from './apps.ts';
import type {Death, Why} from './because.ts';
import type {Queue} from './queue.ts';
import type {Tally} from './tally.ts';
import type {SecureEvent, TlsHost} from './tls-host.ts';

/** What a program knows of a connection it uses. */
export type Program = {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Of a connection that it has opened or been given (socket.ts); undefined: it never had it. */
  readonly socket?: 'opening' | 'open' | 'failed' | 'over' | 'closed';
  /** The one that this program keeps up. */
  readonly heartbeat?: Heartbeat;
  /** When data came last, where a heartbeat is kept or answered. */
  readonly heardUs?: number;
};

/** So many bytes there and back at that interval; after `limitUs` of silence the other end is taken for gone. */
export type Heartbeat = {readonly everyUs: number; readonly bytes: number; readonly limitUs: number};

/** The packet by its number in the trace, and the hop that brought it. */
export type Arrived = {readonly packet: number; readonly hop: number};

/** What is remembered of a packet besides its bytes. A packet that its host makes gets its number when it leaves. */
export type Tag = {
  readonly retransmission: boolean;
  readonly connection?: ConnectionId;
  readonly because: Why;
  /** Set for packets that a router passes on. */
  readonly forwarded?: Arrived;
};

/** A packet on its way out of a host, perhaps waiting for its neighbour's hardware address. */
export type Waiting = {readonly packet: IpPacket; readonly tag: Tag};

export type Host = {
  readonly name: string;
  readonly up: boolean;
  readonly tcp: Tcp;
  readonly arp: ArpState<Waiting>;
  /** Connections by the name that the script gave them (`as`). */
  readonly names: Table<ConnectionId>;
  /** The connection that was opened last; what a call without `of` means. */
  readonly newest: ConnectionId | undefined;
  readonly programs: Table<Program>;
  readonly nat: NatTable;
  /** Heartbeats that programs here answer, by their port. */
  readonly answers: {readonly [port: number]: Heartbeat};
  /** How many ephemeral ports have been given out. */
  readonly portsUsed: number;
  readonly apps: Table<AppState>;
  /** When they are due, by application and name. */
  readonly appTimers: Table<number>;
  /** Calls that an application has not answered yet, by token. */
  readonly appCalls: Table<AppCaller>;
  readonly appCallsMade: number;
  /** Applications by the port that they have bound. */
  readonly udpPorts: Table<AppName>;
  /** Applications by the port on which they listen. */
  readonly tcpPorts: Table<AppName>;
  /** Connections by application and its name for them, and back. */
  readonly streams: Table<ConnectionId>;
  readonly streamOwners: Table<{readonly app: AppName; readonly stream: StreamId}>;
  readonly tls: TlsHost;
  /** Crashes and reboots so far: what an earlier life has scheduled means nothing to this one. */
  readonly boot: number;
};

/** Who waits for an application's answer: the script, or another application under a token of its own. */
export type AppCaller =
  | {readonly by: 'script'; readonly action: AppAction}
  | {readonly by: 'app'; readonly app: AppName; readonly token: number};

/** An inside socket and the outside port that stands for it. */
export type NatMapping = {
  readonly ip: IpAddress;
  readonly port: number;
  readonly outsidePort: number;
  /** When a packet last used it. */
  readonly usedUs: number;
};

/** A NAT's memory: mappings by `tcp 192.0.2.10:40000`, those keys by `tcp 61000`. */
export type NatTable = {
  readonly mappings: Table<NatMapping>;
  readonly byPort: Table<string>;
  /** How many ports of its own choice it has given out. */
  readonly portsUsed: number;
};

/** One direction of a link. */
export type Lane = {
  /** When the sender's last bit is out, at the link's rate. */
  readonly freeUs: number;
  /** Frames that a `reorder` fault holds back until `places` others have passed. */
  readonly held: readonly {readonly places: number; readonly flight: Flight}[];
  /** Transmissions by identity; kept on lossy links only. */
  readonly sent: Tally | undefined;
};

export type Flight = {
  readonly link: string;
  readonly from: string;
  readonly to: string;
  /** Negative: the n-th ARP frame. */
  readonly packet: number;
  readonly hop: number;
  /** Number of the event of its sending on this link. */
  readonly sent: number;
  readonly frame: Frame;
  /** The bytes as altered on the way; `unreadable`: the link's own check fails. */
  readonly altered?: Uint8Array | 'unreadable';
};

type Happening =
  | {
      readonly kind: 'cause';
      readonly index: number;
      /** Counted from 0. */
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
      /** `send` answers one; `silence`: has the limit been reached? */
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
      /** The number of the event that it was woken by. */
      readonly by?: number;
      /** The packet that brought it. */
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
  /** A flight held back by `reorder` lands at the latest now. */
  | {readonly kind: 'release'; readonly lane: string; readonly flight: Flight}
  | {
      readonly kind: 'loss';
      readonly host: string;
      readonly packet: number;
      readonly hop: number;
      readonly reason: Death;
    };

/** `cause` is the number of the event that it will be about: what has put it into the queue. */
export type Pending = Happening & {readonly cause?: number | undefined};

export type World = {
  readonly nowUs: number;
  readonly hosts: {readonly [name: string]: Host};
  /** By link and sender: `path<client`. */
  readonly lanes: {readonly [lane: string]: Lane};
  /** What has changed since the start, by link. */
  readonly links: {readonly [link: string]: LinkChange};
  /** By the script's cause that will replay it: how many such packets have left, and the one that is meant. */
  readonly kept: {
    readonly [cause: number]: {
      readonly seen: number;
      readonly flight?: Flight;
      /** When it left, and the data that left with it. */
      readonly atUs?: number;
      readonly data?: Rope;
    };
  };
  readonly queue: Queue<Pending>;
  readonly packetCount: number;
  readonly arpCount: number;
  /** How many events there were before this instant. */
  readonly eventCount: number;
  /** Matches so far, for each of the scenario's faults. */
  readonly faultCounts: readonly number[];
};
