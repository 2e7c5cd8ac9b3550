// What RFC 9293 §3.10 makes of a segment, a call or a time-out, from what a question prints: the state, and the flags of what is sent.
// It knows no connection; what depends on more than these values it leaves open.

import type {TcpState} from '../stack/tcp/states.ts';
import {type Seq, seqLe} from '../wire/seq.ts';
import type {Said} from './said.ts';

export type Standing = {
  readonly state: TcpState;
  /** SND.NXT and RCV.NXT; undefined: there is no connection, or the other end’s numbers are not known yet. */
  readonly sndNxt: Seq | undefined;
  readonly rcvNxt: Seq | undefined;
};

export type Calls = 'connect()' | 'close()' | 'shutdown(SHUT_WR)';

export type Step = {
  readonly state: TcpState;
  /** Of what is sent at once, without data; '': nothing. undefined: not decided here. */
  readonly sends?: string;
};

/** A connection that is gone, or was never there (§3.10.7.1). */
const whereNone = ({has, ack}: Said): Step => {
  if (has('RST')) return {state: 'CLOSED', sends: ''};
  return {state: 'CLOSED', sends: ack === undefined ? 'RST,ACK' : 'RST'};
};

const listening = ({has, ack}: Said): Step | undefined => {
  if (has('RST')) return {state: 'LISTEN', sends: ''};
  if (ack !== undefined) return {state: 'LISTEN', sends: 'RST'};
  return has('SYN') ? {state: 'SYN-RECEIVED', sends: 'SYN,ACK'} : undefined;
};

/** §3.10.7.3. */
const opening = ({sndNxt}: Standing, {has, ack}: Said): Step | undefined => {
  const fits = ack !== undefined && ack === sndNxt;
  if (has('RST')) return {state: fits ? 'CLOSED' : 'SYN-SENT', sends: ''};
  if (ack !== undefined && !fits) return {state: 'SYN-SENT', sends: 'RST'};
  if (!has('SYN')) return undefined;
  return fits ? {state: 'ESTABLISHED', sends: 'ACK'} : {state: 'SYN-RECEIVED', sends: 'SYN,ACK'};
};

/** Where its own SYN or FIN is acknowledged (§3.10.7.4, fifth). */
const acknowledged: {readonly [state in TcpState]?: TcpState} = {
  'SYN-RECEIVED': 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN-WAIT-2',
  CLOSING: 'TIME-WAIT',
  'LAST-ACK': 'CLOSED',
};

/** Where a FIN has come (§3.10.7.4, eighth). */
const finished: {readonly [state in TcpState]?: TcpState} = {
  ESTABLISHED: 'CLOSE-WAIT',
  'FIN-WAIT-1': 'CLOSING',
  'FIN-WAIT-2': 'TIME-WAIT',
};

/** Where a reset depends on how it was opened; and where RFC 1337 §4 has it ignored, against §3.10.7.4. */
const leftOpen: readonly TcpState[] = ['SYN-RECEIVED', 'TIME-WAIT'];

/** §3.10.7.4, a segment that is the next in order. */
const synchronised = ({state, sndNxt, rcvNxt}: Standing, got: Said): Step | undefined => {
  const {has, seq, end, ack} = got;
  const isOld = rcvNxt !== undefined && got.length > 0 && seqLe(end, rcvNxt);
  if (isOld && !has('SYN') && !has('RST')) {
    const after = ack !== undefined && ack === sndNxt ? (acknowledged[state] ?? state) : state;
    return {state: after, sends: 'ACK'};
  }
  if (rcvNxt === undefined || seq !== rcvNxt || has('SYN')) return undefined;
  if (has('RST')) return leftOpen.includes(state) ? undefined : {state: 'CLOSED', sends: ''};
  if (ack === undefined) return undefined;
  const known = ack === sndNxt ? (acknowledged[state] ?? state) : state;
  if (state === 'SYN-RECEIVED' && known === state) return undefined;
  const after = has('FIN') ? (finished[known] ?? known) : known;
  return {state: after, sends: got.length > 0 ? 'ACK' : ''};
};

export const stepOf = (standing: Standing, got: Said): Step | undefined => {
  switch (standing.state) {
    case 'CLOSED':
      return whereNone(got);
    case 'LISTEN':
      return listening(got);
    case 'SYN-SENT':
      return opening(standing, got);
    default:
      return synchronised(standing, got);
  }
};

/** §3.10.1, §3.10.4, with nothing left to send. */
export const callOf = (state: TcpState, call: Calls): Step | undefined => {
  if (call === 'connect()') return state === 'CLOSED' ? {state: 'SYN-SENT', sends: 'SYN'} : undefined;
  if (state === 'CLOSE-WAIT') return {state: 'LAST-ACK', sends: 'FIN,ACK'};
  return state === 'ESTABLISHED' || state === 'SYN-RECEIVED'
    ? {state: 'FIN-WAIT-1', sends: 'FIN,ACK'}
    : undefined;
};

/** What goes out again where no data are under way (RFC 6298 §5 (5.4)). */
export const repeated: {readonly [state in TcpState]?: string} = {
  'SYN-SENT': 'SYN',
  'SYN-RECEIVED': 'SYN,ACK',
  'FIN-WAIT-1': 'FIN,ACK',
  CLOSING: 'FIN,ACK',
  'LAST-ACK': 'FIN,ACK',
};
