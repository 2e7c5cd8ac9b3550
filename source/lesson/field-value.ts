// The types of the values that a packet field can have in expressions, and of the functions with which protocols read them.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {Seq} from '../wire/seq.ts';

/** A value of a packet field in an expression; `seq` is a TCP sequence number. */
export type FieldValue =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'seq'; readonly value: Seq}
  | {readonly kind: 'text'; readonly value: string};

/**
 * A function that returns the values of a packet field: several (`ip.addr`), one or none. `part` is what the protocol has found in the
 * packet.
 */
export type FieldReader<T> = (part: T, record: PacketRecord, trace: Trace) => readonly FieldValue[];

export const number = (...values: readonly number[]): readonly FieldValue[] =>
  values.map((value) => ({kind: 'number', value}));

export const position = (value: Seq): readonly FieldValue[] => [{kind: 'seq', value}];

export const text = (...values: readonly string[]): readonly FieldValue[] =>
  values.map((value) => ({kind: 'text', value}));
