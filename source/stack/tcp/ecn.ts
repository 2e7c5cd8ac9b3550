// Explicit congestion notification (ECN): the agreement in the SYNs, and the flags that segments then carry (RFC 3168 §6.1).
import {hasFlag, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {CongestionMarks, Connection} from './connection.ts';
import type {TcpSettings} from './settings.ts';

/** The flags that ask for ECN on a SYN; a SYN,ACK agrees with ECE alone. */
export const ECN_FLAGS = TcpFlag.ECE | TcpFlag.CWR;

/** Tells whether ECN is agreed on: the peer's SYN asks for it or its SYN,ACK confirms it, and this end's settings allow it. */
export function ecnAgreed({ecn}: TcpSettings, segment: TcpSegment): boolean {
  const asked = segment.flags & ECN_FLAGS;
  return hasFlag(segment, 'ACK')
    ? ecn === 'request' && asked === TcpFlag.ECE
    : ecn !== 'off' && asked === ECN_FLAGS;
}

export const noMarks: CongestionMarks = {echo: false, cwrDue: false, point: undefined};

/** Returns the flags that ECN adds to a segment of data or a pure ACK. */
export const markFlags = ({ecnOn, marks}: Connection, flags: number): number =>
  ecnOn && marks.echo && flags & TcpFlag.ACK && !(flags & (TcpFlag.SYN | TcpFlag.RST)) ? TcpFlag.ECE : 0;
