// A program on a host: a pure machine over the calls of TCP and UDP (RFC 9293 §3.9.1, RFC 768), run by the simulator.
import type {IpAddress} from '../wire/frame.ts';
import type {AlertName} from '../wire/tls/registry.ts';
import type {Socket} from './tcp/effect.ts';
import type {Agreement} from './tls/effect.ts';
import type {SecureClient, SecureServer} from './tls/secure.ts';

export const idleTimer = (stream: StreamId): string => `idle ${stream}`;

/**
 * The name of a TCP connection for a program: its own choice if it connected, the simulator's if it accepted. No two connections have one
 * name at a time.
 */
export type StreamId = string;

/**
 * The way in which a stream ends. `alert`: TLS gave it up; `truncated`: it ended without close_notify, so something may be missing (RFC
 * 9846 §6.1).
 */
export type StreamEnd =
  | ('eof' | 'refused' | 'reset' | 'timedOut' | 'unreachable' | 'closed')
  | ('alert' | 'truncated');

/**
 * The facts of the TLS below a stream that a program gets: the agreement of both ends. `early` means that there is none yet, but early data
 * may be sent and received already (RFC 9846 §2.3).
 */
export type StreamSecurity = Agreement | 'early';

/** An event of a program. `Call` is a call of the program, `Told` the answer of another program that it asked. */
export type ProgramEvent<Call, Told> =
  /** The start at time 0 and after each reboot: ports and connections are gone, and the program has to drop whatever it kept in memory. */
  | {readonly kind: 'start'}
  /** A call from the script or from another program of the host, answered by one `return` with the same token, at once or later. */
  | {readonly kind: 'call'; readonly token: number; readonly call: Call}
  | {
      readonly kind: 'datagram';
      /** The port to which the datagram was sent. */
      readonly port: number;
      /** The address of the host to which it was sent. */
      readonly local: IpAddress;
      readonly from: Socket;
      readonly data: Uint8Array;
    }
  /** An ICMP error: a datagram from `port` to `to` reached nobody (RFC 1122 §4.1.3.3). */
  | {readonly kind: 'unreachable'; readonly port: number; readonly to: Socket}
  /** A stream is connected; `security` is absent without TLS. */
  | {readonly kind: 'connected'; readonly stream: StreamId; readonly security?: StreamSecurity}
  | {
      readonly kind: 'accepted';
      readonly stream: StreamId;
      readonly port: number;
      readonly local: IpAddress;
      readonly from: Socket;
      readonly security?: StreamSecurity;
    }
  /** Data arrive; `early` data may be a replay of recorded ones (RFC 9846 §8). */
  | {readonly kind: 'data'; readonly stream: StreamId; readonly data: Uint8Array; readonly early?: true}
  /** A stream ends. With `eof` the other end sends no more, but this one still may; otherwise the connection is gone. */
  | {
      readonly kind: 'ended';
      readonly stream: StreamId;
      readonly how: StreamEnd;
      readonly alert?: AlertName | 'unknown';
    }
  | {readonly kind: 'timer'; readonly timer: string}
  | {readonly kind: 'told'; readonly token: number; readonly told: Told};

/**
 * An effect of a program. `Note` is an action that packets do not show, for the Trace; `Rule` a reason; `Asked` a call to another program.
 */
export type ProgramEffect<Note, Answer, Rule, Asked = never> =
  /** Binds a UDP port: its datagrams are delivered to this program from now on. */
  | {readonly kind: 'bind'; readonly port: number}
  | {readonly kind: 'unbind'; readonly port: number}
  | {
      readonly kind: 'datagram';
      readonly port: number;
      /** The source address; absent: that of the interface that leads there. */
      readonly local?: IpAddress;
      readonly to: Socket;
      readonly data: Uint8Array;
      readonly because: Rule;
      /** True if the datagram repeats a query; it is then shown as a retransmission. */
      readonly retransmission?: true;
    }
  /** Listens on a port; with `secure`, a stream is accepted once its TLS is established. */
  | {readonly kind: 'listen'; readonly port: number; readonly secure?: SecureServer}
  | {
      readonly kind: 'connect';
      readonly stream: StreamId;
      readonly to: Socket;
      readonly secure?: SecureClient;
      /** True over TLS if the stream counts as connected as soon as early data may be sent. */
      readonly early?: true;
      /** The reason; absent if a call or an answer leads there. */
      readonly because?: Rule;
    }
  /** Switches off Nagle's algorithm, so that what is written leaves at once, however little it is (RFC 1122 §4.2.3.4). */
  | {readonly kind: 'noDelay'; readonly stream: StreamId}
  /** Writes octets; `because` is set for the first ones of a message. */
  | {
      readonly kind: 'write';
      readonly stream: StreamId;
      readonly data: Uint8Array;
      readonly because?: Rule;
    }
  /** Ends sending; the program still reads what arrives. */
  | {readonly kind: 'finish'; readonly stream: StreamId}
  | {readonly kind: 'close'; readonly stream: StreamId}
  | {readonly kind: 'abort'; readonly stream: StreamId}
  /** Sets or cancels a timer. There is one for each name; arming it again moves it. */
  | {
      readonly kind: 'timer';
      readonly timer: string;
      readonly op: 'arm';
      readonly dueUs: number;
      readonly because: Rule;
    }
  | {readonly kind: 'timer'; readonly timer: string; readonly op: 'cancel'; readonly because: Rule}
  | {readonly kind: 'note'; readonly note: Note; readonly because: Rule}
  /** Drops what arrived, unread or unused. */
  | {readonly kind: 'discard'; readonly because: Rule}
  /** Returns from a call. `reason` is the rule of an earlier effect of this step, if later effects are not why it returns. */
  | {
      readonly kind: 'return';
      readonly token: number;
      readonly answer: Answer;
      readonly because?: Rule;
      readonly reason?: Rule;
    }
  | {readonly kind: 'ask'; readonly token: number; readonly asked: Asked};

export type ProgramEnv = {
  readonly nowUs: number;
  /** The host's addresses, in the order of its interfaces. */
  readonly addresses: readonly IpAddress[];
  /** Returns a whole number below 2³² that an outsider cannot guess: a hash of the seed, the host and `keys`. */
  chance(...keys: readonly (string | number)[]): number;
};

export type ProgramStep<State, Effect> = {readonly state: State; readonly effects: readonly Effect[]};

/** The processing of one event by a program: its state is replaced, its effects are collected. */
export type ProgramTurn<State, Effect> = {
  readonly env: ProgramEnv;
  readonly effects: Effect[];
  state: State;
};

export const stepBy =
  <State, Event, Effect>(dispatch: (turn: ProgramTurn<State, Effect>, event: Event) => void) =>
  (state: State, event: Event, env: ProgramEnv): ProgramStep<State, Effect> => {
    const turn: ProgramTurn<State, Effect> = {env, effects: [], state};
    dispatch(turn, event);
    return {state: turn.state, effects: turn.effects};
  };
