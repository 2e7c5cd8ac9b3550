// A program on a host: a pure machine over the calls of TCP and UDP (RFC 9293 §3.9.1, RFC 768). The simulator runs it.
import type {IpAddress} from '../wire/frame.ts';
import type {AlertName} from '../wire/tls/registry.ts';
import type {Socket} from './tcp/effect.ts';
import type {Agreement} from './tls/effect.ts';
import type {SecureClient, SecureServer} from './tls/secure.ts';

export const idleTimer = (stream: StreamId): string => `idle ${stream}`;

/**
 * A TCP connection as a program knows it: a name of its own choice where it connected, the simulator's where it accepted.
 * No two at a time are alike.
 */
export type StreamId = string;

/** `alert`: TLS gave it up; `truncated`: it ended without close_notify, so something may be missing (RFC 9846 §6.1). */
export type StreamEnd =
  | ('eof' | 'refused' | 'reset' | 'timedOut' | 'unreachable' | 'closed')
  | ('alert' | 'truncated');

/**
 * What a program is told of the TLS below a stream: what both ends agreed on; `early`: nothing yet, but data may go and come as
 * early data already (RFC 9846 §2.3).
 */
export type StreamSecurity = Agreement | 'early';

/** `Call` is what can be asked of the program, `Told` what a program that it asked itself answers. */
export type ProgramEvent<Call, Told> =
  /** At time 0, and after each reboot: ports and connections are gone, and what else the program kept in memory is to go now. */
  | {readonly kind: 'start'}
  /** From the script or from another program of the host; answered by one `return` with the same token, at once or later. */
  | {readonly kind: 'call'; readonly token: number; readonly call: Call}
  | {
      readonly kind: 'datagram';
      /** The port that it came to. */
      readonly port: number;
      /** The host's own address that it came to. */
      readonly local: IpAddress;
      readonly from: Socket;
      readonly data: Uint8Array;
    }
  /** ICMP says that a datagram from `port` to `to` found nobody (RFC 1122 §4.1.3.3). */
  | {readonly kind: 'unreachable'; readonly port: number; readonly to: Socket}
  /** `security` absent: there is no TLS. */
  | {readonly kind: 'connected'; readonly stream: StreamId; readonly security?: StreamSecurity}
  | {
      readonly kind: 'accepted';
      readonly stream: StreamId;
      readonly port: number;
      readonly local: IpAddress;
      readonly from: Socket;
      readonly security?: StreamSecurity;
    }
  /** `early`: somebody may have recorded it and sent it once more (RFC 9846 §8). */
  | {readonly kind: 'data'; readonly stream: StreamId; readonly data: Uint8Array; readonly early?: true}
  /** `eof`: the other end sends no more; this one still may. All others: the connection is gone. */
  | {
      readonly kind: 'ended';
      readonly stream: StreamId;
      readonly how: StreamEnd;
      readonly alert?: AlertName | 'unknown';
    }
  | {readonly kind: 'timer'; readonly timer: string}
  | {readonly kind: 'told'; readonly token: number; readonly told: Told};

/** `Note`: what the program did that packets do not show, for the Trace; `Rule`: why, `Asked`: a call to another program. */
export type ProgramEffect<Note, Answer, Rule, Asked = never> =
  /** From now on datagrams to that UDP port are this program's. */
  | {readonly kind: 'bind'; readonly port: number}
  | {readonly kind: 'unbind'; readonly port: number}
  | {
      readonly kind: 'datagram';
      readonly port: number;
      /** The address it is sent from; absent: that of the interface that leads there. */
      readonly local?: IpAddress;
      readonly to: Socket;
      readonly data: Uint8Array;
      readonly because: Rule;
      /** The same question once more: shown as such. */
      readonly retransmission?: true;
    }
  /** `secure`: a stream is accepted once its TLS is established. */
  | {readonly kind: 'listen'; readonly port: number; readonly secure?: SecureServer}
  | {
      readonly kind: 'connect';
      readonly stream: StreamId;
      readonly to: Socket;
      readonly secure?: SecureClient;
      /** Over TLS: connected at once where early data may go. */
      readonly early?: true;
      /** Absent: a call or an answer to a question of its own leads there. */
      readonly because?: Rule;
    }
  /** What is written leaves at once, however little it is: Nagle is off (RFC 1122 §4.2.3.4). */
  | {readonly kind: 'noDelay'; readonly stream: StreamId}
  /** `because`: of the first octets of a message. */
  | {
      readonly kind: 'write';
      readonly stream: StreamId;
      readonly data: Uint8Array;
      readonly because?: Rule;
    }
  /** No more to send; what is still to come is read. */
  | {readonly kind: 'finish'; readonly stream: StreamId}
  | {readonly kind: 'close'; readonly stream: StreamId}
  | {readonly kind: 'abort'; readonly stream: StreamId}
  /** One timer for each name; arming it again moves it. */
  | {
      readonly kind: 'timer';
      readonly timer: string;
      readonly op: 'arm';
      readonly dueUs: number;
      readonly because: Rule;
    }
  | {readonly kind: 'timer'; readonly timer: string; readonly op: 'cancel'; readonly because: Rule}
  | {readonly kind: 'note'; readonly note: Note; readonly because: Rule}
  /** What arrived is thrown away unread or unused. */
  | {readonly kind: 'discard'; readonly because: Rule}
  /** `reason`: the rule of an earlier effect of this step, where what has been done since is not why it returns. */
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
  /** The host's own, in the order of its interfaces. */
  readonly addresses: readonly IpAddress[];
  /** A whole number below 2³² that an outsider cannot guess: a hash of the seed, the host and `keys`. */
  chance(...keys: readonly (string | number)[]): number;
};

export type ProgramStep<State, Effect> = {readonly state: State; readonly effects: readonly Effect[]};

/** While a program answers one event: its state is replaced, its effects are collected. */
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
