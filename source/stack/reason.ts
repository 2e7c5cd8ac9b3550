// The reason for an action of a machine: the rule, which of the rule's cases applied, and the facts that the machine used.

/** A fact that belongs to a reason: a number, a word, a domain name, or the name of a DNS zone. The text of the rule says what it means. */
export type Fact = number | string | {readonly domain: string} | {readonly zone: string};

export type Facts = {readonly [name: string]: Fact};

/** Maps each rule that has cases to their names; each case has a text of its own in lessons/data/rules.yaml. */
export type CaseTable = {readonly [rule: string]: readonly string[]};

/** A reason for an action: a rule, the case of the rule if it has cases, and facts. Without a case, the text of the rule itself applies. */
export type Reason<Rule extends string, Cases extends CaseTable> =
  | {readonly rule: Rule; readonly case?: undefined; readonly facts?: Facts}
  | {
      readonly [Own in keyof Cases & Rule]: {
        readonly rule: Own;
        readonly case: Cases[Own][number];
        readonly facts?: Facts;
      };
    }[keyof Cases & Rule];

/** Returns the rule of a reason, which is either a bare rule or an object with a rule and more. */
export const ruleOf = <Rule extends string>(because: Rule | {readonly rule: Rule}): Rule =>
  typeof because === 'string' ? because : because.rule;
