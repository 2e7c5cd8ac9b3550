// The form in which `packet-tutor/core` returns an event's *Why?*.

/** Why an event happened, as *Why?* tells it. */
export type Reason = {
  /** The rule that decided; absent if no rule is known, as in captures. */
  readonly because?: string;
  /** The case of the rule that applied. */
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
  /** One or two lines for each formula: symbols, and this event's numbers in the columns beneath. */
  readonly formulas: readonly (readonly string[])[];
  /** Sentences on what a rule held back at this instant. */
  readonly heldBack: readonly string[];
  /** The number of the event that caused this one; absent if the chain begins here. */
  readonly cause?: number;
};
