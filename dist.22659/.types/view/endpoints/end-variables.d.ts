import type { Connection } from '../../stack/tcp/connection.ts';
import type { Seq } from '../../wire/seq.ts';
import type { View } from '../view.ts';
import { type ObservedName, type Quantity, type VariableName } from './variables.ts';
export type EndVariables = {
    /** Where numbers of this end count from, and those of the other. */
    readonly iss: Seq | undefined;
    readonly irs: Seq | undefined;
    readonly quantity: (name: string) => Quantity | undefined;
    /** As the panel writes it. */
    readonly text: (name: string) => string;
    /** What a row cannot hold: the ranges that SACK has told. */
    readonly details: (name: string) => readonly string[];
};
export declare const simulatedVariables: (tcb: Connection, relative?: boolean) => EndVariables;
/** Of the connection at hand, after event `n`, by host; undefined: there is no TCB, or nothing of it has passed yet. */
export type VariablesAt = (n: number, host: string) => EndVariables | undefined;
export declare const variablesAt: (view: View) => VariablesAt;
/** In the order in which the panel lists them. */
export declare const namesIn: ({ input: { trace } }: View) => readonly (VariableName | ObservedName)[];
