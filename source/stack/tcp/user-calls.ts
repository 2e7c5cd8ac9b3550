// The user calls of a program on a TCP connection or listener, state by state (RFC 9293 §3.9.1, §3.10.1 to §3.10.6).

import {Fifo} from '../../wire/fifo.ts';
import {emptyRope, type Rope, ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {TcpBecause} from './cases.ts';
import {finish, finReceived, limitFinWait2} from './closing.ts';
import {type Connection, dataStart, type FastOpenPeer, type Listener, type Tcp} from './connection.ts';
import {ECN_FLAGS} from './ecn.ts';
import type {CallError, ConnectionId, TcpCall, TcpEffect, TcpEnv} from './effect.ts';
import {isClient, plainSyn, planSyn} from './fast-open.ts';
import {isPaused} from './fast-open-pause.ts';
import {firstSending} from './flight.ts';
import {programRead} from './paced-receiving.ts';
import {pushEndsTo} from './push.ts';
import {serveReceives} from './receiver.ts';
import type {RuleId} from './rules.ts';
import {fillSendBuffer, transmit} from './sender.ts';
import {newTcb} from './tcb.ts';
import {arm, enter, firstTurnOf, leave, send, sendAck, sendReset, type Turn, tell, update} from './turn.ts';
import {isWorthTelling} from './window.ts';

type Call<Name extends TcpCall['call']> = Extract<TcpCall, {call: Name}>;
export type ActiveOpen = Extract<TcpCall, {mode: 'active'}>;
export type PassiveOpen = Extract<TcpCall, {mode: 'passive'}>;

/** Returns the effect by which a call returns its result to the program. */
export const returned = (
  connection: ConnectionId,
  result: 'ok' | CallError,
  because: TcpBecause,
): TcpEffect => ({
  kind: 'return',
  connection,
  result,
  because,
});

const answer = (turn: Turn, result: 'ok' | CallError, because: TcpBecause): void =>
  tell(turn, returned(turn.tcb.id, result, because));

/**
 * Opens a TCP connection actively (§3.10.1, CLOSED → SYN-SENT). Without Fast Open the SYN carries data up to the default MSS, and the peer
 * queues them.
 */
export function openActive(call: ActiveOpen, env: TcpEnv, {fastOpenPeers, fastOpenPause}: Tcp): Turn {
  const {local, remote, read} = call;
  const iss = call.iss ?? env.isn(local, remote);
  const turn = firstTurnOf(newTcb({origin: 'active', local, remote, iss, read}, env.settings), env);
  const {tcb} = turn;
  if (call.data !== undefined && isClient(env.settings)) {
    const {data, whole = false, unreadable = false} = call;
    const peer = fastOpenPeers?.get(remote.ip);
    const tries = fastOpenPause === undefined ? 'first' : isPaused(fastOpenPause, env) ? 'not' : 'again';
    openFast(turn, {data, whole, peer, unreadable, tries});
    return turn;
  }
  const data = call.data ?? emptyRope;
  const payload = ropeSlice(data, 0, tcb.mss);
  const lengthBytes = payload.length;
  const rule = '9293:3.10.1/open/active';
  const because: TcpBecause = lengthBytes > 0 ? {rule, case: 'data', facts: {bytes: lengthBytes}} : rule;
  const nxt = seqAdd(iss, 1 + lengthBytes);
  const flags = TcpFlag.SYN | (env.settings.ecn === 'request' ? ECN_FLAGS : 0);
  const entry = {seq: iss, lengthBytes, flags, sentUs: env.nowUs, ...firstSending};
  update(turn, {snd: {...tcb.snd, nxt}, retransmissionQueue: Fifo.of([entry]), dialledUs: env.nowUs});
  if (data.length > 0) queueData(turn, data);
  tell(turn, {kind: 'state', connection: tcb.id, from: 'CLOSED', to: 'SYN-SENT', because});
  answer(turn, 'ok', because);
  send(turn, {seq: iss, flags, payload, options: tcb.synOptions, because});
  arm(turn, 'RTO', {waitUs: tcb.rtoUs, because: '6298:5.1/start'});
  return turn;
}

type FastOpening = {
  readonly data: Rope;
  readonly whole: boolean;
  readonly unreadable: boolean;
  readonly tries: 'first' | 'not' | 'again';
  readonly peer: FastOpenPeer | undefined;
};

/**
 * Opens a TCP connection with Fast Open (RFC 7413 §4.2.2). The data are a separate entry of the retransmission queue, because a repeated
 * SYN does not carry them.
 */
function openFast(turn: Turn, {data, whole, unreadable, tries, peer}: FastOpening): void {
  const because = '7413:4.2.2/open/data';
  const {tcb, env} = turn;
  const known = unreadable && peer !== undefined ? {...peer, cookie: new Uint8Array(0)} : peer;
  const {options, dataBytes, experimental} =
    tries === 'not' ? plainSyn : planSyn(known, data.length, env.settings);
  const flags = TcpFlag.SYN | (env.settings.ecn === 'request' ? ECN_FLAGS : 0);
  const entry = {seq: tcb.iss, lengthBytes: 0, flags, sentUs: env.nowUs, ...firstSending};
  const after = {...entry, seq: seqAdd(tcb.iss, 1), lengthBytes: dataBytes, flags: TcpFlag.PSH};
  update(turn, {
    snd: {...tcb.snd, nxt: seqAdd(tcb.iss, 1 + dataBytes)},
    retransmissionQueue: Fifo.of(dataBytes > 0 ? [entry, after] : [entry]),
    dialledUs: env.nowUs,
    fastOpen: {
      peer,
      dataBytes,
      experimental,
      asked: options.length > 0,
      triesAgain: tries === 'again',
      acked: false,
    },
  });
  const taken = whole ? data : ropeSlice(data, 0, dataBytes);
  if (taken.length > 0) queueData(turn, taken);
  tell(turn, {kind: 'state', connection: tcb.id, from: 'CLOSED', to: 'SYN-SENT', because});
  answer(turn, 'ok', because);
  const payload = ropeSlice(data, 0, dataBytes);
  send(turn, {seq: tcb.iss, flags, payload, options: [...tcb.synOptions, ...options], because});
  arm(turn, 'RTO', {waitUs: tcb.rtoUs, because: '6298:5.1/start'});
}

function queueData(turn: Turn, data: Rope, {more = false, ends = false} = {}): void {
  const {sendBuffer} = turn.tcb;
  const sendWaiting = ropeConcat(turn.tcb.sendWaiting, data);
  const end = seqAdd(dataStart(turn.tcb), sendBuffer.length + sendWaiting.length);
  const pushEnds = pushEndsTo(end, turn, more);
  update(turn, {sendWaiting, pushEnds, pushedTo: pushEnds.at(-1) ?? (more ? turn.tcb.pushedTo : end)});
  if (ends) update(turn, {recordEnds: [...turn.tcb.recordEnds, end]});
  fillSendBuffer(turn);
}

/** Handles the user call SEND on a TCP connection (§3.10.2). */
export function callSend(turn: Turn, {data, urgent = false, more = false, ends = false}: Call<'SEND'>): void {
  const {tcb} = turn;
  if (tcb.closeCalled || tcb.early?.shut === true || (tcb.state !== 'CLOSE-WAIT' && !isOpenToSend(turn))) {
    answer(turn, 'EPIPE', {rule: '9293:3.10.2/send/closing', facts: {fails: 'ended'}});
    return;
  }
  answer(turn, 'ok', sendRule(turn, data.length));
  if (data.length === 0) return;
  queueData(turn, data, {more, ends});
  if (urgent) update(turn, {sndUp: seqAdd(dataStart(turn.tcb), turn.tcb.sendBuffer.length)});
  if (!more) transmit(turn, '9293:3.10.2/send/segmentise');
  else if (turn.env.settings.unpushed === 'rest-waits')
    transmit(turn, '9293:3.10.2/send/segmentise', {corked: true});
}

function sendRule({tcb, env}: Turn, lengthBytes: number): RuleId {
  if (tcb.state === 'SYN-SENT' || isHandshaking(tcb)) return '9293:3.10.2/send/queue';
  const wanted = tcb.sendBuffer.length + tcb.sendWaiting.length + lengthBytes;
  return wanted > env.settings.sndBufferBytes ? '9293:3.10.2/send/waits' : '9293:3.10.2/send/buffer';
}

/**
 * Tells whether a connection cannot send yet, because its handshake is incomplete. A child of Fast Open may send before (RFC 7413 §4.2.2),
 * so it does not count.
 */
const isHandshaking = ({state, early}: Connection): boolean =>
  state === 'SYN-RECEIVED' && early === undefined;

const isOpenToSend = ({tcb: {state}}: Turn): boolean =>
  state === 'SYN-SENT' || state === 'SYN-RECEIVED' || state === 'ESTABLISHED';

/** Handles the user call RECEIVE (§3.10.3). If nothing is unread the call waits; after the peer's FIN it returns end of file. */
export function callReceive(turn: Turn, {maxBytes, whole = false}: Call<'RECEIVE'>): void {
  if (!(maxBytes > 0)) {
    answer(turn, 'EINVAL', '9293:3.10.3/receive/invalid');
    return;
  }
  if (turn.tcb.readerGone) {
    answer(turn, 'EPIPE', {rule: '9293:3.10.3/receive/closing', facts: {fails: 'closed'}});
    return;
  }
  const waits = turn.tcb.receiveBuffer.length === 0 && !finReceived(turn);
  answer(turn, 'ok', waits ? '9293:3.10.3/receive/queue' : '9293:3.10.3/receive/deliver');
  if (turn.tcb.read === 'auto' && !finReceived(turn)) return;
  update(turn, {receives: [...turn.tcb.receives, {maxBytes: Math.floor(maxBytes), whole}]});
  serveReceives(turn, '9293:3.10.3/receive/deliver');
  offerMore(turn);
}

/** Sends a window update after a RECEIVE if the freed room is worth a segment (RFC 9293 §3.8.6.2.2). */
function offerMore(turn: Turn): void {
  const {tcb, env} = turn;
  if (tcb.pace !== undefined) {
    programRead(turn);
    return;
  }
  if (tcb.state !== 'ESTABLISHED' && tcb.state !== 'FIN-WAIT-1' && tcb.state !== 'FIN-WAIT-2') return;
  if (isWorthTelling(tcb, env.settings)) sendAck(turn, '9293:3.8.6.2.2/window-update');
}

/**
 * Handles the user call CLOSE (§3.10.4): this end sends no more data. `reader: 'gone'` is BSD close(), by which the program also stops
 * reading.
 */
export function callClose(turn: Turn, {reader, shuts = reader === 'stays'}: Call<'CLOSE'>): void {
  if (turn.tcb.state === 'SYN-SENT') {
    answer(turn, 'ok', '9293:3.10.4/close/syn-sent');
    leave(turn, 'CLOSED', '9293:3.10.4/close/syn-sent');
    return;
  }
  const unread = reader === 'gone' && turn.tcb.receiveBuffer.length > 0;
  if (unread && turn.env.settings.closeUnread === 'reset') {
    answer(turn, 'ok', '2525:2.17/close/unread-data');
    reset(turn, refused('2525:2.17/close/unread-data', 'unread'));
    return;
  }
  const readerLeaves = reader === 'gone' && !turn.tcb.readerGone;
  if (readerLeaves) update(turn, {readerGone: true, receives: []});
  if (turn.tcb.closeCalled) {
    closeAgain(turn, readerLeaves);
    return;
  }
  const {state, sendBuffer, early} = turn.tcb;
  if (state === 'SYN-RECEIVED' && early !== undefined && shuts) {
    update(turn, {early: {...early, shut: true}});
    answer(turn, 'ok', '9293:3.10.4/close/queued');
    return;
  }
  update(turn, {closeCalled: true});
  if (isHandshaking(turn.tcb) && sendBuffer.length > 0) {
    answer(turn, 'ok', '9293:3.10.4/close/queued');
    return;
  }
  answer(turn, 'ok', '9293:3.10.4/close/fin');
  if (state === 'SYN-RECEIVED' || state === 'ESTABLISHED') enter(turn, 'FIN-WAIT-1', '9293:3.10.4/close/fin');
  transmit(turn, '9293:3.10.2/send/segmentise');
}

/**
 * Handles a second CLOSE: there is no second FIN, but the call may be the one by which the program stops reading. For sockets it fails only
 * in TIME-WAIT (ENOTCONN); RFC 9293 lets it be an error or not.
 */
function closeAgain(turn: Turn, readerLeaves: boolean): void {
  const {tcb, env} = turn;
  const failed = tcb.state === 'TIME-WAIT' ? 'ENOTCONN' : 'ok';
  const again = env.settings.calls === 'rfc' ? 'EPIPE' : failed;
  const result = readerLeaves ? 'ok' : again;
  const rule = '9293:3.10.4/close/again';
  answer(turn, result, result === 'ok' ? rule : {rule, facts: {fails: 'ended'}});
  if (readerLeaves) limitFinWait2(turn);
}

/** Handles the user call ABORT (§3.10.5). No RST is sent in SYN-SENT, or after both ends have sent FIN. */
export function callAbort(turn: Turn): void {
  switch (turn.tcb.state) {
    case 'SYN-SENT':
      answer(turn, 'ok', '9293:3.10.5/abort/silent');
      leave(turn, 'CLOSED', '9293:3.10.5/abort/silent');
      return;
    case 'TIME-WAIT':
      if (turn.env.settings.calls === 'rfc') abandon(turn);
      else leaveSocket(turn);
      return;
    case 'CLOSING':
    case 'LAST-ACK':
      abandon(turn);
      return;
    default:
      answer(turn, 'ok', '9293:3.10.5/abort/reset');
      reset(turn, '9293:3.10.5/abort/reset');
      return;
  }
}

/** Ends the connection on ABORT without a RST. */
function abandon(turn: Turn): void {
  answer(turn, 'ok', '9293:3.10.5/abort/silent');
  finish(turn, '9293:3.10.5/abort/silent');
}

/** Detaches the program from a connection in TIME-WAIT, which stays, because it no longer belongs to the socket. */
function leaveSocket(turn: Turn): void {
  answer(turn, 'ok', 'linux:abort/time-wait');
  update(turn, {readerGone: true, receives: []});
}

function reset(turn: Turn, because: TcpBecause): void {
  sendReset(turn, because);
  leave(turn, 'CLOSED', because);
}

/** Handles the user call STATUS (§3.10.6) on a TCP connection. */
export const callStatus = (turn: Turn): void => answer(turn, 'ok', '9293:3.10.6/status/report');

/**
 * Returns the effects of a user call on a listener. Only the calls that end it (CLOSE, ABORT) succeed; `stays` is false if the listener is
 * gone.
 */
export function callOnListener(
  listener: Listener,
  call: TcpCall,
): {effects: readonly TcpEffect[]; stays: boolean} {
  const connection = listener.id;
  const stays = (result: 'ok' | CallError, because: TcpBecause) => ({
    effects: [returned(connection, result, because)],
    stays: true,
  });
  switch (call.call) {
    case 'CLOSE':
    case 'ABORT': {
      const because: TcpBecause =
        call.call === 'CLOSE' ? '9293:3.10.4/close/listen' : '9293:3.10.5/abort/listen';
      const effects: readonly TcpEffect[] = [
        returned(connection, 'ok', because),
        {kind: 'state', connection, from: 'LISTEN', to: 'CLOSED', because},
      ];
      return {effects, stays: false};
    }
    case 'STATUS':
      return stays('ok', '9293:3.10.6/status/report');
    case 'RECEIVE':
      return stays('ENOTCONN', '9293:3.10.3/receive/no-connection');
    default:
      return stays('ENOTCONN', '9293:3.10.2/send/no-connection');
  }
}
