// The id of every rule that can cause an effect. Texts, clauses and formulas: lessons/data/rules.yaml.

export const tcpRules = ['9293:3.10.1/open/active'] as const;

export type RuleId = (typeof tcpRules)[number];
