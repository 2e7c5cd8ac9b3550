// The working data of one step of one TCP connection: the current TCB and the effects so far.
import {emptyRope, type Rope} from '../../wire/rope.ts';
import type {Seq} from '../../wire/seq.ts';
import {seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import {ackLeft, dataLeft} from './ack-pace.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, ConnectionState, FastOpenPeer} from './connection.ts';
import {changed} from './copied.ts';
import {markFlags} from './ecn.ts';
import {type TcpEffect, type TcpEnv, type TcpSignal, type TimerName, timerNames} from './effect.ts';
import {ackOptions} from './options.ts';
import {isTight} from './receive-memory.ts';
import type {TcpState} from './states.ts';
import {firesUs} from './timer-wheel.ts';
import {stamped} from './timestamps.ts';
import {urgentField} from './urgent.ts';
import {offeredWindow, windowField} from './window.ts';

/** The two states of the connection that an effect is about: `before` as the step found it, `after` as it was when the effect arose. */
export type Operands = {readonly before: Connection | undefined; readonly after: Connection};

/** A TCP effect with the states of its connection before and after; they are absent if there is no connection. */
export type ToldEffect = TcpEffect & {readonly operands?: Operands};

export type Turn = {
  readonly env: TcpEnv;
  readonly effects: ToldEffect[];
  /** The TCP connection as the step found it; undefined if the step creates it. */
  readonly before: Connection | undefined;
  tcb: Connection;
  /** True if the TCB has been deleted in this step. */
  gone: boolean;
  /** The ACK that this TCP step has to send, at once or delayed, unless a data segment carries it first; undefined if none is due. */
  owed: {readonly when: 'now' | 'delayed'; readonly because: TcpBecause} | undefined;
  /** The reason to retransmit the segment at SND.UNA when this TCP step sends; undefined if there is none. */
  repeat: TcpBecause | undefined;
  /**
   * The reason to retransmit lost segments when this TCP step sends, or to try new data first (F-RTO, RFC 5682 §2.1 step 2); undefined if
   * there is none.
   */
  resend: {readonly what: 'lost' | 'new'; readonly because: TcpBecause} | undefined;
  /** The time in µs since this end sent the timestamp that the current segment echoes (RFC 7323 §4.1); undefined if it gives none. */
  echoedUs: number | undefined;
  /** True if the expiry of a TCP timer caused this step. */
  fired: boolean;
  /** The facts in the peer's SYN,ACK (such as its cookie) that the next Fast Open to this peer uses; undefined if none arrived. */
  heardPeer: FastOpenPeer | undefined;
  /**
   * The finding of this step about the path: it swallows the segments of Fast Open, or carries them again; undefined if there is no
   * finding.
   */
  path: 'swallows' | 'carries' | undefined;
  /** True if a Fast Open connection that the program had already accepted was reset before its handshake was complete. */
  distrusts: boolean;
  /** True if the packet of this step had the ECN mark CE in its IP header. */
  marked: boolean;
  /** True if the packet of this step may let the receive window grow, and no other reason demands an ACK at once. */
  growsWindow: boolean;
};

export const turnOf = (tcb: Connection, env: TcpEnv): Turn => ({
  env: Object.keys(tcb.options).length === 0 ? env : {...env, settings: {...env.settings, ...tcb.options}},
  effects: [],
  before: tcb,
  tcb,
  gone: false,
  owed: undefined,
  repeat: undefined,
  resend: undefined,
  heardPeer: undefined,
  echoedUs: undefined,
  fired: false,
  distrusts: false,
  path: undefined,
  marked: false,
  growsWindow: false,
});

/** Returns the working data of the TCP step that creates a connection; nothing existed `before`. */
export const firstTurnOf = (tcb: Connection, env: TcpEnv): Turn => ({...turnOf(tcb, env), before: undefined});

/**
 * Adds an effect to this TCP step, with its connection before and now. The effect object is changed rather than copied, because copies are
 * costly.
 */
export function tell(turn: Turn, effect: TcpEffect & {operands?: Operands}): void {
  effect.operands = {before: turn.before, after: turn.tcb};
  turn.effects.push(effect);
}

export function update(turn: Turn, changes: Partial<Omit<Connection, 'state'>>): void {
  turn.tcb = changed(turn.tcb, changes);
}

export function enter(turn: Turn, to: ConnectionState, because: TcpBecause): void {
  const {id: connection, state: from} = turn.tcb;
  turn.tcb = changed(turn.tcb, {state: to});
  tell(turn, {kind: 'state', connection, from, to, because});
}

/** Deletes the TCB; a child of a listener whose handshake is incomplete goes back to LISTEN (RFC 9293 §3.10.7.4). */
export function leave(turn: Turn, to: Extract<TcpState, 'CLOSED' | 'LISTEN'>, because: TcpBecause): void {
  for (const name of timerNames) cancel(turn, name, because);
  tell(turn, {kind: 'state', connection: turn.tcb.id, from: turn.tcb.state, to, because});
  turn.gone = true;
}

/** Returns the time in µs at which a timer of this connection expires if it is armed now for `waitUs`. */
export const dueAfter = ({env, fired}: Turn, waitUs: number): number =>
  firesUs(env.nowUs, waitUs, {timers: env.settings.timers, inRow: fired});

export function arm(
  turn: Turn,
  name: TimerName,
  {waitUs, because}: {waitUs: number; because: TcpBecause},
): void {
  const dueUs = dueAfter(turn, waitUs);
  update(turn, {timers: {...turn.tcb.timers, [name]: dueUs}});
  tell(turn, {kind: 'timer', op: 'arm', connection: turn.tcb.id, name, dueUs, because});
}

export function cancel(turn: Turn, name: TimerName, because: TcpBecause): void {
  if (turn.tcb.timers[name] === undefined) return;
  const {[name]: _, ...timers} = turn.tcb.timers;
  update(turn, {timers});
  tell(turn, {kind: 'timer', op: 'cancel', connection: turn.tcb.id, name, because});
}

/** Disarms a TCP timer that has expired; unlike a cancellation it needs no effect. */
export function expire(turn: Turn, name: TimerName): void {
  const {[name]: _, ...timers} = turn.tcb.timers;
  update(turn, {timers});
}

/** Sends a signal or an error of the connection to the program. An error is not sent if the program has closed its socket. */
export function signal(turn: Turn, what: TcpSignal, because: TcpBecause): void {
  if (turn.tcb.readerGone && what.startsWith('E')) return;
  tell(turn, {kind: 'signal', connection: turn.tcb.id, signal: what, because});
  if (what === 'eof') update(turn, {eofTold: true});
}

export function discard(turn: Turn, because: TcpBecause): void {
  tell(turn, {kind: 'discard', connection: turn.tcb.id, because});
}

type Outgoing = {
  readonly seq: Seq;
  readonly flags: number;
  readonly payload?: Rope;
  readonly options?: readonly TcpOption[];
  readonly retransmission?: boolean;
  readonly ecn?: 2;
  /** True if a RST carries the receive window, too. @default false */
  readonly windowed?: boolean;
  readonly because: TcpBecause;
};

/** Sends a TCP segment. With ACK it carries RCV.NXT, and unless it is a RST it settles the ACK that is due. */
export function send(turn: Turn, out: Outgoing): void {
  const acknowledges = (out.flags & TcpFlag.ACK) !== 0;
  if (acknowledges && (out.flags & TcpFlag.RST) === 0) payAcknowledgement(turn);
  const {tcb} = turn;
  if (turn.env.settings.deviceQueue === 'full') {
    tell(turn, {kind: 'discard', connection: tcb.id, because: 'linux:queue/full'});
    return;
  }
  const {local, remote} = tcb;
  const urgent = out.flags & (TcpFlag.SYN | TcpFlag.RST) ? 0 : urgentField(tcb, out.seq);
  tell(turn, {
    kind: 'send',
    connection: tcb.id,
    src: local.ip,
    dst: remote.ip,
    segment: {
      srcPort: local.port,
      dstPort: remote.port,
      seq: out.seq,
      ack: acknowledges ? tcb.rcv.nxt : seq(0),
      flags: out.flags | markFlags(tcb, out.flags) | (urgent > 0 ? TcpFlag.URG : 0),
      window: windowField(tcb, out.windowed === true ? out.flags & ~TcpFlag.RST : out.flags),
      urgent,
      options: stamped(turn, out.options ?? (out.flags & (TcpFlag.SYN | TcpFlag.RST) ? [] : ackOptions(tcb))),
      payload: out.payload ?? emptyRope,
    },
    ...(out.ecn === undefined ? {} : {ecn: out.ecn}),
    retransmission: out.retransmission ?? false,
    because: out.because,
  });
  if (acknowledges && tcb.duplicate !== undefined) update(turn, {duplicate: undefined});
  if (tcb.pace !== undefined && out.payload !== undefined && out.payload.length > 0)
    update(turn, {pace: dataLeft(tcb.pace, turn.env.nowUs)});
}

function payAcknowledgement(turn: Turn): void {
  turn.owed = undefined;
  cancel(turn, 'delayed-ACK', '9293:3.8.6.3/delayed-ack/carried');
  const {rcv, unackedBytes, unackedSegments, lastAckSent, pace} = turn.tcb;
  const wnd = offeredWindow(turn.tcb, turn.env.settings);
  if (pace !== undefined) update(turn, {pace: ackLeft(isTight(turn.tcb) ? {...pace, quick: 0} : pace)});
  if (wnd === rcv.wnd && unackedBytes + unackedSegments === 0 && lastAckSent === rcv.nxt) return;
  update(turn, {
    rcv: wnd === rcv.wnd ? rcv : {...rcv, wnd},
    unackedBytes: 0,
    unackedSegments: 0,
    lastAckSent: rcv.nxt,
  });
}

/**
 * Returns the sequence number for a segment without data: SND.NXT, or the window's right edge if the window shrank below it by a unit of
 * its scale or more (tcp_acceptable_seq).
 */
function bareSeq({tcb, env}: Turn): Seq {
  const {snd, scale} = tcb;
  const end = seqAdd(snd.una, snd.wnd);
  const beyond = seqDiff(snd.nxt, end);
  const within = beyond <= 0 || env.settings.bareSeq === 'next' || beyond < 1 << scale.rcv;
  return within ? snd.nxt : end;
}

/** Sends <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>; SEQ is the right edge of a window that shrank below SND.NXT, if the profile says so. */
export function sendAck(turn: Turn, because: TcpBecause): void {
  send(turn, {seq: bareSeq(turn), flags: TcpFlag.ACK, because});
}

/** Sends <SEQ=SND.NXT><CTL=RST>, with ACK if the profile sets it (RFC 9293 §3.10.5). */
export function sendReset(turn: Turn, because: TcpBecause): void {
  const flags = TcpFlag.RST | (turn.env.settings.abortCarriesAck ? TcpFlag.ACK : 0);
  const {tcb, env} = turn;
  const whole = env.settings.abortCarries === 'all' ? {options: ackOptions(tcb), windowed: true} : {};
  send(turn, {seq: bareSeq(turn), flags, ...whole, because});
}

/** Notes that an ACK is to be sent when the TCP step ends; `now` overrides `delayed`. */
export function owe(turn: Turn, when: 'now' | 'delayed', because: TcpBecause): void {
  const {pace} = turn.tcb;
  if (pace !== undefined && !pace.scheduled) update(turn, {pace: {...pace, scheduled: true}});
  if (turn.owed?.when === 'now') return;
  turn.owed = {when, because};
}
