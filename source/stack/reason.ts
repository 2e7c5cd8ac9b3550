// Why a machine does something: the rule, which of the rule's cases applied, and the facts that the machine went by.

/** A number, a word, a domain name, or a zone by its name. The rule's text says what it counts or names. */
export type Fact = number | string | {readonly domain: string} | {readonly zone: string};

export type Facts = {readonly [name: string]: Fact};

/** Rules with cases, each of which has a text of its own in lessons/data/rules.yaml. */
export type CaseTable = {readonly [rule: string]: readonly string[]};

/** A decision by one of `Rule`. Without a case, the text of the rule itself says why. */
export type Reason<Rule extends string = string, Cases extends CaseTable = CaseTable> = {
  [Own in Rule]: {
    readonly rule: Own;
    readonly case?: Own extends keyof Cases ? Cases[Own][number] : never;
    readonly facts?: Facts;
  };
}[Rule];

/** Returns the rule of what is either a bare rule or a decision by one. */
export const ruleOf = <Rule extends string>(because: Rule | {readonly rule: Rule}): Rule =>
  typeof because === 'string' ? because : because.rule;
