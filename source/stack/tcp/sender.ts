// Cuts the send buffer into segments and sends what the peer's window has room for (RFC 9293 §3.8, §3.10.2, §3.10.4).
import {ropeSlice} from '../../wire/rope.ts';
import {seqAdd, seqDiff, seqLe} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {type Connection, dataStart, type Unacknowledged} from './connection.ts';
import {ackOptions, sackBytes} from './options.ts';
import type {RuleId} from './rules.ts';
import {arm, cancel, enter, send, type Turn, update} from './turn.ts';

/** New data and the FIN, as many segments as may leave now. `because` says what made room or brought data. */
export function transmit(turn: Turn, because: RuleId): void {
  const sent: Unacknowledged[] = [];
  for (let piece = nextPiece(turn.tcb); piece !== undefined; piece = nextPiece(turn.tcb)) {
    sent.push(sendPiece(turn, piece, because));
  }
  if (sent.length > 0) {
    update(turn, {retransmissionQueue: [...turn.tcb.retransmissionQueue, ...sent]});
    if (turn.tcb.timers.RTO === undefined)
      arm(turn, 'RTO', {waitUs: turn.tcb.rtoUs, because: '6298:5.1/start'});
  }
  watchWindow(turn);
}

type Piece = {readonly lengthBytes: number; readonly fin: boolean};

function nextPiece(tcb: Connection): Piece | undefined {
  // What a time-out has given up for lost goes first (RFC 6298 §5.4); new data wait.
  if (!maySend(tcb) || tcb.retransmissionQueue.at(-1)?.lost === true) return undefined;
  const unsent = unsentBytes(tcb);
  const room = seqDiff(seqAdd(tcb.snd.una, tcb.snd.wnd), tcb.snd.nxt);
  const lengthBytes = Math.max(
    0,
    Math.min(unsent, room, tcb.mss - sackBytes(ackOptions(tcb)), toNextPush(tcb)),
  );
  const fin = tcb.closeCalled && lengthBytes === unsent && room > lengthBytes;
  return lengthBytes > 0 || fin ? {lengthBytes, fin} : undefined;
}

const maySend = (tcb: Connection): boolean => {
  switch (tcb.state) {
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'LAST-ACK':
      return tcb.finSeq === undefined;
    default:
      return false;
  }
};

const unsentBytes = (tcb: Connection): number => tcb.sendBuffer.length - seqDiff(tcb.snd.nxt, dataStart(tcb));

/** Each SEND is pushed: its last byte ends a segment (RFC 9293 §3.9.1.2). */
const toNextPush = (tcb: Connection): number => {
  const [end] = tcb.pushEnds;
  return end === undefined ? Number.POSITIVE_INFINITY : seqDiff(end, tcb.snd.nxt);
};

function sendPiece(turn: Turn, {lengthBytes, fin}: Piece, because: RuleId): Unacknowledged {
  if (fin && turn.tcb.state === 'CLOSE-WAIT') enter(turn, 'LAST-ACK', '9293:3.10.4/close/last-ack');
  const {tcb} = turn;
  const seq = tcb.snd.nxt;
  const offset = seqDiff(seq, dataStart(tcb));
  const end = seqAdd(seq, lengthBytes);
  const pushed = lengthBytes > 0 && tcb.pushEnds[0] === end;
  const flags = (pushed ? TcpFlag.PSH : 0) | (fin ? TcpFlag.FIN : 0);
  update(turn, {
    snd: {...tcb.snd, nxt: seqAdd(end, fin ? 1 : 0)},
    pushEnds: pushed ? tcb.pushEnds.slice(1) : tcb.pushEnds,
    finSeq: fin ? end : tcb.finSeq,
  });
  const payload = ropeSlice(tcb.sendBuffer, offset, offset + lengthBytes);
  send(turn, {seq, flags: flags | TcpFlag.ACK, payload, because: fin ? finRule(because) : because});
  return {seq, lengthBytes, flags, sentUs: turn.env.nowUs, transmissions: 1, lost: false};
}

/** A FIN leaves when CLOSE is called, or later, after data that had to wait. */
const finRule = (because: RuleId): RuleId =>
  because === '9293:3.10.2/send/segmentise' ? '9293:3.10.4/close/fin' : '9293:3.10.4/close/fin-after-data';

/** With a closed window and nothing in flight only probes can learn that it opens (RFC 9293 §3.8.6.1). */
function watchWindow(turn: Turn): void {
  const {tcb} = turn;
  const waiting = maySend(tcb) && (unsentBytes(tcb) > 0 || tcb.closeCalled);
  const closed = seqLe(seqAdd(tcb.snd.una, tcb.snd.wnd), tcb.snd.nxt);
  if (!waiting || !closed || tcb.retransmissionQueue.length > 0) {
    cancel(turn, 'persist', '9293:3.8.6.1/persist/stop');
  } else if (tcb.timers.persist === undefined) {
    arm(turn, 'persist', {waitUs: tcb.rtoUs, because: '9293:3.8.6.1/persist/start'});
  }
}
