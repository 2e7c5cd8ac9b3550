import type { PacketRecord, Trace } from '../sim/trace.ts';
import type { Seq } from '../wire/seq.ts';
/** `seq` is a position in sequence space. */
export type FieldValue = {
    readonly kind: 'number';
    readonly value: number;
} | {
    readonly kind: 'seq';
    readonly value: Seq;
} | {
    readonly kind: 'text';
    readonly value: string;
};
/** `T`: what the protocol has found in the packet. A field may have several values (`ip.addr`), or none. */
export type FieldReader<T> = (part: T, record: PacketRecord, trace: Trace) => readonly FieldValue[];
export declare const number: (...values: readonly number[]) => readonly FieldValue[];
export declare const position: (value: Seq) => readonly FieldValue[];
export declare const text: (...values: readonly string[]) => readonly FieldValue[];
