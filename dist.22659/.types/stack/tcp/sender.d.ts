import type { RuleId } from './rules.ts';
import { type Turn } from './turn.ts';
/** New data and the FIN, as many segments as may leave now. `because` says what made room or brought data. */
export declare function transmit(turn: Turn, because: RuleId, { override }?: {
    override?: boolean | undefined;
}): void;
/** What SEND could not put aside before moves up as acknowledgements make room. */
export declare function fillSendBuffer(turn: Turn): void;
