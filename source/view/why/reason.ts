// What `packet-tutor/core` gives of an event’s *Why?*.

/** Why an event happened, as *Why?* tells it. */
export type Reason = {
  /** The rule that decided; absent: nobody knows, as in captures. */
  readonly because?: string;
  /** Which case of the rule it was. */
  readonly case?: string;
  /** What the decision went by, beside what the packets show. */
  readonly facts?: {readonly [name: string]: number | string};
  /** What is asked: who did what, and when. */
  readonly heading: string;
  /** What is said first; where there is one depth only, the same as `derivation`. */
  readonly plain: readonly string[];
  /** The reason in full. */
  readonly derivation: readonly string[];
  /** Where it is written: `RFC 9293 §3.10.1`, and the name of the step. */
  readonly clause?: string;
  /** For each formula one line, or two: symbols, and this event's numbers in the columns beneath. */
  readonly formulas: readonly (readonly string[])[];
  /** What a rule kept from happening at this instant. */
  readonly heldBack: readonly string[];
  /** Number of the event that brought this one about; absent: the chain begins here. */
  readonly cause?: number;
};
