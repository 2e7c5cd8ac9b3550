// A program on a host: a pure machine over the calls of TCP and UDP (RFC 9293 §3.9.1, RFC 768), run by the simulator.
import type {IpAddress} from '../wire/frame.ts';
import type {AlertName} from '../wire/tls/registry.ts';
import type {Socket} from './tcp/effect.ts';
import type {Agreement} from './tls/effect.ts';
import type {SecureClient, SecureServer} from './tls/secure.ts';

export const idleTimer = (stream: StreamId): string => `idle ${stream}`;

/**
 * The name by which a program knows a TCP connection: chosen by the program if it connected, by the simulator if it accepted. No two
 * connections have the same name at the same time.
 */
export type StreamId = string;

/**
 * The way in which a program's stream ends. `alert`: TLS ended it with an alert; `truncated`: it ended without close_notify, so data may be
 * missing (RFC 9846 §6.1).
 */
export type StreamEnd =
  | ('eof' | 'refused' | 'reset' | 'timedOut' | 'unreachable' | 'closed')
  | ('alert' | 'truncated');

/**
 * The TLS facts that a program gets about a stream: what both ends agreed on. `early`: nothing is agreed yet, but early data may be sent
 * and received already (RFC 9846 §2.3).
 */
export type StreamSecurity = Agreement | 'early';

/**
 * An event that a program on a simulated host handles. `Call` is the type of a call to it, `Told` that of the answer of another program
 * that it asked.
 */
export type ProgramEvent<Call, Told> =
  /** The start at time 0 and after each reboot: ports and connections are gone, and the program has to drop whatever it kept in memory. */
  | {readonly kind: 'start'}
  /**
   * The script or another program of the host calls this program, which answers with one `return` with the same token, at once or later.
   */
  | {readonly kind: 'call'; readonly token: number; readonly call: Call}
  | {
      readonly kind: 'datagram';
      /** The local UDP port to which the datagram was sent. */
      readonly port: number;
      /** The address of this host to which the datagram was sent. */
      readonly local: IpAddress;
      readonly from: Socket;
      readonly data: Uint8Array;
    }
  /** An ICMP error arrives: the datagram that this host sent from `port` to `to` did not reach its destination (RFC 1122 §4.1.3.3). */
  | {readonly kind: 'unreachable'; readonly port: number; readonly to: Socket}
  /** A stream that the program opened is connected; `security` is absent without TLS. */
  | {readonly kind: 'connected'; readonly stream: StreamId; readonly security?: StreamSecurity}
  | {
      readonly kind: 'accepted';
      readonly stream: StreamId;
      readonly port: number;
      readonly local: IpAddress;
      readonly from: Socket;
      readonly security?: StreamSecurity;
    }
  /** Data arrive on a stream; data marked `early` are TLS early data, which an attacker may have replayed (RFC 9846 §8). */
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
 * An effect that a program asks for. `Note` is the type of actions that no packet shows, for the Trace; `Rule` that of reasons, `Asked`
 * that of calls to another program.
 */
export type ProgramEffect<Note, Answer, Rule, Asked = never> =
  /** Binds a UDP port: its datagrams are delivered to this program from now on. */
  | {readonly kind: 'bind'; readonly port: number}
  | {readonly kind: 'unbind'; readonly port: number}
  | {
      readonly kind: 'datagram';
      readonly port: number;
      /** The source address of the datagram; absent: the address of the interface through which it leaves. */
      readonly local?: IpAddress;
      readonly to: Socket;
      readonly data: Uint8Array;
      readonly because: Rule;
      /** True if the datagram repeats an earlier query, so that it is shown as a retransmission. */
      readonly retransmission?: true;
    }
  /** Listens on a TCP port; with `secure`, a stream counts as accepted only when its TLS handshake is complete. */
  | {readonly kind: 'listen'; readonly port: number; readonly secure?: SecureServer}
  | {
      readonly kind: 'connect';
      readonly stream: StreamId;
      readonly to: Socket;
      readonly secure?: SecureClient;
      /** True if a stream over TLS counts as connected as soon as early data may be sent. */
      readonly early?: true;
      /** The rule for which the program connects; absent if it does so because of a call or an answer. */
      readonly because?: Rule;
    }
  /** Switches off Nagle's algorithm for a stream, so that small writes leave at once (RFC 1122 §4.2.3.4). */
  | {readonly kind: 'noDelay'; readonly stream: StreamId}
  /** Writes octets to a stream; `because` is set for the first octets of a message only. */
  | {
      readonly kind: 'write';
      readonly stream: StreamId;
      readonly data: Uint8Array;
      readonly because?: Rule;
    }
  /** Closes this program's direction of a stream; the program still reads what arrives. */
  | {readonly kind: 'finish'; readonly stream: StreamId}
  | {readonly kind: 'close'; readonly stream: StreamId}
  | {readonly kind: 'abort'; readonly stream: StreamId}
  /** Sets or cancels a timer of the program. There is one timer for each name; arming it again moves it. */
  | {
      readonly kind: 'timer';
      readonly timer: string;
      readonly op: 'arm';
      readonly dueUs: number;
      readonly because: Rule;
    }
  | {readonly kind: 'timer'; readonly timer: string; readonly op: 'cancel'; readonly because: Rule}
  | {readonly kind: 'note'; readonly note: Note; readonly because: Rule}
  /** Notes that the program dropped something that arrived, without using it. */
  | {readonly kind: 'discard'; readonly because: Rule}
  /**
   * Returns from a call to the program. `reason` is the rule of an earlier effect of this step; it is set if a later effect is not the
   * reason for returning.
   */
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

/**
 * Holds what a program works on while it handles one event: its environment, its state, which it replaces, and the list to which it adds
 * its effects.
 */
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
