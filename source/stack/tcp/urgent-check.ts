// The sixth check of an arriving TCP segment: the URG bit (RFC 9293 §3.10.7.4, §3.8.5). Also skips the urgent byte that Linux keeps out of
// the stream.

import {type Rope, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import type {TcpSettings} from './settings.ts';
import {signal, type Turn, tell, update} from './turn.ts';
import {urgentOffset, withoutUrgent} from './urgent.ts';

/**
 * Functions that turn a segment's urgent pointer into the distance from SEG.SEQ to the number after the urgent data. In Linux it is never
 * 0, so that every pointer names a byte (tcp_check_urg).
 */
const distances: {readonly [kept in TcpSettings['urgentByte']]: (pointer: number) => number} = {
  'in-stream': (pointer) => pointer,
  'before-pointer': (pointer) => Math.max(pointer, 1),
  'at-pointer': (pointer) => pointer + 1,
};

/** Handles a segment with URG: signals to the program that urgent data are ahead, and again when the urgent pointer moves on. */
export function checkUrgent(turn: Turn, segment: TcpSegment): void {
  const {state, rcv, rcvUp} = turn.tcb;
  const {urgentByte: kept} = turn.env.settings;
  const receives = state === 'ESTABLISHED' || state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';
  if (!receives || !hasFlag(segment, 'URG')) return;
  const up = seqAdd(segment.seq, distances[kept](segment.urgent));
  if (!seqLt(rcv.nxt, up) || (rcvUp !== undefined && !seqLt(rcvUp, up))) return;
  passUrgent(turn);
  const apart = kept !== 'in-stream';
  update(turn, {rcvUp: up, urgentByte: apart ? seqAdd(up, -1) : undefined});
  signal(turn, 'urgent', apart ? 'linux:urgent/apart' : '9293:3.10.7.4/urg/ahead');
}

const passed = {urgentByte: undefined, rcvUp: undefined};

/** Skips the urgent byte that is kept out of the stream if the program's next read begins there. */
export function passUrgent(turn: Turn): void {
  if (urgentOffset(turn.tcb) === 0)
    update(turn, {...passed, receiveBuffer: ropeSlice(turn.tcb.receiveBuffer, 1)});
}

type Handed = {readonly data: Rope; readonly from: Seq; readonly because: TcpBecause};

/** Delivers received data that begin at `from` to a program that reads everything at once, without the urgent byte that is kept apart. */
export function handText(turn: Turn, {data, from, because}: Handed): void {
  const text = withoutUrgent(turn.tcb.urgentByte, data, from);
  if (text !== data) update(turn, passed);
  if (text.length > 0) tell(turn, {kind: 'deliver', connection: turn.tcb.id, data: text, because});
}
