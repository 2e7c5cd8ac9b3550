import { type Seq } from '../../wire/seq.ts';
import { type TcpSegment } from '../../wire/tcp.ts';
import type { Connection, LossRecovery } from './connection.ts';
import type { RuleId } from './rules.ts';
import { type Turn } from './turn.ts';
export declare const noLoss: (iss: Seq) => LossRecovery;
export declare function updateLoss(turn: Turn, changes: Partial<LossRecovery>): void;
/** *pipe*, the bytes that are on their way (RFC 6675 §4, SetPipe). Without SACK in fast recovery cwnd is inflated instead. */
export declare function pipe(tcb: Connection): number;
/** What an acceptable ACK brings, after SND.UNA and SND.WND have followed it; `before` is the connection when it arrived. */
export declare function ackArrived(turn: Turn, before: Connection, segment: TcpSegment): void;
/** The retransmission timer has run out: one segment, then slow start over all that was in flight (RFC 5681 §3.1). */
export declare function loseAll(turn: Turn): void;
/** All that is in flight goes out again, though no congestion is the reason: cwnd stays. */
export declare function resendFlight(turn: Turn, because: RuleId): void;
/** The next lost bytes that have not been repeated (RFC 6675 §4, NextSeg rule 1). */
export declare function nextLost(tcb: Connection): Seq | undefined;
/** Bytes below what was SACKed that may be lost as well (RFC 6675 §4, NextSeg rule 3). */
export declare function nextDoubtful(tcb: Connection): Seq | undefined;
/** The end of the bytes that a rescue retransmission brings, once in a recovery (RFC 6675 §4, NextSeg rule 4). */
export declare function rescueEnd(tcb: Connection): Seq | undefined;
