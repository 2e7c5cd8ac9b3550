// The form in which the library (`packet-tutor/core`) returns the answer to *Why?* for an event.

/** The answer to *Why?* for an event, as the library returns it. */
export type Reason = {
  /** The id of the rule that decided the event; absent if no rule is known, as in captures. */
  readonly because?: string;
  /** The name of that case of the event's rule which applied. */
  readonly case?: string;
  /** The facts, by name, on which the decision was based and which the packets do not show. */
  readonly facts?: {readonly [name: string]: number | string};
  /** The question that *Why?* answers about the event: who did what, and when. */
  readonly heading: string;
  /** The plain reason of the event, as sentences; equal to `derivation` if there is no simpler one. */
  readonly plain: readonly string[];
  /** The full reason of the event, as sentences. */
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
