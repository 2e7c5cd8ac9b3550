// The values that a packet field can have, and how a protocol reads one.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {Seq} from '../wire/seq.ts';

/** A value of a packet field; `seq` is a position in sequence space. */
export type FieldValue =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'seq'; readonly value: Seq}
  | {readonly kind: 'text'; readonly value: string};

/** Returns the values of a packet field: several (`ip.addr`), one or none. `T` is what the protocol has found in the packet. */
export type FieldReader<T> = (part: T, record: PacketRecord, trace: Trace) => readonly FieldValue[];

export const number = (...values: readonly number[]): readonly FieldValue[] =>
  values.map((value) => ({kind: 'number', value}));

export const position = (value: Seq): readonly FieldValue[] => [{kind: 'seq', value}];

export const text = (...values: readonly string[]): readonly FieldValue[] =>
  values.map((value) => ({kind: 'text', value}));
