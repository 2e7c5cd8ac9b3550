// The reason for an action of a machine: the rule, which of the rule's cases applied, and the facts that the machine used.

/** A number, a word, a domain name, or a zone by its name. The rule's text says what it counts or names. */
export type Fact = number | string | {readonly domain: string} | {readonly zone: string};

export type Facts = {readonly [name: string]: Fact};

/** Rules with cases, each of which has words of its own in lessons/data/rules.yaml. */
export type CaseTable = {readonly [rule: string]: readonly string[]};

/** A decision by one of `Rule`. Without a case, the words of the rule itself say why. */
export type Reason<Rule extends string, Cases extends CaseTable> =
  | {readonly rule: Rule; readonly case?: undefined; readonly facts?: Facts}
  | {
      readonly [Own in keyof Cases & Rule]: {
        readonly rule: Own;
        readonly case: Cases[Own][number];
        readonly facts?: Facts;
      };
    }[keyof Cases & Rule];

/** Returns the rule of what is either a bare rule or a decision by one. */
export const ruleOf = <Rule extends string>(because: Rule | {readonly rule: Rule}): Rule =>
  typeof because === 'string' ? because : because.rule;
