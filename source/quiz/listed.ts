// Makes question kinds from a list of the cases that occur in a run, and evidence that cites a clause of an RFC where no packet field shows
// the answer.
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
  /**
   * Returns the cases of a run that the kind can ask about. A case that takes long to compute is a function that is called only when the
   * case is asked about.
   */
  readonly all: (trace: Trace) => readonly (Listed<Givens> | (() => Listed<Givens>))[];
  /** True if packets show the answer although no single field does, so that a capture can be asked about as well. */
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
      // Only the packets of a capture are certain; the states of its ends are deduced, so that they are not asked about.
      return each.evidence?.field.includes(':') ? 'unseen' : each;
    },
  });
};

/** Limits a kind of question to lessons that name it under `kinds:`, because almost every run has what it asks about. */
export const whereNamed = (own: AnyKind): AnyKind => ({
  ...own,
  places: (asked) => (asked.variant.lesson.kinds?.includes(own.kind) ? own.places(asked) : []),
});

/** Makes a belief of a question kind whose describing sentence contains printed values. */
export const replying = <Givens, Parameters>(
  message: Message<Parameters>,
  parameters: (givens: Givens) => NoInfer<Parameters>,
  answers: (givens: Givens) => Answer | undefined,
): Belief<Givens> => ({says: (givens) => wordedWithNames(message, parameters(givens)), answers});

/** The number of an RFC and a section, such as `9293 §3.4`. */
type Clause = `${number} §${string}`;

/** Returns the evidence for an answer that follows from a clause of an RFC and that no packet field shows. */
export const byClause = (packet: number, clause: Clause, value: string): Draft['evidence'] => ({
  packet,
  field: `clause:RFC ${clause}`,
  value,
});

/** Returns a function that gives the text of a choice's value, or the value itself if it has none. */
export const wordsOf =
  (choices: {readonly [value: string]: Text}) =>
  (value: string): Text =>
    textOf(choices, value) ?? sameIn(value);
