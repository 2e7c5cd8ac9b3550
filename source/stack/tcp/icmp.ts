// ICMP errors about a segment of this end (RFC 9293 §3.9.2.2, RFC 1122 §4.2.3.9, RFC 5461), checked as RFC 5927 §4.1 asks.

import {seqLe, seqLt} from '../../wire/seq.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, IcmpError} from './connection.ts';
import {isHalfOpen} from './listen-queue.ts';
import {type IcmpNews, shrinkPath} from './path-mtu.ts';
import type {TcpSettings} from './settings.ts';
import {discard, leave, signal, type Turn, update} from './turn.ts';

/**
 * The severity of an ICMP error: soft errors may pass, hard ones last. `ttl`: the path is too long or a loop. `too-big`: the packet exceeds
 * an MTU. `nothing`: no error for TCP.
 */
type Severity = 'hard' | 'prohibited' | 'soft' | 'ttl' | 'too-big' | 'nothing';

type Meaning = {readonly severity: Severity; readonly error: IcmpError};

const nothing: Meaning = {severity: 'nothing', error: 'EHOSTUNREACH'};
const refused: Meaning = {severity: 'hard', error: 'ECONNREFUSED'};
const tooBig: Meaning = {severity: 'too-big', error: 'EHOSTUNREACH'};
const exceeded: Meaning = {severity: 'ttl', error: 'EHOSTUNREACH'};
const softHost: Meaning = {severity: 'soft', error: 'EHOSTUNREACH'};
const softNet: Meaning = {severity: 'soft', error: 'ENETUNREACH'};
const prohibitedHost: Meaning = {severity: 'prohibited', error: 'EHOSTUNREACH'};
const prohibitedNet: Meaning = {severity: 'prohibited', error: 'ENETUNREACH'};

/** The meanings of the codes of destination unreachable (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1). */
const unreachable: {readonly [code: number]: Meaning} = {
  0: softNet,
  1: softHost,
  2: refused,
  3: refused,
  4: tooBig,
  5: softHost,
  6: softNet,
  7: softHost,
  8: softHost,
  9: prohibitedNet,
  10: prohibitedHost,
  11: softNet,
  12: softHost,
  13: prohibitedHost,
  14: softHost,
  15: softHost,
};

/** The meanings of the codes of ICMPv6 Destination Unreachable (RFC 4443 §3.1). */
const unreachable6: {readonly [code: number]: Meaning} = {
  0: softNet,
  1: prohibitedHost,
  2: softHost,
  3: softHost,
  4: refused,
  5: prohibitedHost,
  6: softHost,
};

const meaningOf = ({type, code, remote}: IcmpNews): Meaning => {
  if (remote.ip.includes(':')) {
    if (type === 1) return unreachable6[code] ?? nothing;
    if (type === 2) return tooBig;
    return type === 3 ? (code === 0 ? exceeded : softHost) : type === 4 ? softHost : nothing;
  }
  if (type === 3) return unreachable[code] ?? nothing;
  if (type === 11) return code === 0 ? exceeded : softHost;
  // Source quench (4) is ignored (RFC 6633 §3).
  return type === 12 ? softHost : nothing;
};

/**
 * Returns the error that the program gets for an ICMP error. With BSD's rule there are only two: ECONNREFUSED if it is hard or a
 * prohibition, EHOSTUNREACH otherwise.
 */
const errorOf = ({severity, error}: Meaning, {icmpErrors}: TcpSettings): IcmpError => {
  if (icmpErrors === 'by-code') return error;
  return severity === 'hard' || severity === 'prohibited' ? 'ECONNREFUSED' : 'EHOSTUNREACH';
};

export function icmpArrives(turn: Turn, news: IcmpNews): void {
  const {snd, iss, early} = turn.tcb;
  // The ICMP error on a Fast Open connection with an incomplete handshake may quote the SYN,ACK, which is before SND.UNA.
  const first = early?.waits === true ? iss : snd.una;
  if (!seqLe(first, news.seq) || !seqLt(news.seq, snd.nxt)) {
    discard(turn, '5927:4.1/sequence/outside');
    return;
  }
  const meaning = meaningOf(news);
  if (meaning.severity === 'nothing') discard(turn, '1122:4.2.3.9/no-error');
  else if (meaning.severity === 'too-big') shrinkPath(turn, news);
  else if (aborts(turn.tcb, meaning.severity, turn.env.settings)) abort(turn, meaning);
  else keep(turn, meaning);
}

function aborts(tcb: Connection, severity: Severity, settings: TcpSettings): boolean {
  const {icmpMayReset, icmpAbortsOpening, icmpAbortsSynchronised} = settings;
  const hard = severity === 'hard' || severity === 'prohibited';
  const received = tcb.state === 'SYN-RECEIVED' && icmpAbortsOpening === 'all';
  // A Fast Open connection in SYN-RECEIVED that the program has accepted counts as synchronised.
  const opening = tcb.state === 'SYN-SENT' || (received && !(tcb.early !== undefined && tcb.accepted));
  if (!opening) return hard && icmpAbortsSynchronised;
  if (!icmpMayReset) return false;
  return hard || icmpAbortsOpening === 'all' || (severity === 'ttl' && icmpAbortsOpening === 'hard-and-ttl');
}

function abort(turn: Turn, meaning: Meaning): void {
  const soft = meaning.severity === 'soft' || meaning.severity === 'ttl';
  const because: TcpBecause = soft ? '5461:4.1/opening/abort' : '1122:4.2.3.9/hard/abort';
  if (isHalfOpen(turn.tcb)) {
    leave(turn, 'LISTEN', because);
    return;
  }
  signal(turn, errorOf(meaning, turn.env.settings), because);
  leave(turn, 'CLOSED', because);
}

/** Remembers an ICMP error that does not end the connection; the program gets it if the connection fails in the end. */
function keep(turn: Turn, meaning: Meaning): void {
  discard(turn, '1122:4.2.3.9/soft/keep');
  update(turn, {softError: errorOf(meaning, turn.env.settings)});
}
