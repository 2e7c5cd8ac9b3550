// The type of the texts about a rule of the protocol stack (lessons/data/rules.yaml).
import type {Text} from './text.ts';

/**
 * The texts about a rule of the protocol stack (`id`): `step` says what happened, `text` why, `formula` the arithmetic. `plain` says why in
 * a sentence for somebody in the first lesson; absent if `text` is plain enough.
 */
export type Rule = {
  readonly id: string;
  readonly rfc: string;
  readonly step: Text;
  readonly plain?: Text;
  readonly text: Text;
  readonly formula?: readonly string[];
  /**
   * Texts for single cases of the rule, which replace the ones above; the names of cases are those of the stack. In these texts `{name}` is
   * a fact, and `[name: …]` is a sentence that is left out if there is no such fact.
   */
  readonly cases?: {readonly [name: string]: RuleCase};
};

type RuleCase = Partial<Pick<Rule, 'rfc' | 'text' | 'formula'>>;
