// The events that a host's TCP machine takes and the effects that it returns; the machine itself never acts.
import type {ConnectionId, Socket} from '../../wire/connection-id.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {Rope} from '../../wire/rope.ts';
import type {Seq} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import type {RuleId} from './rules.ts';
import type {TcpSettings} from './settings.ts';
import type {TcpState} from './states.ts';

export type {ConnectionId, Socket};

/** The names of a connection's timers, in the order in which they are cancelled when the connection ends. */
export const timerNames = [
  'RTO',
  'TLP',
  'reordering',
  'delayed-ACK',
  '2MSL',
  'FIN-WAIT-2',
  'persist',
  'connect',
  'keep-alive',
  'user',
] as const;

export type TimerName = (typeof timerNames)[number];

/**
 * The user calls of RFC 9293 §3.9.1. `read: auto` means that a RECEIVE is always outstanding, so that data reach the
 * application in the step in which they arrive; `manual` waits for RECEIVE.
 * CLOSE ends sending only, as in the RFC; with `reader: 'gone'` it is BSD's close(): data that come later are refused by RST.
 */
export type TcpCall =
  | {
      readonly call: 'OPEN';
      readonly mode: 'passive';
      readonly local: Socket;
      readonly read: ReadMode;
      readonly iss?: Seq;
      /** How the listener's program gets connections: at once (`auto`) or by ACCEPT (`manual`). @default 'auto' */
      readonly accept?: 'auto' | 'manual';
      /** The most complete connections that may wait for ACCEPT. It is never more than `acceptQueue` of the settings, its default. */
      readonly backlog?: number;
    }
  | {
      readonly call: 'OPEN';
      readonly mode: 'active';
      readonly local: Socket;
      readonly remote: Socket;
      readonly read: ReadMode;
      readonly iss?: Seq;
      readonly data?: Rope;
      /**
       * True if the program gave data that could not be read: the SYN of a Fast Open then asks for a cookie, as if none were known.
       * @default false
       */
      readonly unreadable?: boolean;
      /** True if data that do not fit in the SYN of a Fast Open are sent later; otherwise OPEN does not take them. @default false */
      readonly whole?: boolean;
    }
  | {
      readonly call: 'SEND';
      readonly connection: ConnectionId;
      readonly data: Rope;
      /** True if the data of this SEND, with all before them, are urgent (RFC 9293 §3.8.5). @default false */
      readonly urgent?: boolean;
      /**
       * True if the data of this SEND are not pushed: they may wait for the next SEND or CLOSE and leave with it (RFC 9293 §3.9.1.2).
       * @default false
       */
      readonly more?: boolean;
      /** True if the data end a record: later data travel in segments of their own (MSG_EOR). @default false */
      readonly ends?: boolean;
    }
  | {
      readonly call: 'RECEIVE';
      readonly connection: ConnectionId;
      readonly maxBytes: number;
      /** True if RECEIVE waits until all the bytes that it wants or the end of the data have arrived (MSG_WAITALL). @default false */
      readonly whole?: boolean;
    }
  | {
      readonly call: 'CLOSE';
      readonly connection: ConnectionId;
      readonly reader: 'stays' | 'gone';
      /**
       * True if CLOSE acts as shutdown(): on a Fast Open connection with an incomplete handshake, the FIN waits until the handshake is
       * complete. @default reader === 'stays'
       */
      readonly shuts?: boolean;
    }
  | {readonly call: 'ABORT'; readonly connection: ConnectionId}
  | {readonly call: 'STATUS'; readonly connection: ConnectionId}
  /** Takes a connection of a listener with `accept: manual`: returns the oldest complete one, or waits for one. */
  | {readonly call: 'ACCEPT'; readonly connection: ConnectionId}
  | {readonly call: 'SET-OPTION'; readonly connection: ConnectionId; readonly options: SocketOptions};

/** Settings that a program may change for one connection, or for all that a listener will have. */
export type SocketOptions = Partial<
  Pick<
    TcpSettings,
    | 'keepAlive'
    | 'keepAliveIdleUs'
    | 'keepAliveIntervalUs'
    | 'keepAliveProbes'
    | 'noDelay'
    | 'cork'
    | 'quickAck'
    | 'userTimeoutUs'
    | 'finTimeoutUs'
  >
>;

export type ReadMode = 'auto' | 'manual';

export type TcpEvent =
  | {readonly kind: 'call'; readonly call: TcpCall}
  | {
      readonly kind: 'segment';
      readonly src: IpAddress;
      readonly dst: IpAddress;
      readonly segment: TcpSegment;
      /** True if a router on the way has marked the packet: CE (RFC 3168 §5). */
      readonly marked?: boolean;
    }
  | {readonly kind: 'timeout'; readonly connection: ConnectionId; readonly name: TimerName}
  /** An ICMP error about a segment that this host sent from `local` to `remote`. */
  | {
      readonly kind: 'icmp';
      readonly local: Socket;
      readonly remote: Socket;
      /** The sequence number of the segment that the ICMP error quotes. */
      readonly seq: Seq;
      readonly type: number;
      readonly code: number;
      /** The MTU in bytes of the link that was too narrow; undefined if the ICMP error does not tell it. */
      readonly mtu: number | undefined;
    };

/**
 * The environment of one step of the TCP machine. `isn` returns the initial sequence number for a connection that begins at this instant
 * (RFC 9293 §3.4.1).
 */
export type TcpEnv = {
  readonly nowUs: number;
  readonly settings: TcpSettings;
  readonly isn: (local: Socket, remote: Socket) => Seq;
  /** The key from which this host makes its SYN cookies. @default zeros */
  readonly secret?: Uint8Array;
  /** Returns the offset of the timestamp clock for a pair of sockets, in ticks; absent: the clock starts at 0 (RFC 7323 §5.4). */
  readonly timestampOffset?: (local: Socket, remote: Socket) => number;
};

/** A message to a program about a connection. Errors have the names that a real socket gives. */
export type TcpSignal =
  | 'connected'
  | 'accepted'
  | 'eof'
  | 'urgent'
  | 'closed'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  | 'ETIMEDOUT'
  /** The error that a program gets if an RST follows the peer's FIN, as in Linux. */
  | 'EPIPE';

export type CallError =
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EBADF'
  | 'EISCONN'
  | 'ENOTCONN'
  | 'EPIPE'
  | 'EINVAL'
  | 'ECONNRESET'
  | 'ETIMEDOUT';

export type TcpEffect =
  | {
      readonly kind: 'send';
      /** The connection that sends the segment; absent for an RST that answers a segment without a connection. */
      readonly connection?: ConnectionId;
      readonly src: IpAddress;
      readonly dst: IpAddress;
      readonly segment: TcpSegment;
      /** The ECN codepoint for the IP header: ECT(0) on new data if both ends use ECN (RFC 3168 §5); absent: not-ECT. */
      readonly ecn?: 2;
      /** Whether the segment repeats sequence numbers that have been sent before. */
      readonly retransmission: boolean;
      readonly because: TcpBecause;
    }
  | {
      readonly kind: 'state';
      readonly connection: ConnectionId;
      readonly from: TcpState;
      readonly to: TcpState;
      readonly because: TcpBecause;
    }
  | {
      readonly kind: 'timer';
      readonly op: 'arm';
      readonly connection: ConnectionId;
      readonly name: TimerName;
      readonly dueUs: number;
      readonly because: TcpBecause;
    }
  | {
      readonly kind: 'timer';
      readonly op: 'cancel';
      readonly connection: ConnectionId;
      readonly name: TimerName;
      readonly because: TcpBecause;
    }
  /** Bytes that TCP hands to the application. */
  | {
      readonly kind: 'deliver';
      readonly connection: ConnectionId;
      readonly data: Rope;
      readonly because: TcpBecause;
    }
  | {
      readonly kind: 'signal';
      readonly connection: ConnectionId;
      readonly signal: TcpSignal;
      readonly because: TcpBecause;
    }
  /** The result that a user call of TCP returned at once. */
  | {
      readonly kind: 'return';
      readonly connection?: ConnectionId;
      readonly result: 'ok' | CallError;
      readonly because: TcpBecause;
    }
  /** A rule begins to keep back data or a FIN that could be sent, or stops doing so. */
  | {
      readonly kind: 'held';
      readonly op: 'begin' | 'end';
      readonly connection: ConnectionId;
      readonly because: RuleId;
    }
  /** The machine dropped a segment; `because` is the rule for it. */
  | {readonly kind: 'discard'; readonly connection?: ConnectionId; readonly because: TcpBecause};
