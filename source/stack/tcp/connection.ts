// The transmission control block: one variant per state (RFC 9293 §3.3.1).
import type {Rope} from '../../wire/rope.ts';
import type {Seq} from '../../wire/seq.ts';
import type {ConnectionId, ReadMode, Socket, TimerName} from './effect.ts';
import type {TcpState} from './states.ts';

export type SendVariables = {
  readonly una: Seq;
  readonly nxt: Seq;
  /** In bytes, already scaled. */
  readonly wnd: number;
  readonly wl1: Seq;
  readonly wl2: Seq;
};

export type ReceiveVariables = {
  readonly nxt: Seq;
  /** In bytes, already scaled. */
  readonly wnd: number;
};

/** Deadlines in whole microseconds of simulated time; a timer that is absent does not run. */
export type Timers = {readonly [name in TimerName]?: number};

export type Tcb<S extends TcpState = TcpState> = {
  readonly state: S;
  readonly id: ConnectionId;
  readonly local: Socket;
  readonly remote: Socket;
  readonly origin: 'active' | 'passive';
  readonly iss: Seq;
  readonly irs: Seq;
  readonly snd: SendVariables;
  readonly rcv: ReceiveVariables;
  readonly read: ReadMode;
  readonly rtoUs: number;
  readonly srttUs: number | undefined;
  readonly rttvarUs: number | undefined;
  readonly timers: Timers;
  /** Bytes given by SEND and not yet acknowledged, sent or not. */
  readonly sendBuffer: Rope;
  /** Bytes in order that the application has not taken. */
  readonly receiveBuffer: Rope;
};
