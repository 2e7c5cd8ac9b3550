// Kinds whose places are what can be found in a run, in its order; and evidence that is a clause, where no field says it.
import {sameIn, type Text, textOf} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Draft} from './draft.ts';
import {type AnyKind, type Found, type Kind, kindOf, type Rejection} from './kind.ts';

type Listed<Givens> = Found<Givens> | Rejection;

type ListedKind<Givens extends object> = Kind<Givens> & {
  /** A function: what takes time is worked out where it is asked about. */
  readonly all: (trace: Trace) => readonly (Listed<Givens> | (() => Listed<Givens>))[];
  /** What the run did stands in its packets, though no single field says it. */
  readonly isRead?: true;
};

export const listedKind = <Givens extends object>({all, isRead, ...kind}: ListedKind<Givens>): AnyKind => {
  const found = oncePer(all);
  return kindOf({
    ...kind,
    among: ({trace}) => found(trace),
    at: (_, index) => index + 1,
    find({trace}, listed) {
      const each = typeof listed === 'function' ? listed() : listed;
      if (isRead || trace.header.profile !== 'capture' || typeof each === 'string') return each;
      // Of a capture only packets are known for certain: what its ends did besides is deduced.
      return each.evidence?.field.includes(':') ? 'unseen' : each;
    },
  });
};

/** An RFC's number and its section. */
type Clause = `${number} §${string}`;

/** What a rule of the text decides, and no field of a packet says. */
export const byClause = (packet: number, clause: Clause, value: string): Draft['evidence'] => ({
  packet,
  field: `clause:RFC ${clause}`,
  value,
});

/** A value that the question has words for, else the value itself. */
export const wordsOf =
  (choices: {readonly [value: string]: Text}) =>
  (value: string): Text =>
    textOf(choices, value) ?? sameIn(value);
