import type { RuleId } from './rules.ts';
import { type Turn } from './turn.ts';
/** Both FINs are in. Whoever skips the wait has its end made elsewhere (counterfactual.ts), once the last ACK has left. */
export declare function enterTimeWait(turn: Turn, because: RuleId): void;
/** Starts or restarts 2 MSL; the other timers stop. */
export declare function startTimeWait(turn: Turn, because: RuleId): void;
/** FIN-WAIT-2 could last for ever; a host that nobody reads from limits it (Linux tcp_fin_timeout). */
export declare function limitFinWait2(turn: Turn): void;
/** The peer's FIN has come, and all before it. */
export declare const finReceived: ({ tcb }: Turn) => boolean;
/**
 * An orderly end: the TCB goes and the program hears that it is over. What it has not read yet comes with the news, and the
 * end of file that it would have read next, because there will be no TCB to ask.
 */
export declare function finish(turn: Turn, because: RuleId): void;
/** On the way from FIN-WAIT-1 to CLOSING, the ACK of the peer's FIN carries this end's FIN again, which crossed it and is not acknowledged. */
export declare function repeatFin(turn: Turn): void;
