import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** The answer to the SYN counts as confirmed the moment it leaves: nobody waits for a third step or repeats the answer. */
export declare function establishWithoutThirdStep(turn: Turn): void;
/** A client that repeats its SYN has not had the answer: it gets it again. True: the segment was such a SYN. */
export declare function answeredAgain(turn: Turn, segment: TcpSegment): boolean;
/** Both FINs are acknowledged: TIME-WAIT would begin now. */
export declare function endWithoutTimeWait(turn: Turn): void;
