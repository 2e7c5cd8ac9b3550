import { type Seq } from '../../wire/seq.ts';
import { type TcpSegment } from '../../wire/tcp.ts';
import type { Connection } from './connection.ts';
import type { TcpEnv } from './effect.ts';
import { type Turn } from './turn.ts';
/** May this segment open the next incarnation of a connection in TIME-WAIT? BSD lets it end the old one in any case. */
export declare function reopens(tcb: Connection, segment: TcpSegment, { env, listening }: {
    env: TcpEnv;
    listening: boolean;
}): boolean;
/** The old incarnation ends at once. */
export declare function endForReuse(tcb: Connection, env: TcpEnv): Turn;
/** RFC 9293 §3.6.1: larger than the largest number that the previous incarnation used. */
export declare const issBeyond: (iss: Seq, old: Connection) => Seq;
/** Everything in TIME-WAIT but a SYN that reopens: RST, then no ACK, then FIN, then all that says something new. */
export declare function segmentArrivesInBsdTimeWait(turn: Turn, segment: TcpSegment): void;
