import { type TcpSegment } from '../../wire/tcp.ts';
import type { EndVariables } from '../endpoints/end-variables.ts';
import { type Quantity } from '../endpoints/variables.ts';
export type FormulaScope = {
    /** The end before and after the instant. */
    readonly before: EndVariables | undefined;
    readonly after: EndVariables | undefined;
    readonly segment: TcpSegment | undefined;
    /** Numbers that open questions ask for. */
    readonly hidden: readonly string[];
    /** The segment came from the peer: its numbers count the other way round. */
    readonly received?: boolean;
    /** Sequence numbers count from the ISN. */
    readonly relative?: boolean;
};
/** undefined for signs, numbers, and symbols without a value. */
export declare const quantityOf: (token: string, scope: FormulaScope) => Quantity | undefined;
export declare const tokensOf: (formula: string) => readonly string[];
/** Symbols above, numbers beneath, in columns `gap` apart; one line where no symbol has a number. */
export declare const alignedLines: (tokens: readonly string[], scope: FormulaScope, gap: string) => readonly string[];
export declare const formulaLines: (formula: string, scope: FormulaScope) => readonly string[];
