import type { View } from '../view.ts';
import type { ShownExchange } from './exchange-at.ts';
import { type MessageLine } from './message-lines.ts';
export type Block = {
    /** The host that sends it. */
    readonly from: string;
    readonly lines: readonly MessageLine[];
};
export declare const exchangeBlocks: (view: View, { exchange, reading }: ShownExchange) => readonly Block[];
