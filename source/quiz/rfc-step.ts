// Computes what RFC 9293 §3.10 does on a segment, a call or a timeout from the values that a quiz question prints: the new state, and the
// flags of the reply. It leaves undecided whatever depends on more than these values.

import type {TcpState} from '../stack/tcp/states.ts';
import {type Seq, seqLe} from '../wire/seq.ts';
import type {Said} from './said.ts';

export type Standing = {
  readonly state: TcpState;
  /**
   * SND.NXT and RCV.NXT of the end that a question is about; undefined if there is no connection, or while the other end's numbers are not
   * known.
   */
  readonly sndNxt: Seq | undefined;
  readonly rcvNxt: Seq | undefined;
};

export type Calls = 'connect()' | 'close()' | 'shutdown(SHUT_WR)';

export type Step = {
  readonly state: TcpState;
  /**
   * The flags of the segment that the end sends at once, without data; '' if it sends none, undefined if the printed values do not decide
   * that.
   */
  readonly sends?: string;
};

/**
 * Returns the new state and the reply's flags for a segment that arrives where no connection exists (§3.10.7.1): an RST unless it is an RST
 * itself.
 */
const whereNone = ({has, ack}: Said): Step => {
  if (has('RST')) return {state: 'CLOSED', sends: ''};
  return {state: 'CLOSED', sends: ack === undefined ? 'RST,ACK' : 'RST'};
};

const listening = ({has, ack}: Said): Step | undefined => {
  if (has('RST')) return {state: 'LISTEN', sends: ''};
  if (ack !== undefined) return {state: 'LISTEN', sends: 'RST'};
  return has('SYN') ? {state: 'SYN-RECEIVED', sends: 'SYN,ACK'} : undefined;
};

/**
 * Returns the new state and the reply's flags for a segment that arrives in SYN-SENT (§3.10.7.3); undefined if it has neither RST, SYN nor
 * an ACK with a wrong number.
 */
const opening = ({sndNxt}: Standing, {has, ack}: Said): Step | undefined => {
  const fits = ack !== undefined && ack === sndNxt;
  if (has('RST')) return {state: fits ? 'CLOSED' : 'SYN-SENT', sends: ''};
  if (ack !== undefined && !fits) return {state: 'SYN-SENT', sends: 'RST'};
  if (!has('SYN')) return undefined;
  return fits ? {state: 'ESTABLISHED', sends: 'ACK'} : {state: 'SYN-RECEIVED', sends: 'SYN,ACK'};
};

/** Maps a TCP state to the one after this end's own SYN or FIN is acknowledged (§3.10.7.4, fifth). */
const acknowledged: {readonly [state in TcpState]?: TcpState} = {
  'SYN-RECEIVED': 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN-WAIT-2',
  CLOSING: 'TIME-WAIT',
  'LAST-ACK': 'CLOSED',
};

/** Maps a TCP state to the one after a FIN from the other end has arrived (§3.10.7.4, eighth). */
const finished: {readonly [state in TcpState]?: TcpState} = {
  ESTABLISHED: 'CLOSE-WAIT',
  'FIN-WAIT-1': 'CLOSING',
  'FIN-WAIT-2': 'TIME-WAIT',
};

/**
 * TCP states in which a question does not decide the effect of an RST: it depends on how the connection was opened, or RFC 1337 §4 ignores
 * the RST against §3.10.7.4.
 */
const leftOpen: readonly TcpState[] = ['SYN-RECEIVED', 'TIME-WAIT'];

/**
 * Returns the new state and the reply's flags for a segment on a synchronised connection if it is the next one in order or an old copy
 * (§3.10.7.4); undefined for any other, or if more than the printed values counts.
 */
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

/**
 * Returns the new state and the flags sent for a program's call when no data is left to send (§3.10.1, §3.10.4); undefined if the call
 * sends nothing in this state.
 */
export const callOf = (state: TcpState, call: Calls): Step | undefined => {
  if (call === 'connect()') return state === 'CLOSED' ? {state: 'SYN-SENT', sends: 'SYN'} : undefined;
  if (state === 'CLOSE-WAIT') return {state: 'LAST-ACK', sends: 'FIN,ACK'};
  return state === 'ESTABLISHED' || state === 'SYN-RECEIVED'
    ? {state: 'FIN-WAIT-1', sends: 'FIN,ACK'}
    : undefined;
};

/** Maps a TCP state to the flags of the segment that a retransmission timeout sends again if no data is in flight (RFC 6298 §5 (5.4)). */
export const repeated: {readonly [state in TcpState]?: string} = {
  'SYN-SENT': 'SYN',
  'SYN-RECEIVED': 'SYN,ACK',
  'FIN-WAIT-1': 'FIN,ACK',
  CLOSING: 'FIN,ACK',
  'LAST-ACK': 'FIN,ACK',
};
