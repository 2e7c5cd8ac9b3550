// SEGMENT ARRIVES, second check: the RST bit (RFC 9293 §3.10.7.4, RFC 5961 §3).
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {challenge} from './challenge.ts';
import {finish} from './closing.ts';
import {discard, leave, signal, type Turn} from './turn.ts';
import {acceptedNumbers} from './window.ts';

/** False: the segment was a reset; it counts, or it is thrown away. */
export function checkRst(turn: Turn, segment: TcpSegment): boolean {
  if (!hasFlag(segment, 'RST')) return true;
  const {nxt, wnd} = acceptedNumbers(turn.tcb, turn.env.settings);
  const start = seqDiff(segment.seq, nxt);
  if (start === 0) reset(turn, true);
  // Where a pure ACK may stand, on the right edge, a reset may not.
  else if (start < 0 || start >= wnd) discard(turn, '5961:3.2/rst/outside');
  else if (turn.env.settings.insecureRst) reset(turn, false);
  else challenge(turn, '5961:3.2/rst/challenge');
  return false;
}

/** `exact`: with the one number that RFC 5961 lets reset; else any in the window. */
function reset(turn: Turn, exact: boolean): void {
  const {state} = turn.tcb;
  if (state === 'SYN-RECEIVED') refuse(turn, exact);
  else if (state === 'TIME-WAIT' || state === 'CLOSING' || state === 'LAST-ACK') resetLate(turn, exact);
  else breakOff(turn, exact);
}

function breakOff(turn: Turn, exact: boolean): void {
  const because = exact ? '9293:3.10.7.4/rst/reset' : '5961:3.2/rst/in-window';
  signal(turn, 'ECONNRESET', because);
  leave(turn, 'CLOSED', because);
}

function refuse(turn: Turn, exact: boolean): void {
  if (turn.tcb.origin === 'passive') {
    leave(turn, 'LISTEN', exact ? '9293:3.10.7.4/rst/listen' : '5961:3.2/rst/in-window');
    return;
  }
  const because = exact ? '9293:3.10.7.4/rst/refused' : '5961:3.2/rst/in-window';
  signal(turn, 'ECONNREFUSED', because);
  leave(turn, 'CLOSED', because);
}

/** Both ends have said all they had to say. */
function resetLate(turn: Turn, exact: boolean): void {
  const {timeWaitReset, resetWhileClosing} = turn.env.settings;
  const {state} = turn.tcb;
  if (state === 'TIME-WAIT' && timeWaitReset === 'ignored') discard(turn, '1337:4/rst/ignored');
  else if (state !== 'TIME-WAIT' && resetWhileClosing === 'error') breakOff(turn, exact);
  else finish(turn, exact ? '9293:3.10.7.4/rst/closing' : '5961:3.2/rst/in-window');
}
