// The form in which the library (`packet-tutor/core`) returns the answer to *Why?* for an event.

/** The reason of an event, as *Why?* tells it. */
export type Reason = {
  /** The id of the rule that decided; absent if no rule is known, as in captures. */
  readonly because?: string;
  /** The name of the rule's case that applied. */
  readonly case?: string;
  /** The facts on which the decision was based and which the packets do not show. */
  readonly facts?: {readonly [name: string]: number | string};
  /** The question that is answered: who did what, and when. */
  readonly heading: string;
  /** The plain reason; equal to `derivation` if there is only one depth. */
  readonly plain: readonly string[];
  /** The reason in full. */
  readonly derivation: readonly string[];
  /** The clause in which the rule is written, such as `RFC 9293 §3.10.1`, with the name of its step. */
  readonly clause?: string;
  /** The formulas, each as one or two lines: symbols, and this event's numbers in the columns beneath. */
  readonly formulas: readonly (readonly string[])[];
  /** Sentences on what TCP held back at this instant, and by which rule. */
  readonly heldBack: readonly string[];
  /** The number of the event that caused this one; absent if nothing did. */
  readonly cause?: number;
};
