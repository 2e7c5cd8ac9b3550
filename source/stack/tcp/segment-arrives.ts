// Handles an arriving segment in CLOSED, LISTEN and SYN-SENT (RFC 9293 §3.10.7.1 to §3.10.7.3); other-states.ts handles the other states.

import {Fifo} from '../../wire/fifo.ts';
import type {IpAddress} from '../../wire/frame.ts';
import {seqAdd, seqLe} from '../../wire/seq.ts';
import {hasFlag, segLen, TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, Listener} from './connection.ts';
import {changed} from './copied.ts';
import {establishWithoutThirdStep} from './counterfactual.ts';
import {ecnAgreed} from './ecn.ts';
import type {Socket, TcpEffect, TcpEnv} from './effect.ts';
import {peerAfter} from './fast-open.ts';
import {answerTo, openEarly} from './fast-open-server.ts';
import {countTags, cut, firstSending, lostTags, retag} from './flight.ts';
import {dials} from './listen-queue.ts';
import {negotiate, synOptions, TIMESTAMP_BYTES} from './options.ts';
import {segmentArrivesInOtherStates} from './other-states.ts';
import {awaitWriter, beginReceiving} from './paced-receiving.ts';
import {boundByPath} from './path-mtu.ts';
import {hearEcho} from './paws.ts';
import {holdText, noText, receiveFin, receiveText, settleAcknowledgement} from './receiver.ts';
import {resetFor} from './reset-answer.ts';
import {acknowledge} from './retransmission.ts';
import {fitSegments} from './segment-size.ts';
import {unsentBytes} from './segmentise.ts';
import {transmit} from './sender.ts';
import {newTcb} from './tcb.ts';
import {clock, elapsed, stampOf} from './timestamps.ts';
import {
  arm,
  discard,
  enter,
  firstTurnOf,
  leave,
  owe,
  send,
  signal,
  type Turn,
  tell,
  turnOf,
  update,
} from './turn.ts';
import {endEpisode} from './undo.ts';
import {checkUrgent} from './urgent-check.ts';
import {initialWindow} from './window.ts';

type Arrived = {
  readonly src: IpAddress;
  readonly dst: IpAddress;
  readonly segment: TcpSegment;
  readonly marked?: boolean;
};

type Ends = {readonly local: Socket; readonly remote: Socket};

export const endsOf = ({src, dst, segment}: Arrived): Ends => ({
  local: {ip: dst, port: segment.dstPort},
  remote: {ip: src, port: segment.srcPort},
});

/**
 * Returns a turn for the connection that a segment belongs to or creates; if there is none, the effects of answering or dropping the
 * segment.
 */
export function segmentArrives(
  endpoint: Connection | Listener | undefined,
  arrived: Arrived,
  env: TcpEnv,
): Turn | readonly TcpEffect[] {
  if (endpoint === undefined) return closedPort(arrived);
  if (endpoint.state === 'LISTEN') return listen(endpoint, arrived, env);
  const turn = turnOf(endpoint, env);
  turn.marked = arrived.marked === true;
  if (endpoint.state === 'SYN-SENT') segmentArrivesInSynSent(turn, arrived.segment);
  else segmentArrivesInOtherStates(turn, arrived.segment);
  return turn;
}

const refuse = ({src, dst, segment}: Arrived, because: TcpBecause): readonly TcpEffect[] => [
  {kind: 'discard', because},
  {kind: 'send', src: dst, dst: src, segment: resetFor(segment), retransmission: false, because},
];

/** §3.10.7.1, CLOSED: answers a segment without a connection by an RST that the sender will accept, unless it is an RST itself. */
export function closedPort(arrived: Arrived): readonly TcpEffect[] {
  const {segment} = arrived;
  if (hasFlag(segment, 'RST'))
    return [{kind: 'discard', because: refused('9293:3.10.7.1/closed/rst', 'noConnection')}];
  if (hasFlag(segment, 'ACK')) return refuse(arrived, refused('9293:3.10.7.1/closed/ack', 'no connection'));
  const reason = refused('9293:3.10.7.1/closed/no-ack', 'no listener', {port: segment.dstPort});
  return refuse(arrived, {...reason, case: 'port'});
}

/** §3.10.7.2, LISTEN: checks RST, then ACK, then SYN. */
function listen(listener: Listener, arrived: Arrived, env: TcpEnv): Turn | readonly TcpEffect[] {
  const {segment} = arrived;
  if (hasFlag(segment, 'RST'))
    return [{kind: 'discard', because: refused('9293:3.10.7.2/listen/rst', 'noConnection')}];
  if (hasFlag(segment, 'ACK')) return refuse(arrived, refused('9293:3.10.7.2/listen/ack', 'no connection'));
  if (!dials(segment, env.settings)) {
    const because = hasFlag(segment, 'SYN')
      ? refused('linux:listen/syn-fin', 'synFin')
      : refused('9293:3.10.7.2/listen/other', 'listener');
    return [{kind: 'discard', because}];
  }
  return listenSyn(listener, arrived, env);
}

/** Returns the connection in SYN-RECEIVED that a SYN creates at a listener; its SYN,ACK is still to be sent. */
export function childOf(listener: Listener, arrived: Arrived, hostEnv: TcpEnv): Connection {
  const {accept, options} = listener;
  const env = {...hostEnv, settings: {...hostEnv.settings, ...options}};
  const {segment} = arrived;
  const {local, remote} = endsOf(arrived);
  const iss = listener.iss ?? env.isn(local, remote);
  // No program reads before ACCEPT, so until then data are kept as with `manual`.
  const read = accept === 'auto' ? listener.read : 'manual';
  const child = newTcb({origin: 'passive', local, remote, iss, read}, env.settings);
  const agreed = negotiate(env, segment, remote.ip);
  const wnd = initialWindow(env.settings, agreed.timestampsOn ? TIMESTAMP_BYTES : 0);
  const waiting = changed(child, {rcv: {...child.rcv, wnd}});
  return changed(child, {
    ...agreed,
    ...synchronised(waiting, segment, env),
    state: 'SYN-RECEIVED',
    accepted: accept === 'auto',
    options,
    ecnOn: ecnAgreed(env.settings, segment),
    synOptions: synOptions(env.settings, segment.options),
  });
}

function listenSyn(listener: Listener, arrived: Arrived, env: TcpEnv): Turn {
  const {segment} = arrived;
  const {opens, options} = answerTo(listener, {segment, ...endsOf(arrived)}, env);
  const because: TcpBecause = opens ? '7413:4.2.2/accept/data' : '9293:3.10.7.2/listen/syn';
  const child = childOf(listener, arrived, env);
  const turn = firstTurnOf(child, env);
  tell(turn, {kind: 'state', connection: child.id, from: 'LISTEN', to: 'SYN-RECEIVED', because});
  if (opens) {
    openEarly(turn, segment, options);
    return turn;
  }
  if (env.settings.listenerText === 'keep') holdText(turn, segment.payload, hasFlag(segment, 'FIN'));
  sendSynAck(turn, options.length > 0 ? '7413:4.1.2/cookie/give' : because, options);
  establishWithoutThirdStep(turn);
  return turn;
}

/** Returns the connection with IRS, RCV.NXT and the send window that the peer's SYN gives. */
function synchronised(
  tcb: Connection,
  segment: TcpSegment,
  {settings}: TcpEnv,
): Pick<Connection, 'irs' | 'rcv' | 'snd'> {
  const wnd = segment.window;
  const acknowledged = hasFlag(segment, 'ACK');
  return {
    irs: segment.seq,
    rcv: {...tcb.rcv, nxt: seqAdd(segment.seq, 1)},
    snd: {
      ...tcb.snd,
      wnd,
      wl1: segment.seq,
      wl2: acknowledged ? segment.ack : tcb.iss,
      maxWnd: acknowledged || settings.synWindowCounts ? wnd : 0,
    },
  };
}

/** Sends the SYN,ACK; `more` are options for the first SYN,ACK only, which no repetition carries. */
function sendSynAck(turn: Turn, because: TcpBecause, more: readonly TcpOption[] = []): void {
  const {tcb, env} = turn;
  const repeated = tcb.retransmissionQueue.length > 0;
  const flags = TcpFlag.SYN | (tcb.ecnOn ? TcpFlag.ECE : 0);
  const entry = {seq: tcb.iss, lengthBytes: 0, flags, sentUs: env.nowUs};
  const [first, ...data] = tcb.retransmissionQueue;
  update(turn, {
    retransmissionQueue: Fifo.of([
      first === undefined
        ? {...entry, ...firstSending}
        : {...first, flags, transmissions: first.transmissions + 1},
      ...data,
    ]),
  });
  const options = [...tcb.synOptions, ...more];
  send(turn, {seq: tcb.iss, flags: flags | TcpFlag.ACK, options, retransmission: repeated, because});
  if (tcb.timers.RTO === undefined) arm(turn, 'RTO', {waitUs: tcb.rtoUs, because: '6298:5.1/start'});
}

/** §3.10.7.3, SYN-SENT: checks ACK, RST, (security,) SYN, and the rest. */
function segmentArrivesInSynSent(turn: Turn, segment: TcpSegment): void {
  if (!synSentAck(turn, segment) || !synSentEcho(turn, segment) || !synSentRst(turn, segment)) return;
  if (hasFlag(segment, 'SYN')) synSentSyn(turn, segment);
  else discard(turn, refused('9293:3.10.7.3/syn-sent/neither', 'noSyn'));
}

/** SYN-SENT, first check: an ACK must acknowledge this end's SYN. If it does not, it is answered with an RST, and the result is false. */
function synSentAck(turn: Turn, segment: TcpSegment): boolean {
  if (!hasFlag(segment, 'ACK')) return true;
  const {iss, snd} = turn.tcb;
  const old = seqLe(segment.ack, iss);
  if (!old && seqLe(segment.ack, snd.nxt)) return true;
  const rule = old ? '9293:3.10.7.3/syn-sent/ack-old' : '9293:3.10.7.3/syn-sent/ack-beyond';
  if (hasFlag(segment, 'RST')) {
    discard(turn, refused(rule, old ? 'rstAlone' : 'ack', old ? {} : {sent: seqAdd(snd.nxt, -1)}));
    return false;
  }
  const because = refused(rule, 'bad ack');
  discard(turn, because);
  send(turn, {seq: segment.ack, flags: TcpFlag.RST, because});
  retrySoon(turn);
  return false;
}

/**
 * SYN-SENT: checks the timestamp that a SYN,ACK echoes. If this end cannot have sent it, it comes from an older connection (Linux,
 * tcp_rcv_synsent_state_process). Returns false if the segment is dropped.
 */
function synSentEcho(turn: Turn, segment: TcpSegment): boolean {
  const {tcb, env} = turn;
  const echo = hasFlag(segment, 'ACK') ? stampOf(segment)?.ecr : undefined;
  const {synAckEcho, timestamps} = env.settings;
  if (synAckEcho === 'any' || !timestamps || tcb.dialledUs === undefined || !echo) return true;
  const first = clock({...env, nowUs: tcb.dialledUs}, tcb);
  if (elapsed(echo, first) >= 0 && elapsed(clock(env, tcb), echo) >= 0) return true;
  const because = 'linux:syn-sent/echo';
  discard(turn, because);
  if (!hasFlag(segment, 'RST')) send(turn, {seq: segment.ack, flags: TcpFlag.RST, because});
  return false;
}

/**
 * Has the SYN sent again soon after an unacceptable ACK was answered with an RST: the RST ends what the peer still had of an older
 * connection.
 */
function retrySoon(turn: Turn): void {
  const {synRetryAfterBadAckUs: waitUs} = turn.env.settings;
  if (waitUs > 0 && turn.tcb.retries === 0) arm(turn, 'RTO', {waitUs, because: 'linux:syn-sent/retry-soon'});
}

/** SYN-SENT, second check: an RST counts only together with an acceptable ACK. Returns false if the segment has RST. */
function synSentRst(turn: Turn, segment: TcpSegment): boolean {
  if (!hasFlag(segment, 'RST')) return true;
  if (hasFlag(segment, 'ACK')) {
    signal(turn, 'ECONNREFUSED', '9293:3.10.7.3/syn-sent/rst');
    leave(turn, 'CLOSED', '9293:3.10.7.3/syn-sent/rst');
  } else {
    discard(turn, refused('9293:3.10.7.3/syn-sent/rst-without-ack', 'rstAlone'));
  }
  return false;
}

/** SYN-SENT, fourth check: processes the peer's SYN, with or without an acknowledgment of this end's SYN. */
function synSentSyn(turn: Turn, segment: TcpSegment): void {
  const {tcb, env} = turn;
  update(turn, {
    ...negotiate(env, segment, tcb.remote.ip),
    ...synchronised(tcb, segment, env),
    ecnOn: ecnAgreed(env.settings, segment),
  });
  boundByPath(turn);
  fitSegments(turn);
  if (!hasFlag(segment, 'ACK')) {
    const because = '9293:3.10.7.3/syn-sent/syn';
    if (env.settings.crossedSynOptions === 'agreed')
      update(turn, {synOptions: synOptions(env.settings, segment.options)});
    enter(turn, 'SYN-RECEIVED', because);
    if (env.settings.synAckText === 'keep') holdText(turn, segment.payload, hasFlag(segment, 'FIN'));
    sendSynAck(turn, because);
    return;
  }
  const rule = '9293:3.10.7.3/syn-sent/syn-ack';
  const because: TcpBecause = segLen(segment) === 1 ? {rule, case: 'bare'} : rule;
  hearEcho(turn, segment);
  acknowledge(turn, segment.ack);
  fastOpenHeard(turn, segment);
  fitSegments(turn);
  beginReceiving(turn);
  if (turn.tcb.fastOpen !== undefined && unsentBytes(turn.tcb) > 0) awaitWriter(turn);
  enter(turn, 'ESTABLISHED', because);
  signal(turn, 'connected', because);
  owe(turn, 'now', because);
  continueAtSixthCheck(turn, segment, because);
}

/** Handles the answer to a Fast Open SYN: data of the SYN that the peer has not accepted are sent again at once (RFC 7413 §4.2.2). */
function fastOpenHeard(turn: Turn, segment: TcpSegment): void {
  const {fastOpen, mss, snd, episode} = turn.tcb;
  if (fastOpen === undefined) return;
  const repeated = (turn.before?.retransmissionQueue.at(0)?.transmissions ?? 1) > 1;
  turn.heardPeer = peerAfter(fastOpen.peer, {...fastOpen, repeated}, segment);
  const queue = Fifo.of(turn.tcb.retransmissionQueue.slice().flatMap((entry) => cut(entry, mss)));
  const acked = fastOpen.dataBytes > 0 && queue.length === 0;
  update(turn, {fastOpen: {...fastOpen, acked}, retransmissionQueue: queue, flight: countTags(queue)});
  if (queue.length === 0) {
    if (episode.state === 'loss') endEpisode(turn, turn.tcb.timestampsOn ? stampOf(segment)?.ecr : undefined);
    return;
  }
  update(turn, {episode: {...episode, state: 'loss', point: snd.nxt}});
  retag(turn, ({tags}) => lostTags(tags));
  turn.resend = {what: 'lost', because: '7413:4.2.2/open/repeat'};
}

/** Processes data and FIN of a SYN,ACK in SYN-SENT by the sixth and later checks of the other states. */
function continueAtSixthCheck(turn: Turn, segment: TcpSegment, because: TcpBecause): void {
  const opened = turn.tcb.fastOpen?.acked === true;
  if (opened || turn.env.settings.synAckText === 'keep')
    holdText(turn, segment.payload, hasFlag(segment, 'FIN'));
  checkUrgent(turn, segment);
  const text = noText(turn.tcb.rcv.nxt);
  receiveText(turn, text);
  const {peerFinSeq} = turn.tcb;
  receiveFin(turn, peerFinSeq === undefined ? text : {...text, seq: peerFinSeq, fin: true});
  transmit(turn, because);
  settleAcknowledgement(turn);
}
