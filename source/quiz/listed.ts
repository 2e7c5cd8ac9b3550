// Kinds whose places are the cases found in a run, in its order; and evidence that is a clause of an RFC, where no field shows the answer.
import {type Message, sameIn, type Text, textOf, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Draft} from './draft.ts';
import {
  type Answer,
  type AnyKind,
  type Belief,
  type Found,
  type Kind,
  kindOf,
  type Rejection,
} from './kind.ts';

type Listed<Givens> = Found<Givens> | Rejection;

type ListedKind<Givens extends object> = Kind<Givens> & {
  /** Returns the cases of a run. A case that takes time to work out is a function, called only when it is asked about. */
  readonly all: (trace: Trace) => readonly (Listed<Givens> | (() => Listed<Givens>))[];
  /** True if packets show the answer although no single field does, so that the question may be asked about a capture as well. */
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
      // Only the packets of a capture are certain; what its ends did is deduced.
      return each.evidence?.field.includes(':') ? 'unseen' : each;
    },
  });
};

/**
 * Returns a kind that only lessons which name it are asked (`kinds:`): most runs have what it asks about, so that it would take the place of
 * others in lessons that do not teach it.
 */
export const whereNamed = (own: AnyKind): AnyKind => ({
  ...own,
  places: (asked) => (asked.variant.lesson.kinds?.includes(own.kind) ? own.places(asked) : []),
});

/** Returns a belief whose sentence depends on what is printed. */
export const replying = <Givens, Parameters>(
  message: Message<Parameters>,
  parameters: (givens: Givens) => NoInfer<Parameters>,
  answers: (givens: Givens) => Answer | undefined,
): Belief<Givens> => ({says: (givens) => wordedWithNames(message, parameters(givens)), answers});

/** An RFC's number and its section. */
type Clause = `${number} §${string}`;

/** Returns evidence for an answer that a clause of the RFC decides and no field shows. */
export const byClause = (packet: number, clause: Clause, value: string): Draft['evidence'] => ({
  packet,
  field: `clause:RFC ${clause}`,
  value,
});

/** Returns a function from a value to its words: those of the question's choices, or else the value itself. */
export const wordsOf =
  (choices: {readonly [value: string]: Text}) =>
  (value: string): Text =>
    textOf(choices, value) ?? sameIn(value);
